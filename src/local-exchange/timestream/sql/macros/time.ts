/**
 * Bodies of `CREATE MACRO`: times and durations. Timestream's times have ns, DuckDB's intervals µs.
 * A macro comes after those it uses.
 */
export const timeMacros = [
	`ts_interval_ns(w) AS CASE WHEN date_part('year', w) = 0 AND date_part('month', w) = 0 THEN epoch_us(w) * 1000
		ELSE error('A month or a year has no fixed length: use days') END`,
	// A remainder has the sign of what is divided: before 1970 it leads up, not down.
	`ts_bin(t, w) AS make_timestamp_ns(
		epoch_ns(t) - (epoch_ns(t) % ts_interval_ns(w) + ts_interval_ns(w)) % ts_interval_ns(w))`,
	'ts_bin_number(x, w) AS x - x % w - CASE WHEN x % w < 0 THEN w ELSE 0 END',
	'ts_from_milliseconds(n) AS make_timestamp_ns((n * 1000000)::BIGINT)',
	'ts_from_nanoseconds(n) AS make_timestamp_ns(n::BIGINT)',
	'ts_from_unixtime(n) AS make_timestamp_ns((n * 1000000000)::BIGINT)',
	'ts_to_unixtime(t) AS epoch_ns(t) / 1e9',
	// DuckDB reads an offset only behind seconds, and a Z not behind minutes.
	`ts_from_iso8601_timestamp(s) AS
		regexp_replace(regexp_replace(s, '[Zz]$', ''), '(T\\d\\d:\\d\\d)([+-])', '\\1:00\\2')::TIMESTAMP_NS`,
	'ts_from_iso8601_date(s) AS s::DATE',
	`ts_time_text(t) AS strftime(t::TIMESTAMP_NS, '%Y-%m-%d %H:%M:%S.%n')`,
	`ts_to_iso8601(t) AS CASE WHEN typeof(t) = 'DATE' THEN t::DATE::VARCHAR
		ELSE strftime(t::TIMESTAMP_NS, '%Y-%m-%dT%H:%M:%S.%n') || 'Z' END`,
	// Whole units of a fixed length in ns; NULL for the others, whose length depends on the calendar.
	`ts_unit_ns(u) AS CASE lower(u) WHEN 'nanosecond' THEN 1 WHEN 'microsecond' THEN 1000
		WHEN 'millisecond' THEN 1000000 WHEN 'second' THEN 1000000000 WHEN 'minute' THEN 60000000000
		WHEN 'hour' THEN 3600000000000 WHEN 'day' THEN 86400000000000 WHEN 'week' THEN 604800000000000 END::BIGINT`,
	`ts_unit_months(u) AS CASE lower(u) WHEN 'month' THEN 1 WHEN 'quarter' THEN 3 WHEN 'year' THEN 12
		ELSE error('''' || u || ''' is not a valid Timestamp field') END`,
	`ts_date_add(u, n, t) AS make_timestamp_ns(CASE WHEN ts_unit_ns(u) IS NOT NULL
		THEN epoch_ns(t::TIMESTAMP_NS) + n * ts_unit_ns(u)
		ELSE epoch_ns(t::TIMESTAMP + to_months((n * ts_unit_months(u))::INTEGER)) + epoch_ns(t::TIMESTAMP_NS) % 1000 END)`,
	`ts_date_diff(u, a, b) AS CASE WHEN ts_unit_ns(u) IS NOT NULL
		THEN (epoch_ns(b::TIMESTAMP_NS) - epoch_ns(a::TIMESTAMP_NS)) // ts_unit_ns(u)
		ELSE datesub('month', a::TIMESTAMP, b::TIMESTAMP) // ts_unit_months(u) END`,
	`ts_duration_us(u) AS CASE u WHEN 'ns' THEN 0.001 WHEN 'nanosecond' THEN 0.001
		WHEN 'us' THEN 1 WHEN 'microsecond' THEN 1 WHEN 'ms' THEN 1000 WHEN 'millisecond' THEN 1000
		WHEN 's' THEN 1e6 WHEN 'second' THEN 1e6 WHEN 'm' THEN 6e7 WHEN 'minute' THEN 6e7
		WHEN 'h' THEN 3.6e9 WHEN 'hour' THEN 3.6e9 WHEN 'd' THEN 8.64e10 WHEN 'day' THEN 8.64e10
		ELSE error('Invalid duration unit: ' || u) END`,
	`ts_parse_duration(s) AS CASE
		WHEN NOT regexp_full_match(lower(s), '\\s*([0-9]+([.][0-9]+)?\\s*[a-z]+\\s*)+') THEN error('Invalid duration: ' || s)
		WHEN regexp_matches(lower(s), '[0-9.]\\s*(y|year|month)\\b') THEN to_months((
			coalesce(list_sum(regexp_extract_all(lower(s), '([0-9]+)\\s*(?:y|year)\\b', 1)::INTEGER[]), 0) * 12
			+ coalesce(list_sum(regexp_extract_all(lower(s), '([0-9]+)\\s*month\\b', 1)::INTEGER[]), 0))::INTEGER)
		ELSE to_microseconds(list_sum(list_transform(
			regexp_extract_all(lower(s), '[0-9.]+\\s*[a-z]+'),
			lambda p: regexp_extract(p, '([0-9.]+)', 1)::DOUBLE * ts_duration_us(regexp_extract(p, '([a-z]+)', 1))))::BIGINT) END`,
	'ts_millisecond(t) AS millisecond(t) % 1000',
	'ts_nanosecond(t) AS (epoch_ns(t) % 1000000000 + 1000000000) % 1000000000',
];
