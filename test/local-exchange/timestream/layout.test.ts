import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {databaseId, multi, single, startEngine, type TestEngine} from '../../support/time-series-engine.ts';

let it: TestEngine;
beforeEach(async () => {
	it = await startEngine();
});
afterEach(() => it.close());

const columns = async () => (await it.engine().table(databaseId))!.columns;
const names = async () => (await columns()).map(({name}) => name);
const write = (...records: ReturnType<typeof multi>[]) => it.engine().write(databaseId, records);

test('an empty table has a measure name and a time', async () => {
	expect(await names()).toEqual(['measure_name', 'time']);
	expect(await it.select('SELECT * FROM series')).toEqual([]);
	expect(await it.engine().measures(databaseId)).toEqual([]);
});

test('columns stand in the order of Timestream, each kind in the order it came', async () => {
	await write(single(1, 'kWh', '5'), multi(1, {kW: 1.5, on: true}));
	await write(
		multi(2, {count: 3n}, {dimensions: {assetId: 'f1', region: 'north'}}),
		single(2, 'state', 'ok', 'VARCHAR'),
	);
	expect((await columns()).map(({name, kind, type}) => `${name} ${kind} ${type}`)).toEqual([
		'assetId DIMENSION VARCHAR',
		'name DIMENSION VARCHAR',
		'region DIMENSION VARCHAR',
		'measure_name MEASURE_NAME VARCHAR',
		'time TIMESTAMP TIMESTAMP',
		'measure_value::double MEASURE_VALUE DOUBLE',
		'kW MULTI DOUBLE',
		'on MULTI BOOLEAN',
		'count MULTI BIGINT',
		'measure_value::varchar MEASURE_VALUE VARCHAR',
	]);
	const {relation} = (await it.engine().table(databaseId))!;
	expect(relation).toBe('"db1"."series"');
	expect(await it.select('SELECT * FROM series ORDER BY time, measure_name')).toEqual([
		['f1', 'Feeder 1', null, 'kWh', '1970-01-01 00:00:01', '5', null, null, null, null],
		['f1', 'Feeder 1', null, 'telemetry', '1970-01-01 00:00:01', null, '1.5', 'true', null, null],
		['f1', 'Feeder 1', null, 'state', '1970-01-01 00:00:02', null, null, null, null, 'ok'],
		['f1', null, 'north', 'telemetry', '1970-01-01 00:00:02', null, null, null, '3', null],
	]);
});

test('the view has exactly the columns of the table, and not the version', async () => {
	await write(multi(1, {version: 1, kW: 2, KW: 3, rowid: 4n, Time: 5, '~version': 6}));
	const described = await it.select('SELECT column_name FROM (DESCRIBE series)');
	expect(described.map(([name]) => name)).toEqual((await columns()).map(({physical}) => physical));
	expect(await names()).toEqual([
		'assetId',
		'name',
		'measure_name',
		'time',
		'version',
		'kW',
		'KW',
		'rowid',
		'Time',
		'~version',
	]);
});

test('names that DuckDB does not tell apart stay apart, also after a restart', async () => {
	await write(multi(1, {kW: 1, kw: 2n, KW: 'three', kW_2: 4}));
	await it.reopen();
	await write(multi(2, {Kw: 5, kw: 6n}));
	const physical = new Map((await columns()).map(column => [column.name, column.physical]));
	expect(new Set([...physical.values()].map(name => name.toLowerCase())).size).toBe(physical.size);
	const chosen = ['kW', 'kw', 'KW', 'kW_2', 'Kw'].map(name => `"${physical.get(name)}"`);
	expect(await it.select(`SELECT ${chosen} FROM series ORDER BY time`)).toEqual([
		['1', '2', 'three', '4', null],
		[null, '6', null, null, '5'],
	]);
});

test('any name works: quotes, spaces, emoji, keywords, other alphabets', async () => {
	const odd = ["it's", 'say "hi"', '⚡ power', 'select', 'Leistung (kW)', '温度', 'a;b--', 'measure', '$1'];
	const values = Object.fromEntries(odd.map((name, index) => [name, index]));
	const dimensions = {assetId: `o'Neil "1"`, 'the "zone"': '北'};
	expect(await write(multi(1, values, {measureName: `m'"⚡`, dimensions}))).toEqual([]);
	await it.reopen();
	expect((await names()).filter(name => odd.includes(name))).toEqual(odd);
	expect(await it.select('SELECT * FROM series')).toEqual([
		[`o'Neil "1"`, '北', `m'"⚡`, '1970-01-01 00:00:01', ...odd.map((_, index) => `${index}`)],
	]);
	expect((await it.engine().lastValues(databaseId)).map(({attribute}) => attribute)).toEqual(odd);
});

test('measures name their type and their dimensions', async () => {
	await write(
		single(1, 'kWh', '5'),
		single(1, 'kWh', '5', 'DOUBLE', {dimensions: {assetId: 'f2', region: 'north'}}),
		single(1, 'kWh', '5', 'BIGINT'),
		multi(1, {kW: 1}, {dimensions: {assetId: 'f1'}}),
	);
	const expected = [
		{measureName: 'kWh', dataType: 'DOUBLE', dimensions: ['assetId', 'name', 'region']},
		{measureName: 'kWh', dataType: 'BIGINT', dimensions: ['assetId', 'name']},
		{measureName: 'telemetry', dataType: 'MULTI', dimensions: ['assetId']},
	];
	expect(await it.engine().measures(databaseId)).toEqual(expected);
	await it.reopen();
	expect(await it.engine().measures(databaseId)).toEqual(expected);
});

describe('a record is rejected, and adds no column, when', () => {
	beforeEach(() => write(multi(1, {kW: 1, on: true})));

	test.each<[string, Parameters<typeof multi>, RegExp]>([
		[
			'a measure has another type',
			[2, {kW: 1n, a: 1}],
			/^The measure kW is of type DOUBLE in this table, not BIGINT/,
		],
		[
			'another measure name gives it another type',
			[2, {a: 1, kW: 'x'}, {measureName: 'm'}],
			/kW is of type DOUBLE/,
		],
		[
			'a dimension is a measure',
			[2, {a: 1}, {dimensions: {assetId: 'f1', kW: 'x'}}],
			/^kW is a measure .* dimension/,
		],
		['a measure is a dimension', [2, {name: 'x', a: 1}], /^name is a dimension .* measure/],
	])('%s', async (_, args, reason) => {
		const before = await columns();
		expect(await write(multi(...args))).toEqual([{index: 0, reason: expect.stringMatching(reason)}]);
		expect(await columns()).toEqual(before);
	});
});

test('a measure name has 200 columns at most', async () => {
	const part = (from: number, count: number) =>
		Object.fromEntries(Array.from({length: count}, (_, index) => [`v${from + index}`, true]));
	expect(await write(multi(1, part(0, 150)), multi(2, part(150, 48)))).toEqual([]);
	const full =
		'The local exchange keeps 200 dimensions and measures for a measure name: telemetry would have 201.';
	expect(await write(multi(3, part(198, 1)), multi(4, part(0, 1)))).toEqual([{index: 0, reason: full}]);
	expect(await write(multi(3, part(198, 1), {measureName: 'more'}))).toEqual([]);
	expect(await it.select('SELECT count(*), count(v0), count(v198) FROM series')).toEqual([['4', '2', '1']]);
});

test('a table has 128 dimensions and 256 MULTI measure names at most', async () => {
	const dimensions = (from: number, count: number) => ({
		assetId: 'f1',
		...Object.fromEntries(Array.from({length: count}, (_, index) => [`d${from + index}`, 'x'])),
	});
	const tooMany = [
		multi(1, {kW: 1}, {dimensions: dimensions(0, 127)}),
		multi(2, {kW: 1}, {dimensions: dimensions(127, 1)}),
	];
	expect(await write(...tooMany)).toEqual([
		{index: 1, reason: 'The table has 128 dimensions: no more are possible.'},
	]);
	const shapes = Array.from({length: 257}, (_, index) =>
		multi(1, {kW: 1}, {measureName: `m${index}`, dimensions: {assetId: 'f1'}}),
	);
	expect(await write(...shapes)).toEqual([
		{index: 255, reason: expect.stringMatching(/keeps 256 measure names of type MULTI/)},
		{index: 256, reason: expect.stringMatching(/keeps 256 measure names of type MULTI/)},
	]);
});
