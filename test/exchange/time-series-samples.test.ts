import {afterEach, describe, expect, test} from 'vitest';
import type {Aggregate, Asset, SamplesRequest} from '../../src/shell/time-series.ts';
import {all, failure} from './failure.ts';
import {type Asked, type FakeExchange, fakeExchange, type Reply} from './fake-exchange.ts';
import {cancelDone, database, sqlPage} from './sql-answers.ts';

let fake: FakeExchange;
afterEach(() => fake.close());

const table = '"db ""one"""."series"';
const multi = [
	['assetId', 'varchar', 'DIMENSION'],
	['name', 'varchar', 'DIMENSION'],
	['measure_name', 'varchar', 'MEASURE_NAME'],
	['time', 'timestamp', 'TIMESTAMP'],
	['kW', 'double', 'MULTI'],
	['it"s', 'bigint', 'MULTI'],
	['status', 'varchar', 'MULTI'],
];
const described = (rows: readonly (readonly string[])[] = multi) =>
	sqlPage({columns: ['Column', 'Type', 'Timestream attribute type'], rows});

const sqlOf = ({variables}: Asked) => String(variables.queryString);
/** Answers DESCRIBE with the table, and everything else as told. */
const open = async (answer: (sql: string, asked: Asked) => Reply, describeAs = described) => {
	fake = await fakeExchange(asked => {
		if (asked.operationName === 'CancelQuery') return cancelDone;
		return sqlOf(asked).startsWith('DESCRIBE') ? describeAs() : answer(sqlOf(asked), asked);
	});
	return fake.connect().timeSeries;
};
const queries = () => fake.asked.filter(({operationName}) => operationName === 'SqlQuery').map(sqlOf);
const request: SamplesRequest = {
	database,
	assetId: 'a',
	attribute: {name: 'kW', attributeType: 'DOUBLE'},
	from: 0,
	to: 1000.5,
};

describe('samples', () => {
	test('come in order, a page at a time, times in ISO; an empty page is not the last', async () => {
		const series = await open((_sql, {variables}) =>
			variables.nextToken === undefined
				? sqlPage({next: '1'})
				: variables.nextToken === '1'
					? sqlPage({
							rows: [
								['2026-01-01 00:00:00.000000000', '1.0'],
								['2026-01-01 00:00:01.500000000', null],
							],
							next: '2',
						})
					: sqlPage({rows: [['2026-01-01 00:00:02.000000001', '2.0']]}),
		);
		expect(await all(series.samples(request))).toEqual([
			[{timestamp: '2026-01-01T00:00:00.000Z', value: '1.0'}],
			[{timestamp: '2026-01-01T00:00:02.000000001Z', value: '2.0'}],
		]);
		expect(queries().slice(0, 2)).toEqual([
			`DESCRIBE ${table}`,
			`SELECT time, "kW" FROM ${table} WHERE "assetId" = 'a' AND time >= from_milliseconds(0) AND time < from_milliseconds(1001) AND ("kW" IS NOT NULL) ORDER BY time`,
		]);
	});

	test.each<[Aggregate | undefined, number, string]>([
		['avg', 900_000, 'SELECT bin(time, 15m), avg("kW")'],
		['min', 3_600_000, 'SELECT bin(time, 1h), min("kW")'],
		['max', 86_400_000, 'SELECT bin(time, 1d), max("kW")'],
		['sum', 1500, 'SELECT bin(time, 1500ms), sum("kW")'],
		['count', 1000, 'SELECT bin(time, 1s), count("kW")'],
		['last', 5000, 'SELECT bin(time, 5s), max_by("kW", time)'],
		[undefined, 5000, 'SELECT bin(time, 5s), max_by("kW", time)'],
		[
			'extremes',
			60_000,
			'SELECT bin(time, 1m), min_by(time, "kW"), min("kW"), max_by(time, "kW"), max("kW")',
		],
	])('%s every %i ms is reduced at the server', async (aggregate, every, expected) => {
		const series = await open(() => sqlPage({}));
		await all(series.samples({...request, every, ...(aggregate && {aggregate})}));
		expect(queries().at(-1)).toContain(`${expected} FROM`);
		const bin = /bin\(.*?\)/.exec(expected)![0];
		expect(queries().at(-1)?.endsWith(` GROUP BY ${bin} ORDER BY ${bin}`)).toBe(true);
	});

	test('extremes are two samples at their own times, or one', async () => {
		const at = (second: number) => `2026-01-01 00:00:0${second}.000000000`;
		const series = await open(() =>
			sqlPage({
				rows: [
					[at(0), at(3), '1.0', at(1), '9.0'],
					[at(5), at(5), '2.0', at(5), '2.0'],
					[at(6), null, null, null, null],
				],
			}),
		);
		const [page] = await all(series.samples({...request, every: 5000, aggregate: 'extremes'}));
		expect(page).toEqual([
			{timestamp: '2026-01-01T00:00:01.000Z', value: '9.0'},
			{timestamp: '2026-01-01T00:00:03.000Z', value: '1.0'},
			{timestamp: '2026-01-01T00:00:05.000Z', value: '2.0'},
		]);
	});

	test('end at the limit, and at the Exchange', async () => {
		const rows = [1, 2, 3].map(second => [`2026-01-01 00:00:0${second}.000000000`, '1.0']);
		const series = await open((_sql, {attempt}) => sqlPage({rows, next: `token ${attempt}`}));
		expect((await all(series.samples({...request, limit: 4}))).map(page => page.length)).toEqual([3, 1]);
		expect(queries()[1]).toMatch(/ LIMIT 4$/);
		expect(fake.operations().at(-1)).toBe('CancelQuery');
		expect(await all(series.samples({...request, limit: 0}))).toEqual([]);
	});

	test('names get into SQL as names, whatever is in them', async () => {
		const series = await open(() => sqlPage({}));
		const attribute = {name: 'it"s', attributeType: 'BIGINT'} as const;
		await all(series.samples({...request, assetId: "x' OR '1'='1", attribute}));
		expect(queries().at(-1)).toContain(`SELECT time, "it""s" FROM`);
		expect(queries().at(-1)).toContain(`"assetId" = 'x'' OR ''1''=''1'`);
	});

	test('the table is described once for several', async () => {
		const series = await open(() => sqlPage({}));
		await Promise.all([all(series.samples(request)), all(series.samples(request))]);
		await all(series.samples(request));
		expect(queries().filter(sql => sql.startsWith('DESCRIBE'))).toHaveLength(1);
	});

	test('an attribute that has come since is looked for once more; one that is not there is an error', async () => {
		let columns: readonly (readonly string[])[] = multi;
		const series = await open(
			() => sqlPage({}),
			() => described(columns),
		);
		await all(series.samples(request));
		columns = [...multi, ['kV', 'double', 'MULTI']];
		await all(series.samples({...request, attribute: {name: 'kV', attributeType: 'DOUBLE'}}));
		const missing = {...request, attribute: {name: 'kX', attributeType: 'DOUBLE'} as const};
		const error = await failure(all(series.samples(missing)));
		expect([error.code, error.message]).toEqual(['not-found', 'kX: no such attribute of a']);
	});

	test('a single measure is found by its name', async () => {
		const single = [
			['asset_id', 'varchar', 'DIMENSION'],
			['measure_value::double', 'double', 'MEASURE_VALUE'],
		];
		const series = await open(
			() => sqlPage({}),
			() => described(single),
		);
		await all(series.samples({...request, attribute: {name: "k'W", attributeType: 'DOUBLE'}}));
		expect(queries().at(-1)).toContain(
			`SELECT time, measure_value::double FROM ${table} WHERE "asset_id" = 'a' AND`,
		);
		expect(queries().at(-1)).toContain(`(measure_name = 'k''W' AND measure_value::double IS NOT NULL)`);
	});

	test('a table that tells assets apart by name alone is asked by name', async () => {
		const byName = [
			['name', 'varchar', 'DIMENSION'],
			['kW', 'double', 'MULTI'],
		];
		fake = await fakeExchange(asked => {
			if (asked.operationName === 'LatestValues') {
				const data = [{assetId: 'a', name: "O'Brien", attributes: []}];
				return {
					body: {data: {timeSeriesDb_listAllAssetLastValues: {data, nextToken: null, clientToken: null}}},
				};
			}
			return sqlOf(asked).startsWith('DESCRIBE') ? described(byName) : sqlPage({});
		});
		const series = fake.connect().timeSeries;
		await series.latest(database.timeSeriesDbId);
		await all(series.samples(request));
		expect(queries().at(-1)).toContain(`"name" = 'O''Brien'`);
	});

	test('a database SQL has no name for', async () => {
		const series = await open(() => sqlPage({}));
		const nameless = {...request, database: {...database, tableName: null}};
		expect((await failure(all(series.samples(nameless)))).code).toBe('unsupported');
	});
});

describe('the recent past', () => {
	const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
	const sqlTime = (second: number) => `${at(second).replace('T', ' ').replace('Z', '')}000000`;
	const asset = (assetId: string, last = 70): Asset => ({
		assetId,
		name: null,
		attributes: [
			{name: 'kW', attributeType: 'DOUBLE', lastValue: '1', lastValueTime: at(last)},
			{name: 'status', attributeType: 'VARCHAR', lastValue: 'ok', lastValueTime: at(last)},
		],
	});
	const rowsOf = (assetId: string, count: number) =>
		Array.from({length: count}, (_, second) => [assetId, 'm', sqlTime(second), String(second)]);

	test('of several assets is read by one query, the newest 64 numbers, and kept', async () => {
		const series = await open(() => sqlPage({rows: [...rowsOf('a', 71), ...rowsOf("b'", 20)]}));
		const assets = [asset('a'), asset("b'")];
		expect(series.cachedRecent(database.timeSeriesDbId, 'a', 'kW')).toBeUndefined();
		await series.recent(database, assets);
		const kept = series.cachedRecent(database.timeSeriesDbId, 'a', 'kW');
		expect(kept).toHaveLength(64);
		expect(kept?.at(-1)).toEqual({timestamp: at(70), value: '70'});
		expect(series.cachedRecent(database.timeSeriesDbId, "b'", 'kW')).toHaveLength(20);
		expect(series.cachedRecent(database.timeSeriesDbId, 'a', 'status')).toBeUndefined();
		const [sql] = queries().filter(text => !text.startsWith('DESCRIBE'));
		expect(sql).toContain(`SELECT "assetId", measure_name, time, "kW" FROM (`);
		expect(sql).toContain(`("assetId" = 'b''' AND time >= from_milliseconds(`);
		await series.recent(database, assets);
		expect(queries()).toHaveLength(2);
		expect(series.cachedRecent(database.timeSeriesDbId, 'a', 'kW')).toBe(kept);
	});

	test('reaches back further for an asset with few samples', async () => {
		const series = await open((_sql, {attempt}) =>
			sqlPage({rows: attempt < 4 ? [...rowsOf('a', 20), ...rowsOf('b', 1)] : rowsOf('b', 30)}),
		);
		await series.recent(database, [asset('a'), asset('b')]);
		const [, , second, third, ...more] = queries();
		expect([second, third].map(sql => sql?.includes(`= 'a'`))).toEqual([false, false]);
		expect(more).toEqual([]);
		expect(series.cachedRecent(database.timeSeriesDbId, 'b', 'kW')).toHaveLength(30);
	});

	test('of an asset without numbers is not asked for', async () => {
		const series = await open(() => sqlPage({}));
		await series.recent(database, [{assetId: 'a', name: null, attributes: []}]);
		expect(fake.asked).toEqual([]);
	});

	test('is silently none without SQL, and not asked for again at once', async () => {
		const series = await open(() => ({
			body: {data: null, errors: [{errorType: 'ValidationException', message: 'line 1:1: no'}]},
		}));
		await series.recent(database, [asset('a')]);
		await series.recent(database, [asset('a')]);
		expect(series.cachedRecent(database.timeSeriesDbId, 'a', 'kW')).toBeUndefined();
		expect(queries()).toHaveLength(2);
	});

	test('single measures are told apart by their names', async () => {
		const single = [
			['assetId', 'varchar', 'DIMENSION'],
			['measure_value::double', 'double', 'MEASURE_VALUE'],
		];
		const series = await open(
			() => sqlPage({rows: rowsOf('a', 20).map(([id, , time, value]) => [id!, 'kW', time!, value!])}),
			() => described(single),
		);
		await series.recent(database, [asset('a')]);
		expect(series.cachedRecent(database.timeSeriesDbId, 'a', 'kW')).toHaveLength(20);
	});
});
