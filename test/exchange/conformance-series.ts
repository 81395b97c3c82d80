import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Exchange} from '../../src/shell/ports.ts';
import type {Aggregate, PublishRequest, SampleRecord, TimeSeriesDb} from '../../src/shell/time-series.ts';
import {all, failure} from './failure.ts';
import {queue} from './fake-realtime.ts';

/** An Exchange with time series to be tested, on which databases may be made and deleted. */
export type SeriesSubject = {
	/** A client with a cache of its own for each call, all of the same Exchange. */
	readonly connect: () => Exchange;
	readonly close: () => Promise<void>;
};

const start = Date.UTC(2026, 0, 1);
const iso = (second: number) => new Date(start + second * 1000).toISOString();

/** The contract of the TimeSeries port. */
export function timeSeriesConformance(name: string, open: () => Promise<SeriesSubject>): void {
	describe(`TimeSeries contract: ${name}`, () => {
		let subject: SeriesSubject;
		let exchange: Exchange;
		let database: TimeSeriesDb;

		beforeAll(async () => {
			subject = await open();
			exchange = subject.connect();
			database = await exchange.timeSeries.createDatabase({
				name: `Conformance "1" ${Math.random()}`,
				description: 'made by a test',
			});
		}, 60_000);
		afterAll(async () => {
			if (database) await exchange.timeSeries.deleteDatabase(database.timeSeriesDbId).catch(() => {});
			exchange?.close();
			await subject?.close();
		}, 60_000);

		const record = (
			second: number,
			values: Readonly<Record<string, number | string | boolean>>,
			more: Partial<SampleRecord> = {},
		): SampleRecord => ({
			measureName: 'readings',
			values: Object.entries(values).map(([key, value]) => ({
				name: key,
				value: String(value),
				type: typeof value === 'number' ? 'DOUBLE' : typeof value === 'boolean' ? 'BOOLEAN' : 'VARCHAR',
			})),
			time: String(start / 1000 + second),
			timeUnit: 'SECONDS',
			version: 1,
			...more,
		});
		const publish = (
			assetId: string,
			records: readonly SampleRecord[],
			more: Partial<PublishRequest> = {},
			by = exchange,
		) => by.timeSeries.publish({timeSeriesDbId: database.timeSeriesDbId, assetId, records, ...more});
		const asset = async (assetId: string, by = exchange) =>
			(await by.timeSeries.latest(database.timeSeriesDbId, {maxAge: 0})).assets.find(
				other => other.assetId === assetId,
			);
		const ask = async (sql: (table: string) => string, maxRows?: number) => {
			const queryString = sql(`"${database.databaseName}"."${database.tableName}"`);
			return all(exchange.timeSeries.query({database, queryString, ...(maxRows && {maxRows})}));
		};
		const double = (attribute: string) => ({name: attribute, attributeType: 'DOUBLE'}) as const;
		const range = {from: start, to: start + 3_600_000};

		test('a database that is made is listed, by others too, and is empty', async () => {
			const {timeSeries} = subject.connect();
			expect(await timeSeries.listDatabases()).toContainEqual(database);
			expect(database).toMatchObject({
				description: 'made by a test',
				databaseName: expect.any(String),
				tableName: expect.any(String),
			});
			expect((await timeSeries.latest(database.timeSeriesDbId)).assets).toEqual([]);
		});

		test('a database that is deleted is gone, with what was in it', async () => {
			const other = await exchange.timeSeries.createDatabase({name: 'Short-lived'});
			const {timeSeriesDbId} = other;
			await exchange.timeSeries.publish({timeSeriesDbId, assetId: 'a', records: [record(0, {kW: 1})]});
			await exchange.timeSeries.deleteDatabase(timeSeriesDbId);
			const listed = await exchange.timeSeries.listDatabases({maxAge: 0});
			expect(listed.map(one => one.timeSeriesDbId)).not.toContain(timeSeriesDbId);
			await failure(exchange.timeSeries.latest(timeSeriesDbId, {maxAge: 0}));
		});

		test('what is published is the latest value, at once and after asking', async () => {
			await exchange.timeSeries.latest(database.timeSeriesDbId);
			const published = await publish(
				'feeder-1',
				[record(0, {kW: 1.5}), record(60, {kW: 2.5, 'it\'s "on"': true})],
				{
					name: 'Feeder "1"',
				},
			);
			expect(published).toEqual({accepted: 2, rejected: []});
			const cached = exchange.timeSeries
				.cachedLatest(database.timeSeriesDbId)
				?.assets.find(({assetId}) => assetId === 'feeder-1');
			expect(cached?.attributes.map(({lastValueTime}) => lastValueTime)).toEqual([iso(60), iso(60)]);
			const told = await asset('feeder-1', subject.connect());
			expect(told?.name).toBe('Feeder "1"');
			expect(told?.attributes.toSorted((one, other) => (one.name < other.name ? -1 : 1))).toEqual([
				{name: 'it\'s "on"', attributeType: 'BOOLEAN', lastValue: 'true', lastValueTime: iso(60)},
				{name: 'kW', attributeType: 'DOUBLE', lastValue: '2.5', lastValueTime: iso(60)},
			]);
		});

		test('the same again changes nothing; another value needs a higher version', async () => {
			const first = record(0, {kW: 1}, {version: 5});
			expect(await publish('versions', [first])).toEqual({accepted: 1, rejected: []});
			expect(await publish('versions', [first])).toEqual({accepted: 1, rejected: []});
			const result = await publish('versions', [record(1, {kW: 9}), record(0, {kW: 2}, {version: 5})]);
			expect(result).toEqual({
				accepted: 1,
				rejected: [{index: 1, reason: expect.any(String), existingVersion: 5}],
			});
			expect(await publish('versions', [record(1, {kW: 3}, {version: 6})])).toMatchObject({accepted: 1});
			expect((await asset('versions'))?.attributes[0]?.lastValue).toBe('3.0');
		});

		describe('samples', () => {
			const waves = Array.from({length: 120}, (_, second) => record(second, {wave: (second * 7) % 13}));
			beforeAll(async () => {
				await publish('o\'brien "x"', waves.slice(0, 60));
				await publish('o\'brien "x"', waves.slice(60));
				await publish('single', [
					record(3, {'odd "name"': 4.5}, {measureName: undefined}),
					record(4, {other: 7}, {measureName: undefined}),
				]);
			});
			const request = {assetId: 'o\'brien "x"', attribute: double('wave'), ...range};
			const read = async (more: object = {}) =>
				(await all(exchange.timeSeries.samples({database, ...request, ...more}))).flat();

			test('come all, in order of time', async () => {
				const samples = await read();
				expect(samples.map(({timestamp}) => timestamp)).toEqual(waves.map((_wave, second) => iso(second)));
				expect(samples.map(({value}) => Number(value))).toEqual(
					waves.map((_wave, second) => (second * 7) % 13),
				);
			});

			test('of a range: its start is in it, its end is not', async () => {
				const samples = await read({from: start + 10_000, to: start + 12_000});
				expect(samples.map(({timestamp}) => timestamp)).toEqual([iso(10), iso(11)]);
			});

			test('end at a limit', async () => {
				expect((await read({limit: 3})).map(({timestamp}) => timestamp)).toEqual([iso(0), iso(1), iso(2)]);
			});

			const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
			test.each<[Aggregate, (values: readonly number[]) => number]>([
				['avg', values => sum(values) / values.length],
				['min', values => Math.min(...values)],
				['max', values => Math.max(...values)],
				['sum', sum],
				['last', values => values.at(-1)!],
				['count', values => values.length],
			])('%s of each minute', async (aggregate, reduced) => {
				const samples = await read({every: 60_000, aggregate});
				expect(samples.map(({timestamp}) => timestamp)).toEqual([iso(0), iso(60)]);
				for (const [minute, {value}] of samples.entries()) {
					const values = Array.from({length: 60}, (_, second) => ((minute * 60 + second) * 7) % 13);
					expect(Number(value)).toBeCloseTo(reduced(values));
				}
			});

			test('the extremes of each minute are at their own times', async () => {
				const samples = await read({every: 60_000, aggregate: 'extremes'});
				expect(samples.map(({value}) => Number(value)).toSorted((a, b) => a - b)).toEqual([0, 0, 12, 12]);
				for (const {timestamp, value} of samples) {
					const second = (Date.parse(timestamp) - start) / 1000;
					expect((second * 7) % 13).toBe(Number(value));
				}
				const times = samples.map(({timestamp}) => timestamp);
				expect(times).toEqual(times.toSorted());
			});

			test('of a single measure, and none of another one', async () => {
				const samples = await read({assetId: 'single', attribute: double('odd "name"')});
				expect(samples).toEqual([{timestamp: iso(3), value: '4.5'}]);
			});

			test('the recent past of several assets', async () => {
				const {assets} = await exchange.timeSeries.latest(database.timeSeriesDbId, {maxAge: 0});
				await exchange.timeSeries.recent(database, assets);
				const {timeSeriesDbId} = database;
				const wave = exchange.timeSeries.cachedRecent(timeSeriesDbId, 'o\'brien "x"', 'wave');
				expect(wave?.map(({timestamp}) => timestamp)).toEqual(
					Array.from({length: 64}, (_, index) => iso(56 + index)),
				);
				expect(exchange.timeSeries.cachedRecent(timeSeriesDbId, 'single', 'other')).toEqual([
					{timestamp: iso(4), value: '7.0'},
				]);
			});

			test('SQL by pages: typed, in the order asked for', async () => {
				const pages = await ask(
					table => `SELECT time, wave FROM ${table} WHERE wave IS NOT NULL ORDER BY time`,
					50,
				);
				const rows = pages.flatMap(page => page.rows);
				expect(rows).toHaveLength(120);
				expect(pages.every(page => page.rows.length <= 50)).toBe(true);
				expect(pages.map(({isLast}) => isLast)).toEqual([...pages.slice(1).map(() => false), true]);
				expect(rows[0]).toEqual(['2026-01-01 00:00:00.000000000', '0.0']);
				expect(pages.at(-1)!.columns).toEqual([
					{name: 'time', type: {kind: 'scalar', name: 'TIMESTAMP'}},
					{name: 'wave', type: {kind: 'scalar', name: 'DOUBLE'}},
				]);
			});

			test('SQL left early leaves the next query alone', async () => {
				const queryString = `SELECT time FROM "${database.databaseName}"."${database.tableName}"`;
				for await (const _page of exchange.timeSeries.query({database, queryString, maxRows: 1})) break;
				expect((await ask(table => `SELECT count(*) FROM ${table}`)).at(-1)?.rows).toHaveLength(1);
			});

			test('wrong SQL says where', async () => {
				const error = await failure(ask(table => `SELECT nothing FROM ${table}`));
				expect([error.code, error.message]).toEqual(['failed', expect.stringMatching(/line 1:8.*nothing/)]);
			});

			test.each(['CSV', 'JSON'] as const)('an export as %s holds them all', async format => {
				const stages: string[] = [];
				const file = await exchange.timeSeries.exportFile({
					database,
					assets: [{assetId: 'o\'brien "x"', attributeNames: ['wave']}],
					...range,
					format,
					onProgress: (stage, percent) => stages.push(`${stage} ${percent}`),
				});
				const chunks: Uint8Array[] = [];
				for await (const chunk of file.body) chunks.push(chunk);
				const text = Buffer.concat(chunks).toString();
				expect(file.size).toBe(Buffer.byteLength(text));
				if (format === 'CSV') expect(text.trimEnd().split('\n')).toHaveLength(121);
				else expect(JSON.stringify(JSON.parse(text)).match(/"timestamp"/g)).toHaveLength(120);
				expect(stages.at(-1)).toBe('file 100');
			});
		});

		test('who follows an asset hears what others publish', async () => {
			const other = subject.connect();
			await publish('live', [record(0, {kW: 1})]);
			await exchange.timeSeries.latest(database.timeSeriesDbId, {maxAge: 0});
			const changes = queue<true>();
			const lives = queue<{isLive: boolean}>();
			const following = exchange.timeSeries.watchLatest(database.timeSeriesDbId, {
				pollMs: 1_000_000,
				onChange: () => changes.push(true),
				onLive: isLive => lives.push({isLive}),
			});
			following.follow(['live']);
			expect((await lives.take()).isLive).toBe(true);
			await publish('live', [record(5, {kW: 42})], {}, other);
			const kilowatts = () =>
				exchange.timeSeries
					.cachedLatest(database.timeSeriesDbId)
					?.assets.find(({assetId}) => assetId === 'live')?.attributes[0]?.lastValue;
			while (Number(kilowatts()) !== 42) await changes.take();
			following.close();
		});

		test('a database nobody knows', async () => {
			const missing = 'timeSeriesDbId.00000000-0000-0000-0000-000000000000';
			const {timeSeries} = exchange;
			for (const call of [timeSeries.latest(missing), timeSeries.deleteDatabase(missing)]) {
				expect(['not-found', 'denied']).toContain((await failure(call)).code);
			}
		});
	});
}
