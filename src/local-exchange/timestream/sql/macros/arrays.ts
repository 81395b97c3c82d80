/** Bodies of `CREATE MACRO`: arrays. */
export const arrayMacros = [
	// Vectors are outside DuckDB's limit of memory, so that what makes long ones has limits of its own: Trino's.
	// It is an argument, since what stands in a CASE may be computed whatever the condition.
	`ts_at_most(n, most, message) AS CASE WHEN n > most THEN error(message) ELSE 0 END`,
	`ts_entries(n) AS ts_at_most(n, 10000, 'result of sequence function must not have more than 10000 entries')`,
	`ts_sequence(a, b) AS CASE WHEN a <= b THEN range(a::BIGINT, b::BIGINT + 1 + ts_entries(b::BIGINT - a::BIGINT + 1))
			ELSE range(a::BIGINT, b::BIGINT - 1 - ts_entries(a::BIGINT - b::BIGINT + 1), -1) END,
		(a, b, s) AS generate_series(a::BIGINT, b::BIGINT + ts_entries((b::BIGINT - a::BIGINT) // s::BIGINT + 1), s::BIGINT)`,
	`ts_slice(a, i, n) AS CASE WHEN n <= 0 THEN a[2:1] WHEN i < 0 AND i + n >= 0 THEN a[i:] ELSE a[i:i + n - 1] END`,
	`ts_array_join(a, d) AS array_to_string(a, d),
		(a, d, z) AS array_to_string(list_transform(a, lambda e: coalesce(e::VARCHAR, z)), d)`,
	// Keeps the order, as long as looking back from every element costs little.
	`ts_array_distinct(a) AS list_transform([a], lambda l: CASE WHEN len(l) > 1000 THEN list_distinct(l)
		ELSE list_filter(l, lambda e, i: list_position(l, e) = i) END)[1]`,
	'ts_array_intersect(a, b) AS ts_array_distinct(list_filter(a, lambda e: list_contains(b, e)))',
	'ts_array_union(a, b) AS ts_array_distinct(list_concat(a, b))',
	'ts_array_except(a, b) AS ts_array_distinct(list_filter(a, lambda e: NOT list_contains(b, e)))',
	'ts_array_position(a, e) AS coalesce(list_position(a, e), 0)',
	'ts_array_remove(a, e) AS list_filter(a, lambda x: x IS DISTINCT FROM e)',
	`ts_array_sort(a) AS list_sort(a, 'ASC', 'NULLS LAST')`,
	`ts_repeat(e, n) AS list_transform(range(n::BIGINT
		+ ts_at_most(n, 10000, 'count argument of repeat function must be less than or equal to 10000')), lambda i: e)`,
	`ts_shuffle(a) AS list_transform(list_sort(list_transform(a, lambda e: {'at': random(), 'of': e})), lambda p: p.of)`,
	`ts_zip(a, b) AS list_transform(list_zip(a, b), lambda z: {'field0': z[1], 'field1': z[2]}),
		(a, b, c) AS list_transform(list_zip(a, b, c), lambda z: {'field0': z[1], 'field1': z[2], 'field2': z[3]})`,
];
