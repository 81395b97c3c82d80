import {afterEach, beforeEach, expect, test} from 'vitest';
import {databaseId, multi, startEngine, type TestEngine} from '../../support/time-series-engine.ts';

let it: TestEngine;
beforeEach(async () => {
	it = await startEngine();
});
afterEach(() => it.close());

const other = {timeSeriesDbId: "id'2", databaseName: 'Other "⚡"', tableName: "it's"};

test('databases are kept, with their names, and told apart', async () => {
	await it.engine().createDatabase(other);
	await it.engine().write(databaseId, [multi(1, {kW: 1})]);
	await it.engine().write(other.timeSeriesDbId, [multi(1, {kW: 2, kVA: 3})]);
	for (const restart of [false, true]) {
		if (restart) await it.reopen();
		expect(await it.engine().databaseIds()).toEqual([databaseId, other.timeSeriesDbId]);
		const tables = await it.engine().tables([other.timeSeriesDbId, 'nowhere', databaseId]);
		expect(tables).toMatchObject([
			other,
			{timeSeriesDbId: databaseId, databaseName: 'Feeders', tableName: 'Data'},
		]);
		expect(tables[0]!.columns.map(({name}) => name)).toContain('kVA');
		expect(tables[1]!.columns.map(({name}) => name)).not.toContain('kVA');
		expect(await it.engine().table(other.timeSeriesDbId)).toEqual(tables[0]);
		expect(await it.engine().lastValues(other.timeSeriesDbId)).toHaveLength(2);
	}
});

test('making a database again changes nothing', async () => {
	await it.engine().write(databaseId, [multi(1, {kW: 1})]);
	await it.engine().createDatabase({timeSeriesDbId: databaseId, databaseName: 'X', tableName: 'Y'});
	expect(await it.engine().table(databaseId)).toMatchObject({databaseName: 'Feeders'});
	expect(await it.select('SELECT kW FROM series')).toEqual([['1']]);
});

test('removing a database takes its records along, and leaves the others', async () => {
	await it.engine().createDatabase(other);
	await it.engine().write(databaseId, [multi(1, {kW: 1})]);
	await it.engine().write(other.timeSeriesDbId, [multi(1, {kW: 2})]);
	await it.reopen();
	const {relation} = (await it.engine().table(databaseId))!;
	await it.engine().removeDatabase(databaseId);
	await it.engine().removeDatabase(databaseId);
	for (const restart of [false, true]) {
		if (restart) await it.reopen();
		expect(await it.engine().databaseIds()).toEqual([other.timeSeriesDbId]);
		expect(await it.engine().table(databaseId)).toBeUndefined();
		expect(await it.engine().measures(databaseId)).toEqual([]);
		await expect(it.engine().lastValues(databaseId)).rejects.toThrow('no such time-series database');
		await expect(it.engine().write(databaseId, [multi(1, {kW: 1})])).rejects.toThrow('no such time-series');
		await expect(it.engine().load(databaseId, [])).rejects.toThrow('no such time-series database');
		expect(await it.engine().lastValues(other.timeSeriesDbId)).toMatchObject([{value: '2.0'}]);
	}
	const connection = await it.engine().connect();
	await expect(connection.run(`FROM ${relation}`)).rejects.toThrow();
	const leftovers = await connection.runAndReadAll(
		"SELECT table_name FROM duckdb_tables() WHERE schema_name NOT IN ('db2', 'layout') AND NOT internal",
	);
	expect(leftovers.getRows()).toEqual([]);
	connection.closeSync();
});

test('a database made anew under the same id is empty', async () => {
	await it.engine().write(databaseId, [multi(1, {kW: 1})]);
	await it.engine().removeDatabase(databaseId);
	await it.engine().createDatabase({timeSeriesDbId: databaseId, databaseName: 'Feeders', tableName: 'Data'});
	expect(await it.engine().lastValues(databaseId)).toEqual([]);
	expect((await it.engine().table(databaseId))!.columns).toHaveLength(2);
	expect(await it.engine().write(databaseId, [multi(1, {kW: 'text'})])).toEqual([]);
});

test('queries can change no setting and read no file', async () => {
	const connection = await it.engine().connect();
	for (const sql of [
		'SET threads = 8',
		'SET enable_external_access = true',
		"SELECT * FROM read_text('/etc/hostname')",
		"ATTACH '/tmp/other.duckdb'",
		"COPY (SELECT 1) TO '/tmp/other.csv'",
		'INSTALL httpfs',
	]) {
		await expect(connection.run(sql), sql).rejects.toThrow(/disabled|locked/);
	}
	expect((await connection.runAndReadAll("SELECT 7 / 2, current_setting('TimeZone')")).getRows()).toEqual([
		[3, 'UTC'],
	]);
	connection.closeSync();
});

test('a closed engine refuses work, and has closed its connections', async () => {
	const engine = it.engine();
	const connection = await engine.connect();
	const writing = engine.write(databaseId, [multi(1, {kW: 1})]);
	await it.reopen();
	expect(await writing).toEqual([]);
	await expect(engine.write(databaseId, [multi(2, {kW: 2})])).rejects.toThrow('is closed');
	await expect(connection.run('SELECT 1')).rejects.toThrow();
	expect(await it.select('SELECT kW FROM series')).toEqual([['1']]);
});
