import {afterAll, beforeAll, expect, test} from 'vitest';
import {type SqlEngine, startSql} from './sql-engine.ts';

let sql: SqlEngine;
beforeAll(async () => {
	sql = await startSql();
});
afterAll(() => sql.close());

test('SHOW DATABASES and SHOW TABLES list what may be read', async () => {
	const answer = await sql.ask('show databases');
	expect(answer.ColumnInfo).toEqual([{Name: 'Database', Type: {ScalarType: 'VARCHAR'}}]);
	expect(answer.Rows).toEqual([{Data: [{ScalarValue: 'grid'}]}]);
	expect(answer.QueryStatus.ProgressPercentage).toBe(100);
	expect((await sql.ask('SHOW TABLES FROM "grid"')).ColumnInfo[0]?.Name).toBe('Table');
	expect(await sql.rows('SHOW TABLES FROM grid;')).toEqual([['meters'], ['plain']]);
});

test('LIKE picks by pattern', async () => {
	expect(await sql.rows("SHOW DATABASES LIKE 'x%'")).toEqual([]);
	expect(await sql.rows("SHOW TABLES FROM grid LIKE 'm_t%s'")).toEqual([['meters']]);
	expect(await sql.rows("SHOW TABLES LIKE '%'")).toEqual([['meters'], ['plain']]);
	expect(await sql.rows("SHOW TABLES LIKE 'meter'")).toEqual([]);
	expect(await sql.rows("SHOW TABLES LIKE '.*'")).toEqual([]);
	expect(await sql.rows(`SHOW TABLES LIKE '${'%'.repeat(10_000)}x'`)).toEqual([]);
	expect(await sql.rows("SHOW MEASURES FROM grid.plain LIKE 'lev%'")).toHaveLength(1);
	expect(await sql.rows("SHOW MEASURES FROM grid.plain LIKE 'x'")).toEqual([]);
});

test('SHOW MEASURES gives types and dimensions', async () => {
	const answer = await sql.ask('SHOW MEASURES FROM grid.meters');
	expect(answer.ColumnInfo.map(({Name}) => Name)).toEqual(['measure_name', 'data_type', 'dimensions']);
	const dimensions = [
		{data_type: 'varchar', dimension_name: 'assetId'},
		{data_type: 'varchar', dimension_name: 'name'},
	];
	expect(await sql.rows('SHOW MEASURES FROM grid.meters')).toEqual([
		['metrics', 'multi', JSON.stringify(dimensions)],
	]);
	expect((await sql.rows('SHOW MEASURES FROM grid.plain'))[0]?.slice(0, 2)).toEqual(['level', 'double']);
});

test('DESCRIBE gives columns in the order of a row, with their kinds', async () => {
	const answer = await sql.ask('DESCRIBE "grid"."meters"');
	expect(answer.ColumnInfo.map(({Name}) => Name)).toEqual(['Column', 'Type', 'Timestream attribute type']);
	expect(await sql.rows('DESCRIBE grid.meters')).toEqual([
		['assetId', 'varchar', 'DIMENSION'],
		['name', 'varchar', 'DIMENSION'],
		['measure_name', 'varchar', 'MEASURE_NAME'],
		['time', 'timestamp', 'TIMESTAMP'],
		['kw', 'double', 'MULTI'],
		['kW', 'double', 'MULTI'],
		['online', 'boolean', 'MULTI'],
		['n', 'bigint', 'MULTI'],
		['kvar', 'double', 'MULTI'],
	]);
	const [, ...columns] = (await sql.ask('SELECT * FROM grid.plain')).ColumnInfo;
	const described = await sql.rows('DESCRIBE grid.plain');
	expect(described.slice(1).map(([name]) => name)).toEqual(columns.map(({Name}) => Name));
	expect(described.at(-1)).toEqual(['measure_value::double', 'double', 'MEASURE_VALUE']);
});
