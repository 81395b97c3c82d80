/** Sum of the trapezoids between neighbours, in value × ns. `ts` is bound once: it may be dear. */
const area = `list_transform([ts], lambda s: coalesce(list_sum(list_transform(list_zip(s[1:-2], s[2:]),
	lambda z: (z[1].value::DOUBLE + z[2].value) / 2
		* (epoch_ns(z[2].time::TIMESTAMP_NS) - epoch_ns(z[1].time::TIMESTAMP_NS)))), 0))[1]`;

const interpolations = ['linear', 'locf', 'spline_cubic'];

/** Bodies of `CREATE MACRO`: series, which are lists of `{time, value}` in order of time. */
export const seriesMacros = [
	`ts_sequence_time(a, b, s := INTERVAL 1 DAY) AS list_transform(
		range(epoch_ns(a::TIMESTAMP_NS),
			epoch_ns(b::TIMESTAMP_NS) + (CASE WHEN ts_interval_ns(s) < 0 THEN -1 ELSE 1 END)
				+ ts_entries((epoch_ns(b::TIMESTAMP_NS) - epoch_ns(a::TIMESTAMP_NS)) // ts_interval_ns(s) + 1),
			ts_interval_ns(s)),
		lambda n: make_timestamp_ns(n))`,
	`ts_derivative_linear(ts, w) AS list_transform([ts], lambda s: list_transform(list_zip(s[1:-2], s[2:]), lambda z: {
		'time': z[2].time::TIMESTAMP_NS,
		'value': (z[2].value::DOUBLE - z[1].value)
			/ (epoch_ns(z[2].time::TIMESTAMP_NS) - epoch_ns(z[1].time::TIMESTAMP_NS)) * ts_interval_ns(w)}))[1]`,
	`ts_non_negative_derivative_linear(ts, w) AS
		list_filter(ts_derivative_linear(ts, w), lambda p: p.value >= 0)`,
	`ts_integral_trapezoidal(ts) AS ${area} / 1e9, (ts, w) AS ${area} / ts_interval_ns(w)::DOUBLE`,
	...interpolations.flatMap(kind => [
		`ts_interpolate_${kind}(ts, t) AS ts_interpolate('${kind}', ts, t, NULL::DOUBLE)`,
		`ts_interpolate_${kind}_at(ts, t) AS ts_interpolate('${kind}', ts, [t::TIMESTAMP_NS], NULL::DOUBLE)[1].value`,
	]),
	`ts_interpolate_fill(ts, t, v) AS ts_interpolate('fill', ts, t, v::DOUBLE)`,
	`ts_interpolate_fill_at(ts, t, v) AS ts_interpolate('fill', ts, [t::TIMESTAMP_NS], v::DOUBLE)[1].value`,
	`ts_correlate_pearson(a, b) AS ts_correlate('pearson', a, b)`,
	`ts_correlate_spearman(a, b) AS ts_correlate('spearman', a, b)`,
];
