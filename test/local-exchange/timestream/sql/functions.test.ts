import {afterAll, beforeAll, expect, test} from 'vitest';
import {functions} from '../../../../src/local-exchange/timestream/sql/rewrite/functions.ts';
import {type SqlEngine, startSql} from './sql-engine.ts';

let sql: SqlEngine;
beforeAll(async () => {
	sql = await startSql();
});
afterAll(() => sql.close());

/** Expressions and what AWS's pages (or Trino's, where those say nothing) give for them. */
const examples: readonly (readonly [string, unknown])[] = [
	['abs(-2)', '2'],
	['round(cbrt(27.0))', '3.0'],
	['ceil(1.2)', '2.0'],
	['ceiling(1.2)', '2.0'],
	['floor(-1.2)', '-2.0'],
	['round(1.456, 2)', '1.46'],
	['round(-2.5)', '-3.0'],
	['truncate(-1.9)', '-1.0'],
	['sign(-5)', '-1'],
	['mod(7, 3)', '1'],
	['7 % 3', '1'],
	['pow(2, 10)', '1024.0'],
	['power(2, 3)', '8.0'],
	['sqrt(16)', '4.0'],
	['exp(0)', '1.0'],
	['ln(e())', '1.0'],
	['log2(8)', '3.0'],
	['log10(1000)', '3.0'],
	['round(degrees(pi()))', '180.0'],
	['radians(0)', '0.0'],
	['cos(0) + sin(0) + tan(0) + acos(1) + asin(0) + atan(0) + atan2(0, 1) + cosh(0) + tanh(0)', '2.0'],
	['is_nan(nan()) AND is_infinite(infinity()) AND is_finite(1.0)', 'true'],
	["from_base('ff', 16)", '255'],
	['to_base(255, 16)', 'ff'],
	['random(5) < 5 AND rand() < 1', 'true'],
	['bitwise_and(19, 25)', '17'],
	['bitwise_or(19, 25)', '27'],
	['bitwise_xor(19, 25)', '10'],
	['bitwise_not(5)', '-6'],
	['bit_count(9, 64)', '2'],
	['chr(65)', 'A'],
	["codepoint('A')", '65'],
	["hamming_distance('abc', 'abd')", '1'],
	["levenshtein_distance('abc', 'ab')", '1'],
	["length('日本')", '2'],
	["lower('A') || upper('b')", 'aB'],
	["lpad('7', 3, '0') || rpad('7', 3, '0')", '007700'],
	["trim('  x ') || ltrim(' y') || rtrim('z ')", 'xyz'],
	["replace('aXbX', 'X') || replace('a', 'a', 'c')", 'abc'],
	["reverse('abc')", 'cba'],
	["position('b' IN 'abc')", '2'],
	["strpos('abcabc', 'c', 2)", '6'],
	["strrpos('abcabc', 'b')", '5'],
	["strrpos('abcabc', 'b', 2)", '2'],
	["substring('abc' FROM 2 FOR 1)", 'b'],
	["array_join(split('a.b.c', '.', 2), '|')", 'a|b.c'],
	["array_join(regexp_split('a1b22c', '\\d+'), '|')", 'a|b|c'],
	["array_join(regexp_extract_all('example expect complex', 'ex\\w'), ',')", 'exa,exp'],
	['cardinality(ARRAY[6, 8, 2])', '3'],
	["array_join(array_distinct(ARRAY[1, 2, 2, 3]), ',')", '1,2,3'],
	["array_join(array_intersect(ARRAY[1, 2, 3], ARRAY[3, 4]), ',')", '3'],
	["array_join(array_union(ARRAY[1, 2, 3], ARRAY[3, 4, 5]), ',')", '1,2,3,4,5'],
	["array_join(array_except(ARRAY[1, 2, 3], ARRAY[3, 4]), ',')", '1,2'],
	["array_join(ARRAY[1, NULL, 3], ';', '?')", '1;?;3'],
	['array_max(ARRAY[1, 3, 2])', '3'],
	['array_min(ARRAY[1, 3, 2])', '1'],
	['array_position(ARRAY[3, 4, 5], 5)', '3'],
	['array_position(ARRAY[3], 9)', '0'],
	["array_join(array_remove(ARRAY[3, 4, 5], 4), ',')", '3,5'],
	["array_join(array_sort(ARRAY[6, 8, 2]), ',')", '2,6,8'],
	['arrays_overlap(ARRAY[1, 2], ARRAY[2])', 'true'],
	['contains(ARRAY[1, 2], 2)', 'true'],
	['element_at(ARRAY[6, 8, 2], -1)', '2'],
	['ARRAY[6, 8, 2][2]', '8'],
	["array_join(concat(ARRAY[6], ARRAY[11, 32]), ',')", '6,11,32'],
	["array_join(repeat(1, 3), ',')", '1,1,1'],
	["array_join(reverse(ARRAY[6, 8]), ',')", '8,6'],
	["array_join(sequence(3, 8), ',')", '3,4,5,6,7,8'],
	["array_join(sequence(3, 1), ',')", '3,2,1'],
	["array_join(sequence(3, 15, 4), ',')", '3,7,11,15'],
	["array_join(slice(ARRAY[6, 8, 2, 9, 3], 1, 3), ',')", '6,8,2'],
	["array_join(slice(ARRAY[6, 8, 2, 9, 3], -2, 2), ',')", '9,3'],
	['cardinality(shuffle(ARRAY[1, 2, 3]))', '3'],
	["cardinality(zip(ARRAY[1, 2], ARRAY['a']))", '2'],
	["cardinality(sequence('2023-04-02 19:26:12.941000000', '2023-04-06 19:26:12.941000000', 1d))", '5'],
	['current_timezone()', 'UTC'],
	["date(TIMESTAMP '2022-07-07 17:44:43.771000000')", '2022-07-07'],
	["last_day_of_month(TIMESTAMP '2022-07-07 17:44:43.771000000')", '2022-07-31'],
	["from_iso8601_timestamp('2022-06-17T08:04:05.000000000+05:00')", '2022-06-17 03:04:05.000000000'],
	["from_iso8601_timestamp('2022-06-17T08:04+05:00')", '2022-06-17 03:04:00.000000000'],
	["from_iso8601_timestamp('2022-06-17T08:04Z')", '2022-06-17 08:04:00.000000000'],
	["from_iso8601_date('2022-07-17')", '2022-07-17'],
	["to_iso8601(from_iso8601_date('2022-06-17'))", '2022-06-17'],
	['ago(1month)', '2023-12-02 00:00:00.000000000'],
	['ago(1y)', '2023-01-02 00:00:00.000000000'],
	['from_milliseconds(1)', '1970-01-01 00:00:00.001000000'],
	['from_nanoseconds(300000001)', '1970-01-01 00:00:00.300000001'],
	['from_unixtime(1)', '1970-01-01 00:00:01.000000000'],
	["to_nanoseconds(TIMESTAMP '2022-06-17 17:44:43.771000678')", '1655487883771000678'],
	["to_unixtime('2022-06-17 17:44:43.771000000')", '1.6554878837710001E9'],
	["date_trunc('minute', TIMESTAMP '2022-06-17 17:44:43.771000000')", '2022-06-17 17:44:00.000000000'],
	["date_add('hour', 9, TIMESTAMP '2022-06-17 00:00:00')", '2022-06-17 09:00:00.000000000'],
	["date_add('month', 1, TIMESTAMP '2024-01-31 00:00:00')", '2024-02-29 00:00:00.000000000'],
	["date_diff('day', DATE '2020-03-01', DATE '2020-03-02')", '1'],
	["date_diff('month', DATE '2020-01-31', DATE '2020-03-30')", '1'],
	["bin(TIMESTAMP '2022-06-17 10:15:20', 30day)", '2022-05-28 00:00:00.000000000'],
	["bin(TIMESTAMP '1969-12-31 23:00:00', 2h)", '1969-12-31 22:00:00.000000000'],
	["bin(TIMESTAMP '1969-12-31 22:00:00', 2h)", '1969-12-31 22:00:00.000000000'],
	["to_iso8601(TIMESTAMP '1969-12-31 23:59:59.250')", '1969-12-31T23:59:59.250000000Z'],
	["nanosecond(TIMESTAMP '1969-12-31 23:59:59.250')", '250000000'],
	['1e400', 'Infinity'],
	['-1e400', '-Infinity'],
	[`${'9'.repeat(400)} > 1`, 'true'],
	['bin(17, 5)', '15'],
	['bin(-17, 5)', '-20'],
	['bin(-7.5, 2.5)', '-7.5'],
	["date_format(TIMESTAMP '2019-10-20 10:20:20', '%Y-%m-%d %H:%i:%s')", '2019-10-20 10:20:20'],
	["date_parse('2019-10-20 10:20:20', '%Y-%m-%d %H:%i:%s')", '2019-10-20 10:20:20.000000000'],
	["format_datetime(parse_datetime('1968-01-13 12', 'yyyy-MM-dd HH'), 'yyyy-MM-dd HH')", '1968-01-13 12'],
	[
		"format_datetime(TIMESTAMP '2019-10-20 10:20:20.5', 'd MMM ''of'' yy, h:mm:ss.SSS a EEEE')",
		'20 Oct of 19, 10:20:20.500 AM Sunday',
	],
	["extract(YEAR FROM '2019-10-12 23:10:34.000000000')", '2019'],
	["extract(DOW FROM TIMESTAMP '2019-10-13 23:10:34')", '7'],
	["day('2019-10-12 23:10:34.000000000')", '12'],
	["day_of_month('2019-10-12 23:10:34.000000000')", '12'],
	["day_of_week('2019-10-12 23:10:34.000000000')", '6'],
	["dow('2019-10-12 23:10:34.000000000')", '6'],
	["day_of_year('2019-10-12 23:10:34.000000000')", '285'],
	["doy('2019-10-12 23:10:34.000000000')", '285'],
	["hour('2019-10-12 23:10:34.000000000')", '23'],
	["millisecond('2019-10-12 23:10:34.250000000')", '250'],
	["minute('2019-10-12 23:10:34.000000000')", '10'],
	["month('2019-10-12 23:10:34.000000000')", '10'],
	["nanosecond('2019-10-12 23:10:34.162000001')", '162000001'],
	["quarter('2019-10-12 23:10:34.000000000')", '4'],
	["second('2019-10-12 23:10:34.000000000')", '34'],
	["week('2019-10-12 23:10:34.000000000')", '41'],
	["week_of_year('2019-10-12 23:10:34.000000000')", '41'],
	["year('2019-10-12 23:10:34.000000000')", '2019'],
	["year_of_week('2019-10-12 23:10:34.000000000')", '2019'],
	["yow('2019-10-12 23:10:34.000000000')", '2019'],
	["typeof(parse_duration('42.8ms'))", 'interval day to second'],
	['typeof(now())', 'timestamp'],
	["parse_duration('1 h 30m')", '0 01:30:00.000000000'],
	['least(2, 1) + greatest(2, 1)', '3'],
	['nullif(1, 1)', null],
	["try(cast('x' AS bigint))", null],
	["cast('7' AS bigint) + cast(1.6 AS integer)", '9'],
	['cast(ARRAY[1] AS array(varchar))', {ArrayValue: [{ScalarValue: '1'}]}],
	["json_array_length('[1, 2]')", '2'],
	["json_format(json_parse('[1,2]'))", '[1,2]'],
	["json_format(json_array_get('[1,2]', 1))", '2'],
	['json_format(json_extract(\'{"a":{"b":1}}\', \'$.a\'))', '{"b":1}'],
	["json_extract_scalar('{\"a\":{}}', '$.a')", null],
	["array_join(transform(ARRAY[1, 2], x -> x * 10), '-')", '10-20'],
	['1 IS DISTINCT FROM NULL', 'true'],
	["'a_b' LIKE 'a$_b' ESCAPE '$'", 'true'],
];

test.each(examples)('%s', async (expression, expected) => {
	expect((await sql.rows(`SELECT ${expression}`))[0]?.[0]).toEqual(expected);
});

/** Aggregates and windows over 1 to 4, and the doubles of them. */
const aggregates: readonly (readonly [string, string])[] = [
	['arbitrary(a) IN (1, 2, 3, 4)', 'true'],
	['avg(a)', '2.5'],
	['bool_and(a > 0)', 'true'],
	['every(a > 1)', 'false'],
	['bool_or(a > 3)', 'true'],
	['count(a)', '4'],
	['count(DISTINCT a % 2)', '2'],
	['count_if(a > 2)', '2'],
	['round(geometric_mean(a), 6)', '2.213364'],
	['max(a) - min(a)', '3'],
	['cardinality(max(a, 2))', '2'],
	['min_by(b, a)', '2'],
	['sum(a)', '10'],
	['approx_distinct(a, 0.1)', '4'],
	['round(corr(a, b), 9)', '1.0'],
	['covar_pop(a, b)', '2.5'],
	['round(covar_samp(a, b), 4)', '3.3333'],
	['regr_slope(b, a)', '2.0'],
	['regr_intercept(b, a)', '0.0'],
	['skewness(a)', '0.0'],
	['round(kurtosis(a), 9)', '-1.2'],
	['bitwise_and_agg(b + 1)', '1'],
	['bitwise_or_agg(a)', '7'],
	['round(stddev(a) - stddev_samp(a) + stddev_pop(a), 4)', '1.118'],
	['round(variance(a) - var_samp(a) + var_pop(a), 2)', '1.25'],
];

test.each(aggregates)('%s', async (expression, expected) => {
	expect(
		await sql.rows(`SELECT ${expression} FROM (VALUES (1, 2), (2, 4), (3, 6), (4, 8)) AS t(a, b)`),
	).toEqual([[expected]]);
});

test('functions of windows', async () => {
	const query = `SELECT rank() OVER w, dense_rank() OVER w, percent_rank() OVER w, cume_dist() OVER w, ntile(2) OVER w,
		first_value(a) OVER w, last_value(a) OVER w, nth_value(a, 2) OVER w, lead(a) OVER w, row_number() OVER w
		FROM (VALUES 1, 2) AS t(a) WINDOW w AS (ORDER BY a) ORDER BY a`;
	expect(await sql.rows(query)).toEqual([
		['1', '1', '0.0', '0.5', '1', '1', '1', null, '2', '1'],
		['2', '2', '1.0', '1.0', '2', '1', '2', '2', null, '2'],
	]);
});

test('every function there is has an example', () => {
	const covered = [...examples, ...aggregates]
		.map(([expression]) => expression)
		.join(' ')
		.toLowerCase();
	const elsewhere = new Set(
		`ago array_agg approx_percentile coalesce correlate_pearson correlate_spearman create_time_series cume_dist
		dense_rank derivative_linear filter first_value grouping if infinity integral_trapezoidal interpolate_fill
		interpolate_linear interpolate_locf interpolate_spline_cubic json_extract_scalar lag last_value lead max_by
		nan non_negative_derivative_linear nth_value ntile percent_rank rank reduce regexp_extract regexp_like
		regexp_replace row row_number split_part substr to_milliseconds try_cast`.split(/\s+/),
	);
	const missing = [...functions.keys()].filter(name => !elsewhere.has(name) && !covered.includes(`${name}(`));
	expect(missing).toEqual([]);
});
