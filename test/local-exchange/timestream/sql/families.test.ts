import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {type Answer, type SqlEngine, startSql} from './sql-engine.ts';

let sql: SqlEngine;
beforeAll(async () => {
	sql = await startSql();
});
afterAll(() => sql.close());

const names = ({ColumnInfo}: Answer) => ColumnInfo.map(({Name}) => Name);
const scalars = ({ColumnInfo}: Answer) => ColumnInfo.map(({Type}) => Type.ScalarType ?? Object.keys(Type)[0]);
const at = (clock: string, ns = '007') => `2024-01-01 ${clock}.000000${ns}`;

/** One expression, evaluated once. */
const value = async (expression: string) => (await sql.rows(`SELECT ${expression}`))[0]?.[0];

describe('the queries people make', () => {
	test('1: a range of time, inclusive, newest first', async () => {
		const query = `SELECT time, assetId, measure_value::double FROM "grid"."plain"
			WHERE time BETWEEN ago(15m) AND now() AND measure_name = 'level' ORDER BY time DESC LIMIT 3`;
		const answer = await sql.ask(query);
		expect(names(answer)).toEqual(['time', 'assetId', 'measure_value::double']);
		expect(scalars(answer)).toEqual(['TIMESTAMP', 'VARCHAR', 'DOUBLE']);
		expect(await sql.rows(query)).toEqual([[at('23:45:00', '000'), 'p1', '95.0']]);
	});

	test('2: bins of time, aligned to the epoch', async () => {
		const query = `SELECT bin(time, 6h) AS t, avg(measure_value::double), count(*) FROM grid.plain
			WHERE measure_name = 'level' GROUP BY bin(time, 6h) ORDER BY 1`;
		expect(names(await sql.ask(query))).toEqual(['t', '_col1', '_col2']);
		expect((await sql.rows(query))[0]).toEqual([at('00:00:00', '000'), '11.666666666666666', '18']);
	});

	test('3: latest values with max_by, NULL when the newest record has none', async () => {
		const query = `SELECT assetId, measure_name, max_by(kw, time) AS v, max_by(kvar, time), max(time) AS t
			FROM grid.meters GROUP BY assetId, measure_name ORDER BY assetId`;
		expect(await sql.rows(query)).toEqual([
			['a1', 'metrics', '109.0', null, at('00:09:00')],
			['a2', 'metrics', '109.0', null, at('00:09:00')],
		]);
		expect(await value('max_by(x, y, 2) FROM (VALUES (1, 5), (2, 9), (3, 7)) AS t(x, y)')).toMatchObject({
			ArrayValue: [{ScalarValue: '2'}, {ScalarValue: '3'}],
		});
	});

	test('4: latest values with WITH and a window', async () => {
		const query = `WITH x AS (SELECT *, row_number() OVER (PARTITION BY assetId ORDER BY time DESC) AS rn FROM grid.meters)
			SELECT assetId, kw, kvar FROM x WHERE rn = 1 ORDER BY assetId`;
		expect(await sql.rows(query)).toEqual([
			['a1', '109.0', null],
			['a2', '109.0', null],
		]);
	});

	test('5: CREATE_TIME_SERIES sorts, and leaves NULL out', async () => {
		const query = `SELECT assetId, CREATE_TIME_SERIES(time, kvar) AS ts FROM grid.meters GROUP BY assetId ORDER BY 1`;
		const answer = await sql.ask(query);
		expect(answer.ColumnInfo[1]).toEqual({
			Name: 'ts',
			Type: {TimeSeriesMeasureValueColumnInfo: {Type: {ScalarType: 'DOUBLE'}}},
		});
		const points = ['00', '01', '02', '03', '04'].map((minutes, value) => ({
			Time: at(`00:${minutes}:00`),
			Value: {ScalarValue: `${value}.0`},
		}));
		expect(answer.Rows[0]?.Data[1]).toEqual({TimeSeriesValue: points});
	});

	test('5: CREATE_TIME_SERIES takes a FILTER', async () => {
		const query = `SELECT CREATE_TIME_SERIES(time, kw) FILTER (WHERE assetId = 'a1' AND kw > 108) AS ts, count(*) FROM grid.meters`;
		expect(await sql.rows(query)).toEqual([
			[{TimeSeriesValue: [{Time: at('00:09:00'), Value: {ScalarValue: '109.0'}}]}, '20'],
		]);
	});

	test('6: INTERPOLATE_LINEAR over a SEQUENCE, taken apart by UNNEST', async () => {
		const query = `WITH binned AS (
				SELECT assetId, bin(time, 1h) AS t, round(avg(measure_value::double), 2) AS v FROM grid.plain
				WHERE time > ago(1d) GROUP BY assetId, bin(time, 1h)
			), filled AS (
				SELECT assetId, INTERPOLATE_LINEAR(CREATE_TIME_SERIES(t, v), SEQUENCE(min(t), max(t), 30m)) AS f
				FROM binned GROUP BY assetId
			) SELECT assetId, time, ROUND(value, 2) AS v FROM filled CROSS JOIN UNNEST(f) ORDER BY time LIMIT 3`;
		expect(names(await sql.ask(query))).toEqual(['assetId', 'time', 'v']);
		expect(await sql.rows(query)).toEqual([
			['p1', at('00:00:00', '000'), '2.5'],
			['p1', at('00:30:00', '000'), '4.09'],
			['p1', at('01:00:00', '000'), '5.67'],
		]);
	});

	test('7: UNNEST with names, several at once, with ordinality', async () => {
		const series = "(SELECT CREATE_TIME_SERIES(time, kw) AS ts FROM grid.meters WHERE assetId = 'a1')";
		expect(
			await sql.rows(`SELECT t, v FROM ${series} CROSS JOIN UNNEST(ts) AS x(t, v) ORDER BY t LIMIT 1`),
		).toEqual([[at('00:00:00'), '100.0']]);
		expect(
			await sql.rows("SELECT v, o FROM UNNEST(ARRAY['x', 'y']) WITH ORDINALITY AS t(v, o) ORDER BY o DESC"),
		).toEqual([
			['y', '2'],
			['x', '1'],
		]);
		expect(await sql.rows('SELECT a, b FROM UNNEST(ARRAY[1, 2], ARRAY[3]) t(a, b) ORDER BY a')).toEqual([
			['1', '3'],
			['2', null],
		]);
	});

	test('8: LOCF, FILL and SPLINE; a single time gives a DOUBLE', async () => {
		const query = `SELECT cardinality(INTERPOLATE_LOCF(ts, s)), INTERPOLATE_FILL(ts, s, 0), INTERPOLATE_SPLINE_CUBIC(ts, s),
				INTERPOLATE_LINEAR(ts, timestamp '2024-01-01 00:00:30.000000007'), INTERPOLATE_LOCF(ts, max_t - 30s),
				INTERPOLATE_FILL(ts, timestamp '2023-01-01 00:00:00', -1), INTERPOLATE_LINEAR(ts, now())
			FROM (SELECT CREATE_TIME_SERIES(time, kw) ts, SEQUENCE(min(time), max(time), 30s) s,
				from_iso8601_timestamp('2024-01-01T00:09:00Z') max_t FROM grid.meters WHERE assetId = 'a1')`;
		const [row] = await sql.rows(query);
		expect(row?.[0]).toBe('19');
		expect(row?.[1]).toMatchObject({
			TimeSeriesValue: [{}, {Value: {ScalarValue: '0.0'}}, {Value: {ScalarValue: '101.0'}}].concat(
				Array(16).fill({}),
			),
		});
		const spline = row?.[2] as {TimeSeriesValue: {Value: {ScalarValue: string}}[]};
		expect(Number(spline.TimeSeriesValue[1]?.Value.ScalarValue)).toBeCloseTo(100.5, 6);
		expect(row?.slice(3)).toEqual(['100.5', '108.0', '-1.0', null]);
		expect(scalars(await sql.ask(query)).slice(3)).toEqual(['DOUBLE', 'DOUBLE', 'DOUBLE', 'DOUBLE']);
	});

	test('9: DERIVATIVE_LINEAR per unit of time, without the first point', async () => {
		const query = `SELECT DERIVATIVE_LINEAR(CREATE_TIME_SERIES(time, kw), 1h),
			NON_NEGATIVE_DERIVATIVE_LINEAR(CREATE_TIME_SERIES(time, -kw), 1h) FROM grid.meters WHERE assetId = 'a1'`;
		const [row] = await sql.rows(query);
		const {TimeSeriesValue: points} = row![0] as {TimeSeriesValue: unknown[]};
		expect(points).toHaveLength(9);
		expect(points[0]).toEqual({Time: at('00:01:00'), Value: {ScalarValue: '60.0'}});
		expect(row?.[1]).toEqual({TimeSeriesValue: []});
	});

	test('10: INTEGRAL_TRAPEZOIDAL per unit of time, seconds without one', async () => {
		const query = `SELECT INTEGRAL_TRAPEZOIDAL(CREATE_TIME_SERIES(time, kw), 1h), INTEGRAL_TRAPEZOIDAL(CREATE_TIME_SERIES(time, kw))
			FROM grid.meters WHERE assetId = 'a1'`;
		expect(await sql.rows(query)).toEqual([['15.675', '56430.0']]);
	});

	test('11: CORRELATE_PEARSON and CORRELATE_SPEARMAN', async () => {
		const query = `SELECT CORRELATE_PEARSON(a, b), CORRELATE_PEARSON(a, c), CORRELATE_SPEARMAN(a, b)
			FROM (SELECT CREATE_TIME_SERIES(time, kw) a, CREATE_TIME_SERIES(time, kvar * kvar * kvar) b,
				CREATE_TIME_SERIES(time, -kvar) c FROM grid.meters WHERE assetId = 'a1')`;
		const [row] = await sql.rows(query);
		expect(Number(row?.[0])).toBeCloseTo(0.9058823529, 9);
		expect(Number(row?.[1])).toBeCloseTo(-1, 12);
		expect(Number(row?.[2])).toBeCloseTo(1, 12);
	});

	test('12: differences with LAG, the first one NULL', async () => {
		const query = `SELECT time, kw - LAG(kw, 1) OVER (PARTITION BY assetId ORDER BY time) AS d FROM grid.meters
			WHERE assetId = 'a1' ORDER BY time LIMIT 2`;
		expect(await sql.rows(query)).toEqual([
			[at('00:00:00'), null],
			[at('00:01:00'), '1.0'],
		]);
		expect(
			await sql.rows(`SELECT lag(kvar) IGNORE NULLS OVER (ORDER BY time, assetId) FROM grid.meters
			ORDER BY time DESC, assetId DESC LIMIT 1`),
		).toEqual([['4.0']]);
	});

	test('13: FILTER and REDUCE with lambdas', async () => {
		const query = `SELECT FILTER(ts, x -> x.value > 107.0), REDUCE(ts, 0.0, (s, x) -> s + x.value, s -> s / 10),
				REDUCE(ts, DOUBLE '0.0', (s, x) -> x.value * x.value + s, s -> s), REDUCE(ARRAY[5, 20], 1, (s, x) -> s * x, s -> s)
			FROM (SELECT CREATE_TIME_SERIES(time, kw) AS ts FROM grid.meters WHERE assetId = 'a1')`;
		const [row] = await sql.rows(query);
		expect(row?.[0]).toEqual({
			TimeSeriesValue: [
				{Time: at('00:08:00'), Value: {ScalarValue: '108.0'}},
				{Time: at('00:09:00'), Value: {ScalarValue: '109.0'}},
			],
		});
		expect(row?.slice(1)).toEqual(['104.5', '109285.0', '100']);
		// The state may be a row: the share of what is above 106.
		const share = `SELECT REDUCE(ts, CAST(ROW(0, 0) AS ROW(high BIGINT, total BIGINT)),
				(s, x) -> CAST(ROW(s.high + IF(x.value > 106.0, 1, 0), s.total + 1) AS ROW(high BIGINT, total BIGINT)),
				s -> IF(s.total = 0, NULL, CAST(s.high AS DOUBLE) / s.total))
			FROM (SELECT CREATE_TIME_SERIES(time, kw) AS ts FROM grid.meters WHERE assetId = 'a1')`;
		expect(await sql.rows(share)).toEqual([['0.3']]);
	});

	test('14: parts of times, sums and differences, texts of times', async () => {
		const query = `SELECT date_trunc('hour', time), date_add('day', 1, time), date_diff('minute', time, timestamp '2024-01-01 01:00:00'),
			to_iso8601(time), to_milliseconds(time), to_nanoseconds(time), to_milliseconds('2011-05-17 10:40:28.876944'),
			format_datetime(time, 'yyyy-MM-dd HH:mm'), date_format(time, '%Y-%m-%d %H:%i:%s'), cast(time as varchar)
			FROM grid.meters ORDER BY time LIMIT 1`;
		expect(await sql.rows(query)).toEqual([
			[
				at('00:00:00', '000'),
				'2024-01-02 00:00:00.000000007',
				'59',
				'2024-01-01T00:00:00.000000007Z',
				'1704067200000',
				'1704067200000000007',
				'1305628828876',
				'2024-01-01 00:00',
				'2024-01-01 00:00:00',
				at('00:00:00'),
			],
		]);
	});

	test('15: durations', async () => {
		expect(
			(
				await sql.rows(`SELECT parse_duration('42.8ms'), 15m, interval '2' hour, now() - 2h > ago(3h), 10day, 1year, 8month,
				bin('2021-11-15 11:18:42', 3d), to_milliseconds(INTERVAL '2' DAY + INTERVAL '3' HOUR)`)
			)[0],
		).toEqual([
			'0 00:00:00.042800000',
			'0 00:15:00.000000000',
			'0 02:00:00.000000000',
			'true',
			'10 00:00:00.000000000',
			'1-0',
			'0-8',
			'2021-11-14 00:00:00.000000000',
			'183600000',
		]);
	});

	test('16: big whole numbers are exact; arrays, rows, NULL', async () => {
		const answer =
			await sql.ask(`SELECT max(n), sum(n), array_agg(kvar ORDER BY time DESC) FILTER (WHERE kw < 106), ROW(1, 'a'),
			ARRAY[1, 2], null, CAST(ROW(1, 'x') AS ROW(a bigint, b varchar)) FROM grid.meters WHERE assetId = 'a1'`);
		expect(answer.Rows[0]?.Data).toEqual([
			{ScalarValue: '9007199254741011'},
			{ScalarValue: '90071992547410020'},
			{
				ArrayValue: [
					{NullValue: true},
					...['4.0', '3.0', '2.0', '1.0', '0.0'].map(text => ({ScalarValue: text})),
				],
			},
			{RowValue: {Data: [{ScalarValue: '1'}, {ScalarValue: 'a'}]}},
			{ArrayValue: [{ScalarValue: '1'}, {ScalarValue: '2'}]},
			{NullValue: true},
			{RowValue: {Data: [{ScalarValue: '1'}, {ScalarValue: 'x'}]}},
		]);
		expect(answer.ColumnInfo.map(({Type}) => Type)).toEqual([
			{ScalarType: 'BIGINT'},
			{ScalarType: 'BIGINT'},
			{ArrayColumnInfo: {Type: {ScalarType: 'DOUBLE'}}},
			{
				RowColumnInfo: [
					{Name: 'field0', Type: {ScalarType: 'INTEGER'}},
					{Name: 'field1', Type: {ScalarType: 'VARCHAR'}},
				],
			},
			{ArrayColumnInfo: {Type: {ScalarType: 'INTEGER'}}},
			{ScalarType: 'UNKNOWN'},
			{
				RowColumnInfo: [
					{Name: 'a', Type: {ScalarType: 'BIGINT'}},
					{Name: 'b', Type: {ScalarType: 'VARCHAR'}},
				],
			},
		]);
	});

	test('17: approximations, conditions, whole division', async () => {
		expect(
			(
				await sql.rows(`SELECT approx_distinct(assetId), approx_percentile(kw, 0.5), count_if(online), avg(CASE WHEN online THEN kw END),
				coalesce(max(kvar), 0), try_cast('x' AS double), 7/2, IF(max(kw) > 1, 'big', 'small'), greatest(1, NULL), round(stddev(kw), 4)
				FROM grid.meters`)
			)[0],
		).toEqual(['2', '104.5', '10', '104.0', '4.0', null, '3', 'big', null, '2.9469']);
	});

	test('18: patterns, JSON, texts', async () => {
		expect(
			(
				await sql.rows(`SELECT regexp_like('a1', '^a[0-9]$'), regexp_extract('a17', '(\\d+)', 1), regexp_extract('x', 'y'),
				regexp_replace('aaa', 'a', 'b'), regexp_replace('hello', '(l+)', '[$1]'), json_extract_scalar('{"u":"kW"}', '$.u'),
				split_part('a.b', '.', 2), split_part('a.b', '.', 3), 'x' || 'y', concat('a', NULL), strpos('abc', 'c'), substr('abc', 2, 1)`)
			)[0],
		).toEqual(['true', '17', null, 'bbb', 'he[ll]o', 'kW', 'b', null, 'xy', null, '3', 'b']);
	});

	test('20: joins, unions, HAVING, SELECT ALL, VALUES', async () => {
		const query = `SELECT a.assetId, count(*) c FROM grid.meters a JOIN grid.meters AS b ON a.assetId = b.assetId
			GROUP BY a.assetId HAVING count(*) > 1 UNION ALL SELECT 'z', 0 ORDER BY 1`;
		expect(await sql.rows(query)).toEqual([
			['a1', '100'],
			['a2', '100'],
			['z', '0'],
		]);
		const full = `SELECT a.x, b.x FROM (VALUES 1, 2) AS a(x) FULL OUTER JOIN (VALUES 2, 3) AS b(x) ON a.x = b.x
			ORDER BY coalesce(a.x, b.x)`;
		expect(await sql.rows(full)).toEqual([
			['1', null],
			['2', '2'],
			[null, '3'],
		]);
		expect((await sql.rows('SELECT ALL * FROM grid.meters')).length).toBe(20);
		expect(scalars(await sql.ask('SELECT 1'))).toEqual(['INTEGER']);
		expect(await sql.rows('SELECT sum(c) FROM (VALUES 1, 2, 3, 4) AS t(c)')).toEqual([['10']]);
		expect(names(await sql.ask('VALUES (1, 2)'))).toEqual(['_col0', '_col1']);
		expect(
			await sql.rows('WITH a (x) AS (SELECT 1), b AS (SELECT x + 1 AS y FROM a) SELECT x, y FROM a, b;'),
		).toEqual([['1', '2']]);
	});
});

describe('names', () => {
	test('tell capitals from small letters', async () => {
		const answer = await sql.ask(
			'SELECT kW, kw AS x, "kW" + "kw" FROM grid.meters ORDER BY kW, assetId LIMIT 1',
		);
		expect(names(answer)).toEqual(['kW', 'x', '_col2']);
		expect(answer.Rows[0]?.Data.map(({ScalarValue}) => ScalarValue)).toEqual(['200.0', '100.0', '300.0']);
		expect(names(await sql.ask('SELECT * FROM grid.meters LIMIT 1'))).toEqual(
			expect.arrayContaining(['kw', 'kW', 'measure_name', 'time']),
		);
		expect(await sql.failure('SELECT * FROM Grid.meters')).toContain("Requested database 'Grid' not found");
		expect(await sql.failure('SELECT * FROM grid.METERS')).toContain("Requested table 'METERS' not found");
	});

	test('may hold the table and the database', async () => {
		const query = 'SELECT grid.meters.kw, meters.kW, m.n IS NULL FROM grid.meters, grid.plain m LIMIT 1';
		expect(await sql.failure(query)).toContain("Column 'm.n' does not exist");
		const answer = await sql.ask(query.replace('m.n', 'm.time'));
		expect(names(answer)).toEqual(['kw', 'kW', '_col2']);
	});

	test('of parts of a row are those of the fields', async () => {
		const query =
			'SELECT ts[1].value, element_at(ts, -1) FROM (SELECT CREATE_TIME_SERIES(time, kw) ts FROM grid.meters)';
		expect(names(await sql.ask(query))).toEqual(['value', '_col1']);
	});

	test('may be words that only DuckDB reserves', async () => {
		const answer = await sql.ask(
			'SELECT kw AS at, assetId AS "select", 1 AS show, 2 AS pivot FROM grid.meters AS qualify ORDER BY at LIMIT 1',
		);
		expect(names(answer)).toEqual(['at', 'select', 'show', 'pivot']);
	});

	test('of unnamed columns count all columns, also behind a star', async () => {
		const answer = await sql.ask(
			'SELECT a.*, count(*) OVER (), b.kw, b.* FROM grid.plain a, grid.meters b LIMIT 1',
		);
		const found = names(answer);
		expect(found[5]).toBe('_col5');
		expect(found[6]).toBe('kw');
	});
});

describe('values', () => {
	test('of DOUBLE are written as Java writes them', async () => {
		expect(
			(
				await sql.rows(
					'SELECT 1e10, 0.00012, 1.5, 100.0, 1e0/3, 12345678.9, 9999999.0, 0.001, 2, nan(), infinity(), -infinity(), 0.0',
				)
			)[0],
		).toEqual([
			'1.0E10',
			'1.2E-4',
			'1.5',
			'100.0',
			'0.3333333333333333',
			'1.23456789E7',
			'9999999.0',
			'0.001',
			'2',
			'NaN',
			'Infinity',
			'-Infinity',
			'0.0',
		]);
	});

	test('of texts keep every character', async () => {
		const text = 'it\'s "x" \\ \n\t⚡ \u2028 é 日本';
		expect(await value(`'${text.replaceAll("'", "''")}'`)).toBe(text);
	});

	test('of dates and times', async () => {
		const answer = await sql.ask(
			"SELECT current_date, current_time, now(), date '1969-12-31', timestamp '1960-01-01 00:00:00.5'",
		);
		expect(scalars(answer)).toEqual(['DATE', 'TIME', 'TIMESTAMP', 'DATE', 'TIMESTAMP']);
		expect(answer.Rows[0]?.Data.map(({ScalarValue}) => ScalarValue)).toEqual([
			'2024-01-02',
			'00:00:00.000000000',
			'2024-01-02 00:00:00.000000000',
			'1969-12-31',
			'1960-01-01 00:00:00.500000000',
		]);
	});
});
