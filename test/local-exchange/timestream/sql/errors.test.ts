import {afterAll, beforeAll, expect, test} from 'vitest';
import {type SqlEngine, startSql} from './sql-engine.ts';

let sql: SqlEngine;
beforeAll(async () => {
	sql = await startSql();
});
afterAll(() => sql.close());

test.each([
	['SELECT\n  nosuch FROM grid.meters', "line 2:3: Column 'nosuch' does not exist"],
	["SELECT '⚡é', 1.5, 15m, nosuch FROM grid.meters", "line 1:24: Column 'nosuch' does not exist"],
	['SELECT m.nosuch FROM grid.meters m', "line 1:8: Column 'm.nosuch' does not exist"],
	['SELECT a.kw FROM grid.meters b', "line 1:8: Column 'a.kw' does not exist"],
	[
		'SELECT measure_value::double FROM grid.meters',
		"line 1:8: Column 'measure_value::double' does not exist",
	],
	['SELECT time FROM grid.meters a, grid.meters b', "line 1:8: Column 'time' is ambiguous"],
	['SELECT user', "line 1:8: Column 'user' does not exist"],
	['SELECT * FROM abc.t', "Requested database 'abc' not found for identifier 'abc.t' at line 1:15"],
	['SELECT *\nFROM "grid"."t"', "Requested table 't' not found for identifier 'grid.t' at line 2:6"],
	['SELECT * FROM meters', "Requested database not found for identifier 'meters' at line 1:15"],
	['SELECT 1,\n\tfoo(kw) FROM grid.meters', 'line 2:2: Function foo not registered'],
	['SELECT map_agg(kw, n) FROM grid.meters', 'line 1:8: Function map_agg not registered'],
	['SELECT 1, avg(assetId) FROM grid.meters', 'line 1:11: Unexpected parameters (varchar) for function avg'],
	['SELECT bin(time) FROM grid.meters', 'line 1:8: Unexpected parameters for function bin'],
	['SELECT date_add(1) FROM grid.meters', 'line 1:8: Unexpected parameters for function date_add'],
	['SELECT filter(ARRAY[1], 2)', 'line 1:8: Unexpected parameters for function filter'],
	['SELECT transform(ARRAY[1], x -> x, 2)', 'line 1:8: Unexpected parameters for function transform'],
	['SELECT reduce(ARRAY[1], 0, x -> x, x -> x)', 'line 1:8: Unexpected parameters for function reduce'],
	[
		'SELECT assetId, count(*) FROM grid.meters',
		"line 1:8: 'assetId' must be an aggregate expression or appear in GROUP BY clause",
	],
	[
		'SELECT kw FROM grid.meters WHERE sum(kw) > 1',
		'line 1:34: WHERE clause cannot contain aggregations, window functions or grouping operations',
	],
	['SELECT 1, bin(kw, 15m) FROM grid.meters', 'line 1:11: Unexpected parameters for function bin'],
	[
		'SELECT DERIVATIVE_LINEAR(kw, 1m) FROM grid.meters',
		'line 1:8: Unexpected parameters for function derivative_linear',
	],
	['SELECT skewness(kw) OVER () FROM grid.meters', 'line 1:8: OVER cannot be used with skewness here'],
	['SELECT kw FROM grid.meters ORDER BY 5', 'line 1:37: ORDER BY position 5 is not in select list'],
	['SELECT approx_percentile(kw, 2) FROM grid.meters', 'line 1:1: Percentile must be between 0 and 1'],
	['SELECT time > 5 FROM grid.meters', "line 1:13: '>' cannot be applied to timestamp, integer"],
	["SELECT 1 + 'x'", "line 1:10: '+' cannot be applied to integer, varchar"],
	['SELECT 1 UNION SELECT 1, 2', 'line 1:1: UNION query has different number of fields'],
	['SELECT', 'The query syntax is invalid at line 1:7'],
	[
		'',
		"1 validation error detected: Value '' at 'queryString' failed to satisfy constraint: Member must have length greater than or equal to 1",
	],
	['  -- nothing', 'The query syntax is invalid at line 1:1'],
	['SELEC 1', 'The query syntax is invalid at line 1:1'],
	['SELECT FROM grid.meters', 'The query syntax is invalid at line 1:8'],
	['SELECT kw, FROM grid.meters', 'The query syntax is invalid at line 1:12'],
	['SELECT kw FROM grid.meters WHERE', 'The query syntax is invalid at line 1:33'],
	['SELECT kw\nFROM grid.meters\nWHERE kw >> 1', 'The query syntax is invalid at line 3:11'],
	["SELECT 'abc", 'The query syntax is invalid at line 1:8'],
	['SELECT "abc', 'The query syntax is invalid at line 1:8'],
	['SELECT (1', 'The query syntax is invalid at line 1:10'],
	['SELECT abs(1', 'The query syntax is invalid at line 1:13'],
	['SELECT 12abc', 'The query syntax is invalid at line 1:8'],
	['SELECT x -> 1', 'The query syntax is invalid at line 1:10'],
	["SELECT CAST('x' AS bigint)", "Cannot cast 'x' to bigint"],
	["SELECT CAST('x' AS timestamp)", "Cannot cast 'x' to timestamp"],
	['SELECT CAST(1 AS uuid)', 'line 1:18: Unknown type: uuid'],
	['SELECT kw FROM grid.meters WHERE assetId = 5', "Cannot cast 'a1' to integer"],
	["SELECT kw FROM grid.meters WHERE time > 'soon'", "Cannot cast 'soon' to timestamp"],
	["SELECT n FROM grid.meters WHERE 'soon' < time", "Cannot cast 'soon' to timestamp"],
	["SELECT n FROM grid.meters WHERE time > ago(1d) AND n > 'many'", "Cannot cast 'many' to bigint"],
	["SELECT from_iso8601_timestamp('soon')", "Cannot cast 'soon' to timestamp"],
	["SELECT parse_datetime('soon', 'yyyy-MM-dd')", 'Invalid format: "soon"'],
	["SELECT date_trunc('fortnight', now())", "'fortnight' is not a valid Timestamp field"],
	['SELECT bin(time, 1month) FROM grid.meters', 'A month or a year has no fixed length: use days'],
	["SELECT 1, ago('1d')", 'line 1:11: Unexpected parameters for function ago'],
	['SELECT 1d / 2', "line 1:11: '/' cannot be applied to interval day to second, integer"],
	['SELECT row_number() FROM grid.meters', 'line 1:8: Window function row_number requires an OVER clause'],
	['SELECT *', 'line 1:1: SELECT * not allowed in queries without FROM clause'],
	['SELECT (SELECT kw FROM grid.meters)', 'Scalar sub-query has returned multiple rows'],
	["SELECT parse_duration('soon')", 'Invalid duration: soon'],
	["SELECT date_add('fortnight', 1, now())", "'fortnight' is not a valid Timestamp field"],
	['SELECT extract(eon FROM now())', 'line 1:16: Invalid EXTRACT field: eon'],
	["SELECT format_datetime(now(), 'q')", "line 1:31: Invalid format: 'q'"],
	[
		'SELECT format_datetime(now(), assetId) FROM grid.meters',
		'line 1:31: The format of format_datetime must be written out as a text',
	],
	['SELECT 15ns', 'line 1:8: Intervals below 1us are not supported'],
	['SHOW TABLES FROM abc', "Requested database 'abc' not found for identifier 'abc' at line 1:18"],
	['DESCRIBE grid.t', "Requested table 't' not found for identifier 'grid.t' at line 1:10"],
	['DESCRIBE grid', 'The query syntax is invalid at line 1:14'],
	['SHOW MEASURES', 'The query syntax is invalid at line 1:14'],
	['SELECT 9223372036854775807 + 1', 'Overflow in addition of INT64 (9223372036854775807 + 1)!'],
])('%j: %s', async (query, message) => {
	expect(await sql.failure(query)).toBe(`ValidationException: ${message}`);
});

test.each([
	['sequence(1, 1000000000)', 'result of sequence function must not have more than 10000 entries'],
	['sequence(1000000000, 1)', 'result of sequence function must not have more than 10000 entries'],
	['sequence(1, 1000000000, 7)', 'result of sequence function must not have more than 10000 entries'],
	['sequence(now() - 1d, now(), 1ms)', 'result of sequence function must not have more than 10000 entries'],
	['repeat(1, 1000000000)', 'count argument of repeat function must be less than or equal to 10000'],
	["lpad('x', 1000000000, 'y')", 'lpad target length must be in the range [0..100000]'],
])('%s is refused before it takes memory', async (expression, message) => {
	expect(await sql.failure(`SELECT ${expression}`)).toBe(`ValidationException: ${message}`);
	expect(await sql.failure(`SELECT ${expression} FROM grid.meters WHERE kw > 0`)).toBe(
		`ValidationException: ${message}`,
	);
});
