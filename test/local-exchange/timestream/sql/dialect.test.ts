import {DuckDBInstance} from '@duckdb/node-api';
import {expect, test} from 'vitest';
import {installDialect} from '../../../../src/local-exchange/timestream/sql/dialect.ts';
import {startSql} from './sql-engine.ts';

const config = {storage_compatibility_version: 'v1.4.0'};

async function scalar(connection: Awaited<ReturnType<DuckDBInstance['connect']>>, sql: string) {
	return (await connection.runAndReadAll(sql)).getRows()[0]?.[0];
}

test('it can be installed on every open, and is there for every connection', async () => {
	const instance = await DuckDBInstance.create(':memory:', config);
	const first = await instance.connect();
	await installDialect(first);
	await installDialect(first);
	const second = await instance.connect();
	expect(String(await scalar(second, 'SELECT ts_to_base(255, 16) || typeof(7 / 2)'))).toBe('ffINTEGER');
	expect(await scalar(second, "SELECT ts_correlate('pearson', NULL, NULL)")).toBeNull();
	await expect(second.run('SELECT nosuch')).rejects.toThrow('"position":"7"');
});

test('it takes no name that DuckDB has', async () => {
	const instance = await DuckDBInstance.create(':memory:', config);
	const connection = await instance.connect();
	await installDialect(connection);
	const names = await connection.runAndReadAll(
		"SELECT DISTINCT function_name FROM duckdb_functions() WHERE NOT internal AND function_name NOT LIKE 'ts\\_%' ESCAPE '\\'",
	);
	expect(names.getRows()).toEqual([]);
});

test('an older edition in the file is replaced', async () => {
	const instance = await DuckDBInstance.create(':memory:', config);
	const connection = await instance.connect();
	await connection.run("CREATE MACRO ts_edition() AS 'old'; CREATE MACRO ts_to_base(x) AS 'old'");
	await installDialect(connection);
	expect(await scalar(connection, 'SELECT ts_to_base(5, 2)')).toBe('101');
	expect(await scalar(connection, 'SELECT ts_edition()')).not.toBe('old');
});

test('it is kept in the file, and works when the engine has locked its settings', async () => {
	const sql = await startSql();
	try {
		await sql.engine.reopen();
		const connection = await sql.engine.engine().connect();
		expect(await scalar(connection, 'SELECT ts_to_base(5, 2)')).toBe('101');
		await expect(connection.run('SET integer_division = false')).rejects.toThrow('locked');
		connection.closeSync();
	} finally {
		await sql.close();
	}
});
