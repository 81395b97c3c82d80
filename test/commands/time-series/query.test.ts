import {describe, expect, test} from 'vitest';
import {ShellError} from '../../../src/shell/errors.ts';
import type {ColumnType, Datum, QueryPage} from '../../../src/shell/time-series.ts';
import {memoryExchange} from '../../support/memory-exchange.ts';
import {memoryFiles} from '../../support/memory-files.ts';
import {runCommands} from '../../support/run.ts';

const scalar = (name: string): ColumnType => ({kind: 'scalar', name});
const columns = [
	{name: 'time', type: scalar('TIMESTAMP')},
	{name: 'kW', type: scalar('DOUBLE')},
	{name: 'count', type: scalar('BIGINT')},
];
const page = (rows: readonly (readonly Datum[])[], more: Partial<QueryPage> = {}): QueryPage => ({
	queryId: 'q',
	columns,
	rows,
	progress: 50,
	bytesScanned: 12_000_000,
	isLast: false,
	...more,
});
const row = (hour: number, kW: string | null, count = '1'): readonly Datum[] => [
	`2026-01-01 0${hour}:00:00.000000000`,
	kW,
	count,
];
const sql = 'SELECT * FROM "database_1"."table_1"';
const asked = "query 'SELECT * FROM {db}.{table}'";

const of = (pages: readonly (QueryPage | Error)[], queryString = sql) => {
	const exchange = memoryExchange(
		{},
		{databases: {Grid: [{assetId: 'f1', attributes: {'A kW': [['2026-01-01T00:00:00Z', 1]]}}]}},
	);
	exchange.answers.set(queryString, pages);
	return {exchange, session: {database: exchange.database('Grid'), localDirectory: '/desk'}};
};
const three = [
	page([row(1, '412.5'), row(2, '3')]),
	page([]),
	page([row(3, null, '9007199254740993')], {isLast: true}),
];

describe('query', () => {
	test('shows a typed table, empty pages or not', async () => {
		const {screen, status} = await runCommands(`${asked} --all`, {...of(three), interactive: true});
		expect(screen.map(line => line.trimEnd())).toEqual([
			'time (UTC)              kW  count',
			'2026-01-01 01:00:00  412.5      1',
			'2026-01-01 02:00:00    3        1',
			'2026-01-01 03:00:00  ·  9007199254740993',
			'3 rows, 12 MB scanned',
		]);
		expect(status).toBe(0);
	});

	test('is exact in a pipe; JSON has numbers where they are exact', async () => {
		const {text} = await runCommands(asked, of(three));
		expect(text.split('\n')[2]).toBe('2026-01-01 03:00:00.000000000\t\t9007199254740993');
		const json = await runCommands(`${asked} --json`, of(three));
		expect(
			json.text
				.trimEnd()
				.split('\n')
				.map(line => JSON.parse(line)),
		).toEqual([
			{time: '2026-01-01 01:00:00.000000000', kW: 412.5, count: 1},
			{time: '2026-01-01 02:00:00.000000000', kW: 3, count: 1},
			{time: '2026-01-01 03:00:00.000000000', kW: null, count: '9007199254740993'},
		]);
	});

	test('asks after each page of rows, and leaves the query when that is enough', async () => {
		const questions: string[] = [];
		const world = of([page([row(1, '1')]), page([row(2, '2')]), page([row(3, '3')], {isLast: true})]);
		const {screen} = await runCommands(asked, {
			...world,
			interactive: true,
			confirm: async question => questions.push(question) < 2,
		});
		expect(questions).toEqual(['1 row, 12 MB scanned. More?', '2 rows, 12 MB scanned. More?']);
		expect(screen.map(line => line.trimEnd())).toEqual([
			'time (UTC)           kW  count',
			'2026-01-01 01:00:00   1      1',
			'time (UTC)           kW  count',
			'2026-01-01 02:00:00   2      1',
			'left after 2 rows: there are more, --all shows them',
		]);
		expect(world.exchange.requests.filter(request => request === 'query cancelled')).toHaveLength(1);
	});

	test('--limit says when it cut, and only then', async () => {
		const cut = await runCommands(`${asked} --limit 2`, of(three));
		expect(cut.text.trimEnd().split('\n')).toHaveLength(2);
		expect(cut.outputs.at(-1)).toEqual({kind: 'note', text: 'cut at 2 rows by --limit: there are more'});
		const whole = await runCommands(`${asked} -n 3`, of(three));
		expect(whole.outputs.some(({kind}) => kind === 'note')).toBe(false);
	});

	test('arrays, rows and time series are compact on a screen, nested in JSON, JSON in CSV', async () => {
		const array: ColumnType = {kind: 'array', of: scalar('BIGINT')};
		const tuple: ColumnType = {
			kind: 'row',
			fields: [
				{name: 'a', type: scalar('VARCHAR')},
				{name: '', type: array},
			],
		};
		const series: ColumnType = {kind: 'time-series', of: scalar('DOUBLE')};
		const nested = [
			page([[['1', null], ['x', ['2']], {points: [{time: '2026-01-01 00:00:00.000000000', value: '1.5'}]}]], {
				columns: [
					{name: 'a', type: array},
					{name: 'a', type: tuple},
					{name: '', type: series},
				],
				isLast: true,
			}),
		];
		expect((await runCommands(asked, of(nested))).text).toBe(
			'[1, null]\t(x, [2])\t[2026-01-01 00:00:00 1.5]\n',
		);
		expect(JSON.parse((await runCommands(`${asked} --json`, of(nested))).text)).toEqual({
			a: [1, null],
			'a (2)': {a: 'x', field1: [2]},
			_col2: [{time: '2026-01-01 00:00:00.000000000', value: 1.5}],
		});
		expect((await runCommands(`${asked} --csv`, of(nested))).text.split('\n').slice(0, 2)).toEqual([
			'a,a (2),_col2',
			'"[1,null]","{""a"":""x"",""field1"":[2]}","[{""time"":""2026-01-01 00:00:00.000000000"",""value"":1.5}]"',
		]);
	});

	test('an empty answer has its header as CSV', async () => {
		const {text} = await runCommands(`${asked} --csv`, of([page([]), page([], {isLast: true})]));
		expect(text).toBe('time,kW,count\n');
	});

	test('shows an error at its place, with the name that may be meant', async () => {
		const world = of(
			[new ShellError('failed', "line 1:8: Column 'A kw' does not exist")],
			'SELECT "A kw" FROM "database_1"."table_1"',
		);
		const described = page(
			[
				['place', 'varchar', 'DIMENSION'],
				['A kW', 'double', 'MULTI'],
			],
			{isLast: true},
		);
		world.exchange.answers.set('DESCRIBE "database_1"."table_1"', [described]);
		const {screen, status} = await runCommands(`query 'SELECT "A kw" FROM {db}.{table}'`, world);
		expect(screen.slice(0, 3)).toEqual([
			`query: line 1:8: Column 'A kw' does not exist (did you mean "A kW"?)`,
			'     SELECT "A kw" FROM {db}.{table}',
			'            ^',
		]);
		expect(status).toBe(1);
	});

	test('shows an error at its place where the columns cannot be learned', async () => {
		const missing = new ShellError('failed', "line 1:8: Column 'nam' does not exist");
		const world = of([missing], 'SELECT nam FROM "database_1"."table_1"');
		const {screen} = await runCommands("query 'SELECT nam FROM {db}.{table}'", world);
		expect(screen[0]).toBe(`query: line 1:8: Column 'nam' does not exist (did you mean name?)`);
	});

	test('keeps what came before page 7 failed, and says so', async () => {
		const pages = [1, 2, 3, 4, 5, 6].map(hour => page([row(hour, '1')]));
		const {text, screen, status} = await runCommands(asked, of([...pages, new ShellError('failed', 'gone')]));
		expect(text.trimEnd().split('\n')).toHaveLength(6);
		expect(screen.slice(-2)).toEqual(['warning: 6 rows came before it failed', 'query: gone']);
		expect(status).toBe(1);
	});

	test('a file is written whole or not at all', async () => {
		const local = memoryFiles({'/desk/': ''});
		await runCommands(`${asked} -o good.csv`, {...of(three), local});
		expect(local.contents.get('/desk/good.csv')!.split('\n')).toHaveLength(5);
		const failed = await runCommands(`${asked} -o bad.csv`, {
			...of([page([row(1, '1')]), new Error('gone')]),
			local,
		});
		expect(failed.status).toBe(1);
		expect(local.contents.has('/desk/bad.csv')).toBe(false);
	});
});

describe('the SQL', () => {
	const one = [page([row(1, '1')], {isLast: true})];
	const bytes = async function* (text: string) {
		yield new TextEncoder().encode(text);
	};

	test('comes from a file, with a BOM, CRLF and a semicolon or not', async () => {
		const local = memoryFiles({'/desk/q.sql': '\ufeffSELECT 1;\r\n'});
		const {text} = await runCommands('query -f q.sql', {...of(one, 'SELECT 1'), local});
		expect(text).toContain('2026-01-01');
	});

	test('comes from stdin', async () => {
		const {text} = await runCommands('query -f -', {...of(one, 'SELECT 1'), input: bytes('SELECT 1\n')});
		expect(text).toContain('2026-01-01');
	});

	test('comes from an editor, which starts with the last query', async () => {
		const given: string[] = [];
		const {text} = await runCommands('query -e', {
			...of(one, 'SELECT 2'),
			history: () => ['query "SELECT 1"', 'ls', 'query -e'],
			edit: async before => {
				given.push(before);
				return 'SELECT 2\n';
			},
		});
		expect(given).toEqual(['SELECT 1']);
		expect(text).toContain('2026-01-01');
	});

	test.each([
		['query', 'SQL is missing', {}],
		["query ' ; '", 'the query: nothing to run', {}],
		["query '/* only this */'", 'the query: nothing to run', {}],
		["query -e 'SELECT 1'", 'one of them', {}],
		['query -e', '-e: no terminal for an editor', {}],
		['query -e', 'the editor failed: nothing is run', {edit: async () => undefined}],
		['query -f -', '-: nothing is piped in', {}],
		['query -f nope.sql', 'nope.sql', {}],
	])('%s: %s', async (line, message, more) => {
		const {screen, status} = await runCommands(line, {...of(one), ...more});
		expect(screen[0]).toContain(message);
		expect(status).toBeGreaterThan(0);
	});

	test('needs names for {db} where the Exchange says none', async () => {
		const {exchange, session} = of(one);
		const database = {...session.database, databaseName: null};
		const {screen} = await runCommands(asked, {exchange, session: {database}});
		expect(screen[0]).toContain('does not say what SQL calls it');
	});

	test('needs no selected database for SHOW DATABASES: any that there is answers', async () => {
		const databases = [{name: 'Database', type: scalar('VARCHAR')}];
		const last = page([['database_1']], {columns: databases, isLast: true});
		for (const show of ['SHOW DATABASES', '/* all */ show  databases']) {
			const {exchange} = of([last], show);
			const {text, status} = await runCommands(`query '${show}'`, {exchange});
			expect([text.trim().split('\n').at(-1), status]).toEqual(['database_1', 0]);
		}
		const show = 'SHOW DATABASES';
		const none = memoryExchange({}, {databases: {}});
		none.answers.set(show, [last]);
		const {screen} = await runCommands(`query '${show}'`, {exchange: none});
		expect(screen[0]).toContain('no database is selected');
	});

	test.each(['SHOW TABLES FROM a', "SELECT ''SHOW DATABASES''"])('needs one for %s', async sql => {
		const {exchange} = of([page([])], sql);
		const {screen} = await runCommands(`query "${sql}"`, {exchange});
		expect(screen[0]).toContain('no database is selected');
	});

	test('needs a selected database', async () => {
		const {screen, status} = await runCommands("query 'SELECT 1'", {exchange: of(one).exchange});
		expect(screen[0]).toContain('no database is selected');
		expect(status).toBe(2);
	});
});
