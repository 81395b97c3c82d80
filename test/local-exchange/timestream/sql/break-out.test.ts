import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {inspect} from '../../../../src/local-exchange/timestream/sql/gate/gate.ts';
import {type SqlEngine, startSql} from './sql-engine.ts';

let sql: SqlEngine;
beforeAll(async () => {
	sql = await startSql();
});
afterAll(() => sql.close());

const refused = /^ValidationException: /;

/** `$physical` stands for the view of a database that the user may not read. */
const attempts: readonly string[] = [
	// Files.
	"SELECT * FROM read_csv('/etc/passwd')",
	"SELECT * FROM read_csv_auto('/etc/passwd')",
	"SELECT * FROM read_text('/etc/passwd')",
	"SELECT * FROM read_blob('/etc/passwd')",
	"SELECT * FROM read_parquet('x')",
	"SELECT * FROM read_json('x')",
	"SELECT * FROM glob('/etc/*')",
	"SELECT * FROM '/etc/passwd'",
	'SELECT * FROM "/etc/passwd"',
	"SELECT * FROM 'file.csv'",
	'SELECT * FROM "data.parquet" AS t',
	"SELECT (SELECT content FROM read_text('/etc/passwd'))",
	"SELECT * FROM grid.meters, LATERAL read_text('/etc/passwd')",
	"SELECT * FROM sniff_csv('/etc/passwd')",
	"SELECT read_text('/etc/passwd')",
	"WITH x AS (SELECT * FROM read_csv('/etc/passwd')) SELECT * FROM x",
	// Statements.
	"COPY (SELECT 1) TO '/tmp/x.csv'",
	"COPY grid.meters TO '/tmp/x.csv'",
	"ATTACH '/tmp/x.db' AS x",
	'INSTALL httpfs',
	"LOAD 'x.so'",
	'SET memory_limit = 1',
	'PRAGMA database_list',
	'CALL duckdb_settings()',
	'CREATE TABLE x (a int)',
	'CREATE MACRO f() AS 1',
	'DROP SCHEMA db2',
	'DELETE FROM $physical',
	'INSERT INTO $physical VALUES (1)',
	"UPDATE $physical SET password = 'x'",
	'EXPLAIN SELECT * FROM $physical',
	'EXPLAIN ANALYZE SELECT 1',
	'CHECKPOINT',
	"EXPORT DATABASE '/tmp/x'",
	"UNLOAD (SELECT 1) TO 's3://x'",
	'BEGIN',
	'SUMMARIZE grid.meters',
	'PIVOT grid.meters ON assetId USING sum(kw)',
	'FROM grid.meters',
	'SELECT 1; SELECT 2',
	'SELECT 1; DROP SCHEMA db2 CASCADE',
	'SELECT 1;;',
	'SELECT 1 /* ; */ ; --\nDROP SCHEMA db2',
	// What DuckDB tells about itself.
	'SELECT * FROM duckdb_settings()',
	'SELECT * FROM duckdb_tables()',
	'SELECT * FROM duckdb_databases()',
	'SELECT * FROM duckdb_secrets()',
	'SELECT * FROM pragma_database_list',
	'SELECT * FROM information_schema.tables',
	'SELECT * FROM pg_catalog.pg_class',
	'SELECT * FROM sqlite_master',
	'SELECT * FROM pg_tables',
	'SELECT * FROM duckdb_columns',
	"SELECT getenv('HOME')",
	"SELECT current_setting('memory_limit')",
	'SELECT current_database()',
	'SELECT current_catalog',
	'SELECT current_user',
	'SELECT "current_schema"',
	'SELECT session_user FROM grid.meters',
	'SELECT version()',
	'SELECT txid_current()',
	'SELECT pg_typeof(1)',
	"SELECT nextval('x')",
	"SELECT CAST('pg_class' AS regclass)",
	"SELECT 'pg_class'::regclass",
	"SELECT CAST('x' AS some_enum)",
	"SELECT CAST('x' AS blob)",
	'SELECT CAST(\'x\' AS "VARCHAR")',
	'SELECT enum_range(CAST(NULL AS x))',
	// Queries in texts.
	"SELECT * FROM query('SELECT * FROM $physical')",
	"SELECT * FROM query_table('$physical')",
	"SELECT json_execute_serialized_sql('{}')",
	"SELECT json_serialize_sql('SELECT 1')",
	"SELECT * FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))",
	// Other people's databases, by the names of DuckDB and by their own.
	'SELECT * FROM $physical',
	'SELECT * FROM memory.$physical',
	'SELECT * FROM series.$physical',
	'SELECT password FROM grid.meters, $physical',
	'SELECT (SELECT password FROM $physical LIMIT 1) FROM grid.meters',
	'SELECT * FROM grid.meters WHERE EXISTS (SELECT 1 FROM $physical)',
	'SELECT kw IN (SELECT password FROM $physical) FROM grid.meters',
	'SELECT * FROM grid.meters JOIN $physical ON true',
	'SELECT * FROM grid.meters UNION ALL SELECT * FROM $physical',
	'SELECT * FROM grid.meters ORDER BY (SELECT password FROM $physical)',
	'SELECT 1 FROM grid.meters GROUP BY (SELECT password FROM $physical)',
	'SELECT count(*) FROM grid.meters HAVING (SELECT true FROM $physical)',
	'SELECT 1 LIMIT (SELECT count(*) FROM $physical)',
	'SELECT max(kw) FILTER (WHERE EXISTS (SELECT 1 FROM $physical)) FROM grid.meters',
	'SELECT sum(kw) OVER (ORDER BY (SELECT password FROM $physical)) FROM grid.meters',
	'SELECT FILTER(ARRAY[1], x -> EXISTS (SELECT 1 FROM $physical))',
	'SELECT CASE WHEN EXISTS (TABLE $physical) THEN 1 END',
	'VALUES ((SELECT password FROM $physical))',
	'TABLE $physical',
	'SELECT * FROM (TABLE $physical) t',
	'SELECT * FROM LATERAL (SELECT * FROM $physical) t',
	'SELECT * FROM UNNEST((SELECT array_agg(password) FROM $physical)) AS t(x)',
	'SELECT array_agg(kw ORDER BY (SELECT password FROM $physical)) FROM grid.meters',
	'SELECT * FROM layout.databases',
	'SELECT * FROM vault.secret',
	'SELECT * FROM "vault"."secret"',
	'SELECT * FROM vault.secret AS meters',
	'SELECT vault.secret.password FROM grid.meters',
	// Names that WITH gives.
	'WITH secret AS (SELECT * FROM secret) SELECT * FROM secret',
	'WITH pg_tables AS (SELECT * FROM pg_tables) SELECT * FROM pg_tables',
	'SELECT * FROM (WITH pg_tables AS (SELECT 1) SELECT * FROM pg_tables) x, pg_tables',
	'WITH a AS (SELECT * FROM b), b AS (SELECT 1) SELECT * FROM a',
	'WITH series AS (SELECT 1) SELECT * FROM $physical',
	'WITH "vault" AS (SELECT 1) SELECT * FROM vault.secret',
	'WITH RECURSIVE r AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM r) SELECT * FROM r',
	'WITH x AS (SELECT * FROM $physical) SELECT 1',
	'SELECT (WITH x AS (SELECT 1) SELECT 1), * FROM x',
	// Ways of writing.
	'SELECT * FROM "db4"."series"',
	'SELECT * FROM/**/"db4"/**/./**/"series"',
	'SELECT * FROM DB4.SERIES',
	'SELECT * FROM "db4".series -- x',
	"SELECT * FROM db4 . 'series'",
	'SELECT * FROM U&"db4".series',
	"SELECT E'\\x41' FROM $physical",
	'SELECT $$x$$',
	'SELECT * FROM ｄｂ４.series',
	'SELECT\u00a0* FROM $physical',
	'SELECT * FROM "vault\u200b"."secret"',
	'SELECT * FROM "grid"";SELECT * FROM db4"."series"',
	"SELECT '\0' FROM $physical",
	'SELECT * FROM grid.meters AT (VERSION => 1)',
	'SELECT * FROM grid.meters TABLESAMPLE BERNOULLI (10)',
	'SELECT * FROM grid.meters USING SAMPLE 1',
	'SELECT * EXCLUDE (kw) FROM grid.meters',
	'SELECT COLUMNS(*) FROM grid.meters',
	'SELECT * REPLACE (1 AS kw) FROM grid.meters',
	'SELECT * FROM grid.meters QUALIFY true',
	'SELECT DISTINCT ON (kw) kw FROM grid.meters',
	'SELECT * FROM grid.meters POSITIONAL JOIN grid.plain',
	'SELECT * FROM grid.meters GROUP BY ALL',
	'SELECT * FROM grid.meters ORDER BY ALL',
	'SELECT kw FROM grid.meters LIMIT 10%',
	'SELECT #1 FROM grid.meters',
	'SELECT ? FROM grid.meters',
	'SELECT $1',
	"SELECT {'a': 1}",
	"SELECT 'x' COLLATE nocase",
	"SELECT now() AT TIME ZONE 'UTC'",
	// Names of ours, and DuckDB's functions.
	'SELECT ts_bin(now(), 1h)',
	'SELECT "ts_interval_ns"(1h)',
	'SELECT main.ts_edition()',
	'SELECT ts_edition()',
	"SELECT ts_interpolate('linear', NULL, NULL, NULL)",
	'SELECT list_filter(ARRAY[1], x -> true)',
	'SELECT make_timestamp_ns(1)',
	'SELECT struct_pack(1)',
	'SELECT system.main.abs(1)',
	"SELECT main.getenv('HOME')",
	'SELECT "getenv"(\'HOME\')',
	"SELECT 'HOME'.getenv()",
	'SELECT kw.sqrt() FROM grid.meters',
	'SELECT unnest(ARRAY[1], recursive := true)',
	'SELECT * FROM generate_series(1, 10)',
	'SELECT * FROM range(10)',
	'SELECT * FROM repeat_row(1, num_rows = 5)',
	"SELECT error('x')",
	'SELECT write_log(1)',
	'SELECT sleep_ms(1000)',
	"SELECT array_agg(x) OVER () FROM query('select 1') AS t(x)",
	// SHOW.
	'SHOW ALL TABLES',
	'SHOW TABLES FROM vault',
	'SHOW TABLES FROM db4',
	'SHOW MEASURES FROM vault.secret',
	'SHOW MEASURES FROM $physical',
	'DESCRIBE vault.secret',
	'DESCRIBE $physical',
	'DESCRIBE SELECT * FROM $physical',
	'SHOW FUNCTIONS',
	"SHOW DATABASES LIKE '%'; SELECT 1",
	'SELECT * FROM (SHOW TABLES)',
	'SELECT * FROM (DESCRIBE $physical)',
	'SELECT * FROM (SHOW ALL TABLES) AS t',
	'WITH x AS (DESCRIBE $physical) SELECT * FROM x',
];

test.each(attempts)('refuses %j', async attempt => {
	const query = attempt.replaceAll('$physical', sql.secret.relation);
	const found = await sql.failure(query);
	expect(found).toMatch(refused);
	expect(found).not.toContain('hunter2');
});

describe('the database that nobody may read', () => {
	test('is there, and unharmed', async () => {
		expect(sql.secret.relation).toContain('db');
		const connection = await sql.engine.engine().connect();
		const reader = await connection.runAndReadAll(`SELECT password FROM ${sql.secret.relation}`);
		expect(reader.getRows()).toEqual([['hunter2']]);
		connection.closeSync();
	});

	test('is listed nowhere', async () => {
		expect(await sql.rows('SHOW DATABASES')).toEqual([['grid']]);
		expect(await sql.rows('SHOW TABLES')).toEqual([['meters'], ['plain']]);
	});

	test('can be read by whoever may', async () => {
		const {resultJSONString} = await sql.queries.run({
			queryString: 'SELECT password FROM vault.secret',
			userId: 'eve',
			tables: [sql.secret],
		});
		expect(resultJSONString).toContain('hunter2');
	});
});

describe('the gate', () => {
	test('goes by the tree: an unknown kind of node is refused', () => {
		const statement = (node: object) => ({error: false, statements: [{node}]});
		const select = {type: 'SELECT_NODE', aggregate_handling: 'STANDARD_HANDLING', select_list: []};
		expect(() => inspect(statement({...select, from_table: {type: 'EMPTY'}}))).not.toThrow();
		expect(() => inspect(statement({...select, from_table: {type: 'TELEPATHY'}}))).toThrow('not a query');
		expect(() => inspect(statement({...select, select_list: [{type: 'PARAMETER'}]}))).toThrow('not a query');
		expect(() => inspect({error: false, statements: []})).toThrow('not a query');
	});

	test('refuses what is nested beyond reason, and the process lives on', async () => {
		const deep = [
			`SELECT ${'('.repeat(50_000)}1${')'.repeat(50_000)}`,
			`SELECT ${'NOT '.repeat(50_000)}true`,
			`SELECT 1${' + 1'.repeat(50_000)}`,
			`SELECT ${'(SELECT '.repeat(20_000)}1${')'.repeat(20_000)}`,
			`SELECT ${'abs('.repeat(40_000)}1${')'.repeat(40_000)}`,
			`SELECT ${'if(true,'.repeat(20_000)}1${')'.repeat(20_000)}`,
			`SELECT ${'ARRAY['.repeat(30_000)}1${']'.repeat(30_000)}`,
			`SELECT cast(1 AS ${'array('.repeat(30_000)}bigint${')'.repeat(30_000)})`,
		];
		for (const query of deep) expect(await sql.failure(query)).toMatch(refused);
		const doubling = `SELECT ${'greatest('.repeat(30)}1${', 2)'.repeat(30)}`;
		expect(await sql.failure(doubling)).toContain('The query is too complex');
		const reasonable = `SELECT ${'abs('.repeat(200)}1${')'.repeat(200)}`;
		expect(await sql.rows(reasonable)).toEqual([['1']]);
		expect(await sql.rows('SELECT 1')).toEqual([['1']]);
	});

	test('lets through what only looks dangerous', async () => {
		expect(await sql.rows("SELECT 'read_csv(''/etc/passwd'')' -- DROP SCHEMA db2")).toEqual([
			["read_csv('/etc/passwd')"],
		]);
		expect(await sql.rows('WITH pg_tables AS (SELECT 1 AS x) SELECT x FROM pg_tables')).toEqual([['1']]);
		expect(
			await sql.rows('WITH a AS (SELECT 1 AS x) SELECT * FROM (WITH b AS (SELECT * FROM A) SELECT x FROM b)'),
		).toEqual([['1']]);
		// A name like any other.
		const joined = 'SELECT asof.kw FROM grid.meters ASOF JOIN grid.meters b USING (time) LIMIT 1';
		expect(await sql.rows(joined)).toEqual([['100.0']]);
		expect(await sql.rows('SELECT "getenv" FROM (SELECT 1 AS getenv)')).toEqual([['1']]);
	});
});
