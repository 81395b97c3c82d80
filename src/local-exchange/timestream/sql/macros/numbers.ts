/** Bodies of `CREATE MACRO`: numbers and what statistics Trino computes in another way. */
export const numberMacros = [
	'ts_e() AS exp(1.0e0)',
	`ts_infinity() AS 'inf'::DOUBLE`,
	`ts_nan() AS 'nan'::DOUBLE`,
	'ts_random() AS random(), (n) AS floor(random() * n)::BIGINT, (m, n) AS (m + floor(random() * (n - m)))::BIGINT',
	'ts_bitwise_and(a, b) AS a::BIGINT & b::BIGINT',
	'ts_bitwise_or(a, b) AS a::BIGINT | b::BIGINT',
	'ts_bitwise_xor(a, b) AS xor(a::BIGINT, b::BIGINT)',
	'ts_bitwise_not(a) AS ~(a::BIGINT)',
	`ts_bit_count(x, bits) AS bit_count(CASE WHEN bits = 64 THEN x::BIGINT ELSE x::BIGINT & ((1::BIGINT << bits) - 1) END)::BIGINT`,
	// DuckDB's is the sample's.
	'ts_skewness(x) AS skewness(x) * (count(x) - 2) / sqrt(count(x) * (count(x) - 1.0e0))',
];
