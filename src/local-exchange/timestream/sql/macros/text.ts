/** Java writes groups in a replacement as `$1`, RE2 as `\1`. */
const replacement = `regexp_replace(replace(r, '\\', '\\\\'), '[$](\\d)', '\\\\\\1', 'g')`;

/** Bodies of `CREATE MACRO`: text, patterns, JSON. */
export const textMacros = [
	`ts_regexp_extract(s, p) AS CASE WHEN regexp_matches(s, p) THEN regexp_extract(s, p) END,
		(s, p, g) AS CASE WHEN regexp_matches(s, p) THEN regexp_extract(s, p, g) END`,
	`ts_regexp_replace(s, p) AS regexp_replace(s, p, '', 'g'), (s, p, r) AS regexp_replace(s, p, ${replacement}, 'g')`,
	...['lpad', 'rpad'].map(
		name => `ts_${name}(s, n, x) AS ${name}(s, (n + ts_at_most(n, 100000,
			'${name} target length must be in the range [0..100000]'))::INTEGER, x)`,
	),
	`ts_replace(s, a) AS replace(s, a, ''), (s, a, b) AS replace(s, a, b)`,
	`ts_split(s, d) AS string_split(s, d), (s, d, n) AS CASE WHEN len(string_split(s, d)) <= n THEN string_split(s, d)
		ELSE list_append(string_split(s, d)[:n - 1], array_to_string(string_split(s, d)[n:], d)) END`,
	'ts_split_part(s, d, n) AS CASE WHEN n <= len(string_split(s, d)) THEN split_part(s, d, n) END',
	`ts_strpos(s, x) AS strpos(s, x), (s, x, n) AS CASE WHEN len(string_split(s, x)) > n
		THEN length(array_to_string(string_split(s, x)[:n], x)) + 1 ELSE 0 END`,
	`ts_strrpos(s, x) AS CASE WHEN contains(s, x)
			THEN length(s) - length(string_split(s, x)[-1]) - length(x) + 1 ELSE 0 END,
		(s, x, n) AS CASE WHEN len(string_split(s, x)) > n
			THEN length(s) - length(array_to_string(string_split(s, x)[-n:], x)) - length(x) + 1 ELSE 0 END`,
	`ts_from_base(s, r) AS list_reduce(
		list_transform(string_split(lower(s), ''), lambda c: (strpos('0123456789abcdefghijklmnopqrstuvwxyz', c) - 1)::BIGINT),
		lambda a, b: a * r + b)`,
	'ts_to_base(x, r) AS lower(to_base(x, r))',
	`ts_json_extract_scalar(j, p) AS CASE WHEN coalesce(json_type(j, p), 'NULL') NOT IN ('OBJECT', 'ARRAY', 'NULL')
		THEN json_extract_string(j, p) END`,
	'ts_json_parse(s) AS s::JSON',
	'ts_json_format(j) AS j::VARCHAR',
	'ts_json_array_get(j, i) AS json_extract(j, i::BIGINT)',
	// The other branches only have to be of a type that fits; the type decides before the first row.
	`ts_varchar(x) AS CASE WHEN typeof(x) IN ('TIMESTAMP', 'TIMESTAMP_NS')
		THEN ts_time_text(TRY_CAST(x::VARCHAR AS TIMESTAMP_NS)) ELSE x::VARCHAR END`,
	`ts_typeof(x) AS CASE typeof(x) WHEN 'TIMESTAMP_NS' THEN 'timestamp' WHEN 'INTERVAL' THEN 'interval day to second'
		WHEN 'HUGEINT' THEN 'bigint' WHEN '"NULL"' THEN 'unknown'
		ELSE regexp_replace(replace(replace(lower(typeof(x)), 'timestamp_ns', 'timestamp'), 'hugeint', 'bigint'),
			'^(.*)\\[\\]$', 'array(\\1)') END`,
];
