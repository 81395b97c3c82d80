import {describe, expect, test, vi} from 'vitest';
import {ShellError} from '../../../src/shell/errors.ts';
import {type MemoryAsset, memoryExchange} from '../../support/memory-exchange.ts';
import {memoryFiles} from '../../support/memory-files.ts';
import {noon, type Ran, runCommands} from '../../support/run.ts';
import {said} from '../files/desk.ts';

const feeders: readonly MemoryAsset[] = [
	{
		assetId: 'feeder-1',
		name: 'Feeder 1',
		attributes: {
			kW: [['2025-12-31T00:00:00Z', 1.5]],
			taps: {type: 'BIGINT', samples: [['2025-12-31T00:00:00Z', 2]]},
			closed: {type: 'BOOLEAN', samples: []},
		},
	},
	{assetId: 'feeder-2', name: 'Feeder 2', attributes: {}},
	{assetId: 'nameless', name: null, attributes: {}},
];

type Options = Partial<Parameters<typeof runCommands>[1]>;

function desk(files: Readonly<Record<string, string>> = {}) {
	const exchange = memoryExchange({}, {databases: {Grid: feeders}});
	const local = memoryFiles({
		'/home/': '',
		...Object.fromEntries(Object.entries(files).map(([name, text]) => [`/home/${name}`, text])),
	});
	const session = {database: exchange.database('Grid')};
	const run = async (line: string, options: Options = {}) =>
		said(await runCommands(line, {exchange, local, session, ...options}));
	const samples = async (assetId: string, name: string) => {
		const {timeSeriesDbId} = exchange.database('Grid');
		const {assets} = await exchange.timeSeries.latest(timeSeriesDbId, {maxAge: 0});
		const attribute = assets
			.find(asset => asset.assetId === assetId)
			?.attributes.find(it => it.name === name);
		if (!attribute) return undefined;
		const all: string[] = [];
		const database = exchange.database('Grid');
		const wanted = {database, assetId, attribute, from: -8.64e15, to: 8.64e15};
		for await (const page of exchange.timeSeries.samples(wanted)) {
			all.push(...page.map(({timestamp, value}) => `${timestamp} ${value}`));
		}
		return [attribute.attributeType, ...all];
	};
	return {exchange, local, run, samples};
}

const details = ({outputs}: Ran) =>
	outputs.flatMap(output => (output.kind === 'error' ? output.error.details : []));

describe('a file', () => {
	test('is sent in order, a hundred records at a time, with the name of the asset', async () => {
		const rows = Array.from({length: 250}, (_, row) => `${1_767_225_600 + row * 60},${row}.5`);
		const {exchange, run} = desk({'load.csv': `time,kW\n${rows.join('\n')}\n`});
		const {status, notes} = await run("publish 'Feeder 1' load.csv");
		expect(status).toBe(0);
		expect(exchange.published.map(({records}) => records.length)).toEqual([100, 100, 50]);
		expect(exchange.published[2]).toMatchObject({
			timeSeriesDbId: exchange.database('Grid').timeSeriesDbId,
			assetId: 'feeder-1',
			name: 'Feeder 1',
		});
		expect(exchange.published[2]!.records[49]).toEqual({
			measureName: 'samples',
			values: [{name: 'kW', value: '249.5', type: 'DOUBLE'}],
			time: String((1_767_225_600 + 249 * 60) * 1000),
			timeUnit: 'MILLISECONDS',
			version: 1,
		});
		expect(notes).toEqual([
			'load.csv: 250 rows: kW DOUBLE; time in seconds (guessed)',
			'Feeder 1: 250 records published',
		]);
	});

	test('becomes attributes of the types that all of its cells have; empty cells are no samples', async () => {
		const {run, samples} = desk({
			'load.csv': [
				'time,count,kW,on,since,state',
				'2026-01-01T00:00Z,1,1,true,2026-01-01T00:00:00Z,ok',
				'2026-01-01T01:00Z,-2,,FALSE,2026-01-02,007',
				'2026-01-01T02:00Z,,+3.25e2,,,"a, b"',
			].join('\n'),
		});
		expect((await run("publish 'Feeder 2' load.csv")).errors).toEqual([]);
		const at = (hour: number, value: string) => `2026-01-01T0${hour}:00:00.000Z ${value}`;
		expect(await samples('feeder-2', 'count')).toEqual(['BIGINT', at(0, '1'), at(1, '-2')]);
		expect(await samples('feeder-2', 'kW')).toEqual(['DOUBLE', at(0, '1'), at(2, '3.25e2')]);
		expect(await samples('feeder-2', 'on')).toEqual(['BOOLEAN', at(0, 'true'), at(1, 'false')]);
		const midnight = new Date(2026, 0, 2).getTime();
		expect(await samples('feeder-2', 'since')).toEqual([
			'TIMESTAMP',
			at(0, String(Date.parse('2026-01-01'))),
			at(1, String(midnight)),
		]);
		expect(await samples('feeder-2', 'state')).toEqual(['VARCHAR', at(0, 'ok'), at(1, '007'), at(2, 'a, b')]);
	});

	test('of the same content again changes nothing', async () => {
		const {run, samples} = desk({'load.csv': 'time,kW\n2026-01-01T01:00Z,2\n2026-01-01T02:00Z,3\n'});
		await run("publish 'Feeder 1' load.csv");
		const before = await samples('feeder-1', 'kW');
		const {status} = await run("publish 'Feeder 1' load.csv");
		expect([status, await samples('feeder-1', 'kW')]).toEqual([0, before]);
	});

	test('that was corrected is rejected, and replaces with --replace', async () => {
		const {local, run, samples} = desk({'load.csv': 'time,kW\n2026-01-01T01:00Z,2\n'});
		await run("publish 'Feeder 1' load.csv");
		local.contents.set('/home/load.csv', 'time,kW\n2026-01-01T01:00Z,3\n');
		const {errors, status} = await run("publish 'Feeder 1' load.csv");
		expect(status).toBe(1);
		expect(errors[0]).toContain('--replace puts these values in place');
		expect((await samples('feeder-1', 'kW'))?.at(-1)).toBe('2026-01-01T01:00:00.000Z 2');
		expect((await run("publish 'Feeder 1' load.csv --replace")).status).toBe(0);
		expect((await samples('feeder-1', 'kW'))?.at(-1)).toBe('2026-01-01T01:00:00.000Z 3');
	});

	test('replaces in the same second as the one before it, and what bears a higher version', async () => {
		const {exchange, local, run, samples} = desk({'load.csv': 'time,kW\n2026-01-01T01:00Z,2\n'});
		await run("publish 'Feeder 1' load.csv --version 2000000000");
		for (const value of [3, 4]) {
			local.contents.set('/home/load.csv', `time,kW\n2026-01-01T00:59Z,1\n2026-01-01T01:00Z,${value}\n`);
			const {errors, notes} = await run("publish 'Feeder 1' load.csv --replace");
			expect([errors, notes.at(-1)]).toEqual([[], 'Feeder 1: 2 records published']);
		}
		expect((await samples('feeder-1', 'kW'))?.at(-1)).toBe('2026-01-01T01:00:00.000Z 4');
		expect((await run("publish 'Feeder 1' kW=5 --time 2026-01-01T01:00Z --replace")).status).toBe(0);
		expect(exchange.published.at(-1)!.records[0]!.version).toBe(2_000_000_003);
	});

	test('with --replace is rejected where no version is left, without the advice to replace it', async () => {
		const {run} = desk({'load.csv': 'time,kW\n2026-01-01T01:00Z,3\n'});
		await run("publish 'Feeder 1' kW=2 --time 2026-01-01T01:00Z --version 2147483647");
		for (const what of ['load.csv', 'kW=3 --time 2026-01-01T01:00Z']) {
			const {errors} = await run(`publish 'Feeder 1' ${what} --replace`);
			expect(errors).toHaveLength(1);
			expect(errors[0]).not.toContain('--replace');
		}
	});

	test('with --single is a record for each value', async () => {
		const {exchange, run} = desk({'load.csv': 'time,kW,taps\n2026-01-01T01:00Z,2,3\n2026-01-01T02:00Z,,4\n'});
		await run("publish 'Feeder 1' load.csv --single");
		expect(exchange.published[0]!.records.map(({measureName, values}) => [measureName, values[0]])).toEqual([
			[undefined, {name: 'kW', value: '2', type: 'DOUBLE'}],
			[undefined, {name: 'taps', value: '3', type: 'BIGINT'}],
			[undefined, {name: 'taps', value: '4', type: 'BIGINT'}],
		]);
	});

	test('may be JSON: a list of objects, or an object a line; numbers stay as they are written', async () => {
		const list =
			'[{"time": 1767225600000, "kW": 1.10, "n": 9007199254740993},\n {"time": 1767225660000, "kW": null, "on": true}]';
		const lines =
			'{"time": 1767225600000, "kW": 1.10, "n": 9007199254740993}\n{"time": 1767225660000, "on": true}\n';
		for (const text of [list, lines]) {
			const {exchange, run} = desk({'load.json': text});
			expect((await run("publish 'Feeder 2' load.json")).errors).toEqual([]);
			expect(exchange.published[0]!.records.map(({values}) => values)).toEqual([
				[
					{name: 'kW', value: '1.10', type: 'DOUBLE'},
					{name: 'n', value: '9007199254740993', type: 'BIGINT'},
				],
				[{name: 'on', value: 'true', type: 'BOOLEAN'}],
			]);
		}
	});

	describe('that this shell wrote', () => {
		const written: readonly MemoryAsset[] = [
			{
				assetId: 'feeder-1',
				name: 'Feeder 1',
				attributes: {
					kW: [
						['2026-01-01T01:00:00.000Z', 1],
						['2026-01-01T02:00:00.000Z', 2],
					],
					time: {type: 'VARCHAR', samples: [['2026-01-01T02:00:00.000Z', '007']]},
					name: {type: 'VARCHAR', samples: [['2026-01-01T01:00:00.000Z', 'a, "b"']]},
					n: {type: 'BIGINT', samples: [['2026-01-01T03:00:00.000Z', '9007199254740993']]},
				},
			},
		];

		test('with `data --json` gives the same samples, joined by time', async () => {
			const from = memoryExchange({}, {databases: {Grid: written}});
			const session = {database: from.database('Grid')};
			const line = "data 'Feeder 1' kW time name n --from 2026-01-01 --to 2026-01-02";
			const {text} = await runCommands(line, {exchange: from, session, json: true});
			const {exchange, run, samples} = desk({'load.json': text});
			expect((await run("publish 'Feeder 1' load.json")).errors).toEqual([]);
			expect(exchange.published[0]!.records.map(({values}) => values.map(({name}) => name))).toEqual([
				['kW', 'name'],
				['kW', 'time'],
				['n'],
			]);
			const at = (hour: number, value: string) => `2026-01-01T0${hour}:00:00.000Z ${value}`;
			expect((await samples('feeder-1', 'kW'))?.slice(-2)).toEqual([at(1, '1'), at(2, '2')]);
			expect(await samples('feeder-1', 'time')).toEqual(['VARCHAR', at(2, '007')]);
			expect(await samples('feeder-1', 'name')).toEqual(['VARCHAR', at(1, 'a, "b"')]);
			expect(await samples('feeder-1', 'n')).toEqual(['BIGINT', at(3, '9007199254740993')]);
		});

		const exported = (more = '') =>
			`[{"assetId":"feeder-2","name":"Feeder 2","attributes":[${more}{"name":"kW","attributeType":"DOUBLE",` +
			'"lastValue":"2","lastValueTime":"2026-01-01T02:00:00.000Z","data":[' +
			'{"timestamp":"2026-01-01T01:00:00.000Z","value":"1"},{"timestamp":"2026-01-01T02:00:00.000Z","value":"2"}' +
			']},{"name":"state","attributeType":"VARCHAR","data":[' +
			'{"timestamp":"2026-01-01T02:00:00.000Z","value":"{\\"7\\"}"}]}]}]\n';

		test('with `export --format json` gives the same samples, of the same types', async () => {
			const {exchange, run, samples} = desk({'load.json': exported()});
			expect((await run("publish 'Feeder 2' load.json")).errors).toEqual([]);
			expect(exchange.published[0]!.records).toHaveLength(2);
			const at = (hour: number, value: string) => `2026-01-01T0${hour}:00:00.000Z ${value}`;
			expect(await samples('feeder-2', 'kW')).toEqual(['DOUBLE', at(1, '1'), at(2, '2')]);
			expect(await samples('feeder-2', 'state')).toEqual(['VARCHAR', at(2, '{"7"}')]);
		});

		test('with `export` names rejected rows by their count, and keeps only those', async () => {
			const {local, run} = desk({
				'load.json': exported(),
				'old.csv': 'time,kW\n2026-01-01T02:00Z,9\n',
			});
			await run("publish 'Feeder 2' old.csv");
			const ran = await run("publish 'Feeder 2' load.json");
			expect(details(ran)).toEqual([expect.stringMatching(/^moment 2: /)]);
			const kept = local.contents.get('/home/load.json.rejected.csv')?.trim().split('\n');
			expect(kept).toHaveLength(2);
			expect(kept?.[1]).toMatch(/^2026-01-01T02/);
		});

		test('may be longer than any row', async () => {
			const start = Date.parse('2026-01-02');
			const data = Array.from({length: 20_000}, (_, at) =>
				JSON.stringify({timestamp: new Date(start + at * 1000).toISOString(), value: String(at)}),
			);
			const text = exported(`{"name":"long","attributeType":"DOUBLE","data":[${data.join(',')}]},`);
			expect(text.length).toBeGreaterThan(1_000_000);
			const {run, samples} = desk({'load.json': text});
			expect((await run("publish 'Feeder 2' load.json")).errors).toEqual([]);
			expect(await samples('feeder-2', 'long')).toHaveLength(20_001);
		});

		const sample = (assetId: string, value: string, hour = 1) =>
			`${JSON.stringify({assetId, name: null, attribute: 'kW', attributeType: 'DOUBLE', timestamp: `2026-01-01T0${hour}:00:00.000Z`, value})}\n`;

		test.each([
			[
				'of several assets',
				sample('feeder-1', '1') + sample('feeder-2', '2'),
				'line 2: assetId: “feeder-2”: the asset is “feeder-1”; one at a time',
			],
			[
				'of two values for one time',
				sample('feeder-1', '1') + sample('feeder-1', '2'),
				'same time as line 1',
			],
			['of a value that does not fit', sample('feeder-1', 'x'), 'kW: “x” is no number'],
			['with something else in it', `${sample('feeder-1', '1')}{"time": 1, "kW": 2}`, 'line 2: no assetId'],
		])('is refused when %s', async (_, text, words) => {
			const {exchange, run} = desk({'load.json': text});
			const {errors} = await run("publish 'Feeder 1' load.json");
			expect(errors).toHaveLength(1);
			expect(errors[0]).toContain(words);
			expect(exchange.published).toEqual([]);
		});
	});

	test('with rows that have no value says how many it leaves out', async () => {
		const {exchange, run} = desk({'load.csv': 'time,kW\n2026-01-01T01:00Z,2\n2026-01-01T02:00Z,\n'});
		const {notes} = await run("publish 'Feeder 1' load.csv");
		expect(notes).toContain('load.csv: 1 row without a value left out');
		expect(exchange.published[0]!.records).toHaveLength(1);
	});

	test('may be piped in', async () => {
		const {run, samples} = desk();
		const input = (async function* () {
			yield new TextEncoder().encode('time,kW\n2026-01-01T01:0');
			yield new TextEncoder().encode('0Z,2\n');
		})();
		expect((await run("publish 'Feeder 1' -", {input})).errors).toEqual([]);
		expect((await samples('feeder-1', 'kW'))?.at(-1)).toBe('2026-01-01T01:00:00.000Z 2');
		expect((await run("publish 'Feeder 1' -")).errors[0]).toBe('-: nothing is piped in');
	});

	test('with CRLF, a BOM, quoted line ends, quotes, blank lines and an emoji is read as it is meant', async () => {
		const {exchange, run} = desk({
			'load.csv':
				'\ufefftime,"kW ⚡","note"\r\n2026-01-01T01:00Z,2,"two\r\nlines, ""quoted"" 🔌"\r\n\r\n2026-01-01T02:00Z,3,\r\n',
		});
		expect((await run("publish 'Feeder 2' load.csv")).errors).toEqual([]);
		expect(exchange.published[0]!.records.map(({values}) => values)).toEqual([
			[
				{name: 'kW ⚡', value: '2', type: 'BIGINT'},
				{name: 'note', value: 'two\r\nlines, "quoted" 🔌', type: 'VARCHAR'},
			],
			[{name: 'kW ⚡', value: '3', type: 'BIGINT'}],
		]);
	});

	test('may end in rows of nothing but separators, as spreadsheets leave them', async () => {
		const {exchange, run} = desk({'load.csv': 'time,kW\n2026-01-01T01:00Z,2\n,\n ,\n,,,\n  \n'});
		const {errors, notes} = await run("publish 'Feeder 1' load.csv");
		expect([errors, notes.at(-1)]).toEqual([[], 'Feeder 1: 1 record published']);
		expect(exchange.published).toHaveLength(1);
	});

	test('may be separated by semicolons or tabs', async () => {
		for (const text of ['time;kW\n2026-01-01T01:00Z;2\n', 'time\tkW\n2026-01-01T01:00Z\t2\n']) {
			const {run, samples} = desk({'load.csv': text});
			await run("publish 'Feeder 1' load.csv");
			expect((await samples('feeder-1', 'kW'))?.at(-1)).toBe('2026-01-01T01:00:00.000Z 2');
		}
	});

	test('takes 1e308, which is a number', async () => {
		const {run, samples} = desk({'load.csv': 'time,kW\n2026-01-01T01:00Z,1e308\n'});
		expect((await run("publish 'Feeder 1' load.csv")).status).toBe(0);
		expect((await samples('feeder-1', 'kW'))?.at(-1)).toBe('2026-01-01T01:00:00.000Z 1e308');
	});

	test('as `export` wrote it names the asset itself; another asset’s rows are refused', async () => {
		const header = 'assetId,name,timestamp,kW';
		const {exchange, run} = desk({
			'own.csv': `${header}\nfeeder-1,Feeder 1,2026-01-01T01:00Z,2\n`,
			'other.csv': `${header}\nfeeder-1,Feeder 1,2026-01-01T01:00Z,2\nfeeder-2,Feeder 2,2026-01-01T02:00Z,2\n`,
		});
		await run("publish 'Feeder 1' own.csv");
		expect(exchange.published[0]!.records[0]!.values.map(({name}) => name)).toEqual(['kW']);
		const refused = await run("publish 'Feeder 1' other.csv");
		expect(details(refused)[0]).toBe('line 3: assetId: “feeder-2”: the asset is “feeder-1”; one at a time');
		expect(exchange.published).toHaveLength(1);
	});
});

describe('times', () => {
	test.each([
		['time,kW\n1767225600,1\n', 's', '2026-01-01T00:00:00.000Z'],
		['time,kW\n1767225600.25,1\n', 's', '2026-01-01T00:00:00.250Z'],
		['time,kW\n1767225600000,1\n', 'ms', '2026-01-01T00:00:00.000Z'],
		['time,kW\n1767225600000000,1\n', 'us', '2026-01-01T00:00:00.000Z'],
		['time,kW\n1767225600000000000,1\n', 'ns', '2026-01-01T00:00:00.000Z'],
		['Timestamp (UTC),kW\n2026-01-01 00:00:00+00:00,1\n', 'ISO', '2026-01-01T00:00:00.000Z'],
		['DateTime,kW\n2026-01-01T00:00:00.5Z,1\n', 'ISO', '2026-01-01T00:00:00.500Z'],
	])('%j are found and read', async (text, unit, time) => {
		const {run, samples} = desk({'load.csv': text});
		const {notes} = await run("publish 'Feeder 2' load.csv");
		const words = {s: 'seconds', ms: 'milliseconds', us: 'microseconds', ns: 'nanoseconds', ISO: 'ISO 8601'};
		expect(notes[0]).toContain(` in ${words[unit as keyof typeof words]}`);
		expect((await samples('feeder-2', 'kW'))?.[1]).toContain(time);
	});

	test('finer than a millisecond are sent in nanoseconds', async () => {
		const {exchange, run} = desk({'load.csv': 'time,kW\n2026-01-01T00:00:00.123456789Z,1\n'});
		await run("publish 'Feeder 2' load.csv");
		expect(exchange.published[0]!.records[0]).toMatchObject({
			time: '1767225600123456789',
			timeUnit: 'NANOSECONDS',
		});
	});

	test('without a zone are local, and that is said', async () => {
		const {run, samples} = desk({'load.csv': 'time,kW\n2026-07-01 12:00,1\n'});
		const {notes} = await run("publish 'Feeder 2' load.csv");
		expect(notes[0]).toContain('time in local time');
		const local = new Date(2026, 6, 1, 12).toISOString();
		expect((await samples('feeder-2', 'kW'))?.[1]).toBe(`${local} 1`);
	});

	test('as a query’s answer has them are in UTC', async () => {
		const {run, samples} = desk({'answer.csv': 'time,kW\n2026-07-01 12:00:00.250000000,1\n'});
		const {notes} = await run("publish 'Feeder 2' answer.csv");
		expect(notes[0]).not.toContain('local time');
		expect((await samples('feeder-2', 'kW'))?.[1]).toBe('2026-07-01T12:00:00.250Z 1');
	});

	test('are in the column and the unit that are named', async () => {
		const {run, samples} = desk({'load.csv': 'time,when,kW\nx,1000,1\ny,2000,2\n'});
		expect((await run("publish 'Feeder 2' load.csv --time when --unit ms")).errors).toEqual([]);
		expect(await samples('feeder-2', 'kW')).toEqual([
			'DOUBLE',
			'1970-01-01T00:00:01.000Z 1',
			'1970-01-01T00:00:02.000Z 2',
		]);
	});

	test.each([
		['time,kW\n5,1\n6,2\n', '5 to 6: in which unit', '--unit s, ms, us or ns says so'],
		['time,kW\n1767225600,1\n1767225600000,2\n', 'in which unit', '--unit'],
		['when,kW\n2026-01-01T00:00Z,1\n', 'no time column', '--time COLUMN names it, there are when, kW'],
		['date,time,kW\n2026-01-01,00:00,1\n', 'date, time: which of them', '--time COLUMN says so'],
	])('of %j are not guessed', async (text, message, hint) => {
		const {exchange, run} = desk({'load.csv': text});
		const {errors, status} = await run("publish 'Feeder 1' load.csv");
		expect(errors[0]).toContain(message);
		expect(errors[0]).toContain(hint);
		expect([status, exchange.published]).toEqual([2, []]);
	});

	test.each([
		[
			'a date among numbers',
			'time,kW\n1767225600,1\n2026-01-01T00:00Z,2\n',
			'3: “2026-01-01T00:00Z” is a date',
		],
		['no time at all', 'time,kW\n2026-01-01T00:00Z,1\n,2\n', 'line 3: no time'],
		['a word', 'time,kW\nyesterday,1\n', 'line 2: “yesterday” is no time'],
		['a date that never was', 'time,kW\n2026-02-30,1\n', 'line 2: “2026-02-30” is no time'],
	])('with %s among them name the line', async (_, text, words) => {
		const {exchange, run} = desk({'load.csv': text});
		expect((await run("publish 'Feeder 2' load.csv")).errors[0]).toContain(words);
		expect(exchange.published).toEqual([]);
	});
});

describe('nothing is sent of a file', () => {
	test.each([
		[
			'with a bad number',
			'time,kW\n2026-01-01T01:00Z,1\n2026-01-01T02:00Z,41o.2\n',
			'line 3: kW: “41o.2” is no number',
		],
		['with 1e309', 'time,kW\n2026-01-01T01:00Z,1e309\n', 'line 2: kW: “1e309” is beyond DOUBLE'],
		[
			'with NaN',
			'time,kW\n2026-01-01T01:00Z,NaN\n',
			'line 2: kW: “NaN” cannot be stored: leave the cell empty',
		],
		['with -Infinity', 'time,kW\n2026-01-01T01:00Z,-Infinity\n', '“-Infinity” cannot be stored'],
		[
			'with a fraction in whole numbers',
			'time,taps\n2026-01-01T01:00Z,2.5\n',
			'taps: “2.5” is no whole number (BIGINT, as it is at Feeder 1)',
		],
		[
			'with a number beyond 64 bits',
			'time,taps\n2026-01-01T01:00Z,9223372036854775808\n',
			'is beyond BIGINT',
		],
		['with neither true nor false', 'time,closed\n2026-01-01T01:00Z,yes\n', 'is neither true nor false'],
		['with a short row', 'time,kW,taps\n2026-01-01T01:00Z,1\n', 'line 2: 2 cells where the first line has 3'],
		[
			'with a long row after a quoted line end',
			'time,kW\n"2026-01-01T01:00Z","1\n"\n2026-01-01T02:00Z,1,2\n',
			'line 4: 3 cells',
		],
		[
			'with a quote in the middle of a cell',
			'time,kW\n2026-01-01T01:00Z,1"2\n',
			'line 2: a quote in the middle',
		],
		[
			'with a quote that is never closed',
			'time,kW\n2026-01-01T01:00Z,"1\n2\n3\n',
			'line 2: a quote that is never closed',
		],
		['that is empty', '', 'load.csv: empty'],
		['of white space', ' \n\n', 'load.csv: empty'],
		['of a first line alone', 'time,kW\n', 'no rows under the names'],
		['without a value', 'time,kW\n2026-01-01T01:00Z,\n', 'no values beside the times'],
		['with two columns of one name', 'time,kW,kW\n2026-01-01T01:00Z,1,2\n', 'two columns are called kW'],
		['with values under no name', 'time,,kW\n2026-01-01T01:00Z,1,2\n', 'column 2 has values and no name'],
		['that is binary', 'PK\u0003\u0004\0\0\0\0', 'load.csv: binary, not text'],
	])('%s', async (_, text, words) => {
		const {exchange, run} = desk({'load.csv': text});
		const {errors, status} = await run("publish 'Feeder 1' load.csv");
		expect(errors).toHaveLength(1);
		expect(errors[0]).toContain(words);
		expect([status, exchange.published]).toEqual([1, []]);
	});

	test('with a row that is cut off: quotes are advised for one that is too long only', async () => {
		const {errors} = await desk({'load.csv': 'time,kW\n2026-01\n'}).run("publish 'Feeder 1' load.csv");
		expect(errors).toEqual(['load.csv: line 2: 1 cell where the first line has 2']);
		const long = await desk({'load.csv': 'time,kW\n2026-01,1,5\n'}).run("publish 'Feeder 1' load.csv");
		expect(long.errors[0]).toContain('(quote a cell that holds the separator)');
	});

	test.each([
		['that is no JSON', '{"time": 1767225600, kW: 1}', 'load.json: line 1: not JSON'],
		['that is no list of objects', '[{"time": 1767225600, "kW": 1},\n 5]', 'line 2: not an object'],
		['with a list in it', '{"time": 1767225600, "kW": [1]}', 'kW: a list where one value is wanted'],
		[
			'that ends too early',
			'[{"time": 1767225600, "kW": 1},\n{"time": 17672',
			'line 2: an object that is never closed',
		],
	])('%s', async (_, text, words) => {
		const {exchange, run} = desk({'load.json': text});
		expect((await run("publish 'Feeder 1' load.json")).errors[0]).toContain(words);
		expect(exchange.published).toEqual([]);
	});

	test('with many errors: the first ten lines are shown, and the rest counted', async () => {
		const rows = Array.from({length: 30}, (_, row) => `${1_767_225_600 + row},${row % 2 ? 'x' : row}`);
		const {exchange, run} = desk({'load.csv': `time,kW\n${rows.join('\n')}\n`});
		const ran = await run("publish 'Feeder 1' load.csv");
		expect(ran.errors).toEqual(['load.csv: 15 cells or rows cannot be sent (nothing was sent)']);
		expect(details(ran)).toHaveLength(11);
		expect(details(ran)[0]).toBe('line 3: kW: “x” is no number (DOUBLE, as it is at Feeder 1)');
		expect(details(ran).at(-1)).toBe('and 5 more');
		expect(exchange.published).toEqual([]);
	});

	test('with a line of 50 MB, which is not taken into memory', async () => {
		const {exchange, local, run} = desk();
		let chunks = 0;
		const body = async function* () {
			yield new TextEncoder().encode('time,kW\n2026-01-01T01:00Z,');
			for (; chunks < 800; chunks++) yield new Uint8Array(65_536).fill(49);
		};
		const huge = {
			...local,
			stat: async () => ({name: 'load.csv', kind: 'file' as const, size: 5e7, modified: 0}),
		};
		const files = {...huge, read: async () => ({size: 5e7, body})};
		const {errors} = await run("publish 'Feeder 1' load.csv", {local: files});
		expect(errors[0]).toContain('line 2: longer than 1 MB');
		expect(chunks).toBeLessThan(40);
		expect(exchange.published).toEqual([]);
	});
});

describe('rows of the same time', () => {
	test('with the same values are fine', async () => {
		const {run} = desk({'load.csv': 'time,kW\n2026-01-01T01:00Z,1\n2026-01-01T01:00Z,1\n'});
		expect((await run("publish 'Feeder 1' load.csv")).errors).toEqual([]);
	});

	test.each([
		['neighbours', ['01', '01', '02'], 3, 2],
		['far apart', ['05', '01', '07', '03', '05'], 6, 2],
		['falling', ['05', '04', '04', '03'], 4, 3],
	])('with other values, %s, name both lines, and nothing is sent', async (_, hours, line, other) => {
		const rows = hours.map((hour, index) => `2026-01-01T${hour}:00Z,${index}`);
		const {exchange, run} = desk({'load.csv': `time,kW\n${rows.join('\n')}\n`});
		const {errors} = await run("publish 'Feeder 1' load.csv");
		const words = `load.csv: line ${line}: the same time as line ${other}, with other values`;
		expect(errors).toEqual([`${words} (nothing was sent)`]);
		expect(exchange.published).toEqual([]);
	});
});

describe('types', () => {
	test('of the asset win: whole numbers go to a DOUBLE, a text cannot', async () => {
		const {exchange, run} = desk({'load.csv': 'time,kW\n2026-01-01T01:00Z,2\n'});
		await run("publish 'Feeder 1' load.csv");
		expect(exchange.published[0]!.records[0]!.values[0]!.type).toBe('DOUBLE');
		const bad = desk({'load.csv': 'time,kW\n2026-01-01T01:00Z,off\n'});
		const {errors} = await bad.run("publish 'Feeder 1' load.csv");
		expect(errors[0]).toContain('line 2: kW: “off” is no number (DOUBLE, as it is at Feeder 1)');
		const other = await bad.run("publish 'Feeder 2' load.csv");
		expect(other.errors[0]).toContain('line 2: kW: “off” is no number (DOUBLE, as it is at other assets)');
		const asked = await bad.run("publish 'Feeder 2' load.csv --type kW=BOOLEAN --time time -n");
		expect(asked.errors[0]).toContain('is neither true nor false (BOOLEAN, as asked for)');
	});

	test('are those of the same attribute elsewhere in the database, where all agree', async () => {
		const {exchange, run} = desk({'load.csv': 'time,kW,volt\n2026-01-01T01:00Z,2,230\n'});
		const shown = await run('publish --new feeder-9 load.csv -n', {interactive: true});
		expect(shown.outputs[0]).toMatchObject({
			records: [
				{column: 'kW', type: 'DOUBLE', typeFrom: "other assets'"},
				{column: 'volt', type: 'BIGINT', typeFrom: 'inferred'},
			],
		});
		await run('publish --new feeder-9 load.csv');
		await run("publish 'Feeder 2' kW=3");
		expect(exchange.published.map(({records}) => records[0]!.values[0]!.type)).toEqual(['DOUBLE', 'DOUBLE']);
		const {errors} = await run("publish 'Feeder 2' taps=2.5");
		expect(errors[0]).toContain(
			'taps: “2.5” is no whole number (BIGINT) (taps is BIGINT here; another name is another attribute)',
		);
	});

	test('of more columns than a record holds are not sent, unless each value is a record', async () => {
		const names = Array.from({length: 257}, (_, index) => `a${index}`);
		const wide = `time,${names.join(',')}\n2026-01-01T01:00Z,${names.map(() => 1).join(',')}\n`;
		const {exchange, run} = desk({'wide.csv': wide});
		const {errors} = await run("publish 'Feeder 2' wide.csv");
		expect(errors[0]).toContain('wide.csv: 257 columns of values, a record holds 256 (--single sends');
		expect(exchange.published).toEqual([]);
		expect((await run("publish 'Feeder 2' wide.csv --single")).status).toBe(0);
		expect(exchange.published.map(({records}) => records.length)).toEqual([100, 100, 57]);
	});

	test('of many columns are named a dozen in a script’s log', async () => {
		const names = Array.from({length: 40}, (_, index) => `a${index}`);
		const {run} = desk({
			'wide.csv': `time,${names.join(',')}\n2026-01-01T01:00Z,${names.map(() => 1).join(',')}\n`,
		});
		const {notes} = await run("publish 'Feeder 2' wide.csv");
		expect(notes[0]).toBe(
			`wide.csv: 1 row: ${names
				.slice(0, 12)
				.map(name => `${name} BIGINT`)
				.join(', ')}, and 28 more; time in ISO 8601`,
		);
	});

	test('a few texts among numbers are slips, unless --type says otherwise', async () => {
		const {exchange, run} = desk({'load.csv': 'time,code\n1767225600,1\n1767225601,2\n1767225602,x\n'});
		const {errors} = await run("publish 'Feeder 2' load.csv");
		expect(errors[0]).toContain("line 4: code: “x” is no number, as 2 of 3 are (--type 'code=VARCHAR'");
		expect((await run("publish 'Feeder 2' load.csv --type code=VARCHAR")).errors).toEqual([]);
		expect(exchange.published[0]!.records[0]!.values).toEqual([{name: 'code', value: '1', type: 'VARCHAR'}]);
	});

	test.each([
		['--type kW=TEXT', '--type NAME=BIGINT|DOUBLE'],
		['--type kW=BIGINT', 'kW of Feeder 1 is DOUBLE already'],
		['--type volts=DOUBLE', 'no such column of load.csv'],
	])('%s is explained', async (option, words) => {
		const {exchange, run} = desk({'load.csv': 'time,kW\n2026-01-01T01:00Z,2\n'});
		const {errors, status} = await run(`publish 'Feeder 1' load.csv ${option}`);
		expect(errors[0]).toContain(words);
		expect([status, exchange.published]).toEqual([2, []]);
	});
});

describe('before anything is sent', () => {
	const text = 'ts,kW,volts\n1767225600,1,230.5\n1767225660,2,\n';

	test('a person sees columns, types, samples and times, and is asked', async () => {
		const {exchange, run} = desk({'load.csv': text});
		const questions: string[] = [];
		const confirm = async (question: string) => {
			questions.push(question);
			return false;
		};
		const {screen, status, notes} = await run("publish 'Feeder 1' load.csv", {interactive: true, confirm});
		expect(questions).toEqual(['Publish 2 rows to Feeder 1 in Grid?']);
		expect(screen.join('\n')).toMatch(/column +type +samples +example/);
		expect(screen.join('\n')).toMatch(/kW +DOUBLE +2 +1 +the attribute's/);
		expect(screen.join('\n')).toMatch(/volts +DOUBLE +1 +230\.5 +inferred/);
		expect(screen.join('\n')).toMatch(/time column +ts\nin +seconds \(guessed\)\nrows +2\nfirst /);
		expect([notes, status, exchange.published]).toEqual([['nothing published'], 0, []]);
	});

	test('-f does not ask, and neither does a script', async () => {
		const confirm = async () => {
			throw new Error('asked');
		};
		for (const [line, interactive] of [
			["publish -f 'Feeder 1' load.csv", true],
			["publish 'Feeder 1' load.csv", false],
		] as const) {
			const {exchange, run} = desk({'load.csv': text});
			await run(line, {interactive, confirm});
			expect(exchange.published).toHaveLength(1);
		}
	});

	test('--dry-run only shows it, as records too', async () => {
		const {exchange, run} = desk({'load.csv': text});
		const {records} = await run("publish 'Feeder 1' load.csv --dry-run", {json: true});
		expect(records).toEqual([
			{column: 'kW', type: 'DOUBLE', samples: 2, example: '1', typeFrom: "the attribute's"},
			{column: 'volts', type: 'DOUBLE', samples: 1, example: '230.5', typeFrom: 'inferred'},
			{
				column: 'ts',
				unit: 'seconds (guessed)',
				rows: 2,
				first: '2026-01-01T00:00:00.000Z',
				last: '2026-01-01T00:01:00.000Z',
			},
		]);
		expect(exchange.published).toEqual([]);
	});
});

describe('rows that the Exchange rejects', () => {
	const text = 'time,kW,note\n1767225600,1,a\n1767225660,-5,"b\nc"\n1767225720,3,d\n1767225780,-6,\n';

	test('are told with line and reason, and kept in a file that can be sent again', async () => {
		const {exchange, local, run} = desk({'load.csv': text});
		exchange.refuse(({values}) => (Number(values[0]?.value) < 0 ? '=too "low"\u001b[2J' : undefined));
		const ran = await run("publish 'Feeder 1' load.csv");
		expect(ran.status).toBe(1);
		expect(ran.notes.at(-1)).toBe('Feeder 1: 2 records published');
		expect(ran.errors).toEqual(['load.csv: 2 records rejected (the rows are in load.csv.rejected.csv)']);
		expect(details(ran)[0]).toContain('line 3: =too "low"');
		expect(local.contents.get('/home/load.csv.rejected.csv')).toBe(
			'time,kW,note,rejected because\n1767225660,-5,"b\nc"," =too ""low"" [2J"\n1767225780,-6,," =too ""low"" [2J"\n',
		);
		exchange.refuse(() => undefined);
		const again = await run("publish 'Feeder 1' load.csv.rejected.csv");
		expect([again.errors, again.notes.at(-1)]).toEqual([[], 'Feeder 1: 2 records published']);
		expect(exchange.published.at(-1)!.records[0]!.values.map(({name}) => name)).toEqual(['kW', 'note']);
	});

	test('as single records stand in one row with each of their reasons once', async () => {
		const {exchange, local, run} = desk({'load.csv': 'time,a,b,c\n1,1,2,3\n2,1,1,1\n3,2,2,2\n4,1,1,2\n'});
		exchange.refuse(({values: [measure]}) => {
			if (measure?.value === '1') return undefined;
			return measure?.name === 'c' ? 'odd' : 'even';
		});
		const ran = await run("publish 'Feeder 1' load.csv --single --unit s");
		expect(details(ran)).toEqual([
			'line 2: even',
			'line 2: odd',
			'line 4: even',
			'line 4: even',
			'line 4: odd',
			'line 5: odd',
		]);
		expect(local.contents.get('/home/load.csv.rejected.csv')).toBe(
			'time,a,b,c,rejected because\n1,1,2,3,even; odd\n3,2,2,2,even; odd\n4,1,1,2,odd\n',
		);
	});

	test('are counted for scripts', async () => {
		const {exchange, run} = desk({'load.csv': text});
		exchange.refuse(({values}) => (Number(values[0]?.value) < 0 ? 'no' : undefined));
		const {records} = await run("publish 'Feeder 1' load.csv", {json: true});
		expect(records).toEqual([
			{
				timeSeriesDbId: exchange.database('Grid').timeSeriesDbId,
				assetId: 'feeder-1',
				name: 'Feeder 1',
				accepted: 2,
				rejected: 2,
			},
		]);
	});

	test('of piped input are kept in the local directory; a disk that refuses does not hide them', async () => {
		const {exchange, local, run} = desk();
		exchange.refuse(() => 'no');
		const input = async function* () {
			yield new TextEncoder().encode(text);
		};
		await run("publish 'Feeder 1' -", {input: input()});
		expect(local.contents.get('/home/input.rejected.csv')).toContain('1767225600,1,a,no\n');
		const full = {
			...local,
			write: async () => {
				throw new ShellError('local', 'disk full');
			},
		};
		const ran = await run("publish 'Feeder 1' -", {input: input(), local: full});
		expect(ran.errors[0]).toContain('4 records rejected (input.rejected.csv could not be written)');
	});
});

describe('what stops half-way', () => {
	const rows = Array.from({length: 250}, (_, row) => `${1_767_225_600 + row},${row}`);
	const text = `time,kW\n${rows.join('\n')}\n`;

	test('Ctrl-C lets the batch under way end, and says how much was sent', async () => {
		const {exchange, run} = desk({'load.csv': text});
		const abort = new AbortController();
		exchange.refuse(() => {
			abort.abort();
			return undefined;
		});
		const {errors, status} = await run("publish 'Feeder 1' load.csv", {signal: abort.signal});
		expect(status).toBe(130);
		expect(errors[0]).toMatch(/^cancelled: 100 of 250 rows were sent \(the same command again/);
		expect(exchange.published).toHaveLength(1);
	});

	test('Ctrl-C does not wait for an Exchange that has fallen silent', async () => {
		const {exchange, run} = desk({'load.csv': text});
		const abort = new AbortController();
		const {publish} = exchange.timeSeries;
		const silent: typeof publish = async (request, call) => {
			if (exchange.published.length === 1) abort.abort();
			else return publish(request, call);
			// The rest of the patience is over at once.
			vi.runOnlyPendingTimers();
			return new Promise((_, reject) => {
				if (call?.signal?.aborted) reject(new ShellError('cancelled', 'cancelled'));
			});
		};
		vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout']});
		try {
			const timeSeries = {...exchange.timeSeries, publish: silent};
			const {errors, status} = await run("publish 'Feeder 1' load.csv", {
				exchange: {...exchange, timeSeries},
				signal: abort.signal,
			});
			expect(errors[0]).toMatch(/^cancelled: 100 of 250 rows were sent, and maybe 100 rows more \(/);
			expect(status).toBe(130);
		} finally {
			vi.useRealTimers();
		}
	});

	test('a lost connection says so, too, with its own exit code', async () => {
		const {exchange, run} = desk({'load.csv': text});
		exchange.refuse(() => {
			if (exchange.published.length === 2) exchange.failNext('publish', new ShellError('connection', 'gone'));
			return undefined;
		});
		const {errors, status} = await run("publish 'Feeder 1' load.csv");
		expect(errors[0]).toMatch(/^load\.csv: gone: 200 of 250 rows were sent \(the same command again/);
		expect(status).toBe(3);
	});

	test('a refusal at the first batch says that nothing was sent', async () => {
		const {exchange, run} = desk({'load.csv': text});
		exchange.failNext('publish', new ShellError('denied', 'the Exchange refuses it'));
		const {errors} = await run("publish 'Feeder 1' load.csv");
		expect(errors).toEqual(['load.csv: the Exchange refuses it (nothing was sent)']);
	});
});

describe('the asset', () => {
	const files = {'load.csv': 'time,kW\n2026-01-01T01:00Z,2\n'};

	test('that is unknown is suggested, and made only with --new', async () => {
		const {exchange, run} = desk(files);
		const {errors, status} = await run("publish 'Feder 1' load.csv");
		expect(errors).toEqual(['Feder 1: no such asset (did you mean Feeder 1? --new makes a new asset)']);
		expect([status, exchange.published]).toEqual([1, []]);
		expect((await run("publish feeder-9 --new --name 'Feeder 9' load.csv")).status).toBe(0);
		expect(exchange.published[0]).toMatchObject({assetId: 'feeder-9', name: 'Feeder 9'});
	});

	test('made with --new takes the same command again', async () => {
		const {run, samples} = desk(files);
		await run('publish feeder-9 --new load.csv');
		expect((await run('publish feeder-9 --new load.csv')).status).toBe(0);
		expect(await samples('feeder-9', 'kW')).toHaveLength(2);
	});

	test('without a name is sent without one; two of one name are told by id', async () => {
		const {exchange, run} = desk(files);
		await run('publish id:nameless load.csv');
		expect(exchange.published[0]).not.toHaveProperty('name');
		await run("publish feeder-9 --new --name 'Feeder 1' load.csv");
		exchange.forget();
		expect((await run("publish 'Feeder 1' load.csv")).errors[0]).toContain('ambiguous');
	});

	test('needs a selected database', async () => {
		const {run} = desk(files);
		const {errors, status} = await run("publish 'Feeder 1' load.csv", {session: {database: undefined}});
		expect(errors[0]).toContain('no database is selected');
		expect(status).toBe(2);
	});
});

describe('one moment', () => {
	test('is now unless it is said, with the types of the asset', async () => {
		const {exchange, run} = desk();
		const {notes, status} = await run("publish 'Feeder 1' kW=412 'note=all quiet' taps=3");
		expect([status, notes]).toEqual([0, ['Feeder 1: kW 412, note all quiet, taps 3']]);
		expect(exchange.published[0]!.records).toEqual([
			{
				measureName: 'samples',
				time: String(noon),
				timeUnit: 'MILLISECONDS',
				version: 1,
				values: [
					{name: 'kW', type: 'DOUBLE', value: '412'},
					{name: 'note', type: 'VARCHAR', value: 'all quiet'},
					{name: 'taps', type: 'BIGINT', value: '3'},
				],
			},
		]);
	});

	test.each([
		['2026-01-01T00:00:00Z', '1767225600000'],
		['1767225600', '1767225600000'],
		['now-1h', String(noon - 3_600_000)],
	])('may be at %s', async (time, sent) => {
		const {exchange, run} = desk();
		await run(`publish 'Feeder 1' kW=1 --time ${time}`);
		expect(exchange.published[0]!.records[0]!.time).toBe(sent);
	});

	test.each([
		['kW=abc', 'kW: “abc” is no number (DOUBLE)'],
		['kW=', 'kW=: no value (kW=412.5)'],
		['kW=NaN', 'cannot be stored'],
		['kW=1 kW=2', 'kW: given twice'],
		['kW=1 load.csv', 'load.csv: one of 2 words (either one file or NAME=VALUE…)'],
		['kW=1 --time soon', 'soon: not a time'],
		['kW=1 --time 5', 'in which unit'],
		['kW=1 --unit s', '--unit s: there is no --time (--time NUMBER --unit s)'],
		['kW=1 --time yesterday --unit ms', '--unit ms: --time yesterday is no number'],
		['kW=1 --version 0', '--version 0: not a version'],
		['kW=1 --version 3000000000', 'not a version'],
		['kW=1 --version 2 --replace', 'two versions'],
		['', 'is missing'],
	])('%s is explained, and nothing is sent', async (words, message) => {
		const {exchange, run} = desk({'load.csv': ''});
		const {errors, status} = await run(`publish 'Feeder 1' ${words}`);
		expect(errors[0]).toContain(message);
		expect([status, exchange.published]).toEqual([2, []]);
	});

	test('that is rejected says why', async () => {
		const {exchange, run} = desk();
		exchange.refuse(() => 'too old');
		const {errors, status} = await run("publish 'Feeder 1' kW=1");
		expect([errors, status]).toEqual([['Feeder 1: too old'], 1]);
	});

	test('with --dry-run is shown', async () => {
		const {exchange, run} = desk();
		const {records} = await run("publish 'Feeder 1' kW=1 --time 2026-01-01T00:00Z -n");
		expect(records).toEqual([
			{assetId: 'feeder-1', attribute: 'kW', value: '1', type: 'DOUBLE', time: '2026-01-01T00:00:00.000Z'},
		]);
		expect(exchange.published).toEqual([]);
	});
});

test('piped input in place of the asset is told from one', async () => {
	expect((await desk().run('publish - feeder-1')).errors).toEqual([
		'-: the asset comes first (publish ASSET -)',
	]);
});

test('a file that is not there, and a directory, are told', async () => {
	const {run, local} = desk();
	expect((await run("publish 'Feeder 1' load.csv")).errors[0]).toBe(
		'load.csv: no such local file (or NAME=VALUE)',
	);
	local.contents.set('/home/cases/a.csv', '');
	expect((await run("publish 'Feeder 1' cases")).errors[0]).toContain('cases: a directory');
});

test('an Exchange without time series is said to have none', async () => {
	const exchange = memoryExchange({});
	const database = memoryExchange({}, {databases: {Grid: []}}).database('Grid');
	const {screen} = await runCommands('publish a kW=1', {exchange, session: {database}});
	expect(screen[0]).toBe('publish: this Exchange has no time-series databases');
});
