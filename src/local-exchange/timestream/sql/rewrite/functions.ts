import {
	bin,
	concat,
	extract,
	extremeBy,
	greatestOrLeast,
	inPattern,
	type Rewrite,
	reverse,
	row,
	sequence,
} from './calls.ts';
import {cast} from './cast.ts';
import {fold, forEach, interpolation} from './series.ts';

/**
 * How a function of Timestream is written for DuckDB: another name (or the same); a text for each number of
 * arguments, with `$0`, `$1`, … for them; or a rule of its own.
 */
export type Rule = string | Readonly<Record<number, string>> | Rewrite;

/** Those whose texts are times: DuckDB needs to be told. */
const timeFunctions: Readonly<Record<string, Rule>> = {
	bin,
	date: {1: 'CAST( $0 AS DATE)'},
	date_add: 'ts_date_add',
	date_diff: 'ts_date_diff',
	date_format: inPattern('mysql', 'strftime(( $0 ) :: TIMESTAMP, $pattern )'),
	date_trunc: 'date_trunc',
	day: 'day',
	day_of_month: 'day',
	day_of_week: 'isodow',
	day_of_year: 'dayofyear',
	dow: 'isodow',
	doy: 'dayofyear',
	extract,
	format_datetime: inPattern('joda', 'strftime(( $0 ) :: TIMESTAMP, $pattern )'),
	hour: 'hour',
	interpolate_fill: interpolation('fill'),
	interpolate_linear: interpolation('linear'),
	interpolate_locf: interpolation('locf'),
	interpolate_spline_cubic: interpolation('spline_cubic'),
	last_day_of_month: 'last_day',
	millisecond: 'ts_millisecond',
	minute: 'minute',
	month: 'month',
	nanosecond: 'ts_nanosecond',
	quarter: 'quarter',
	second: 'second',
	sequence,
	to_iso8601: 'ts_to_iso8601',
	to_milliseconds: 'epoch_ms',
	to_nanoseconds: 'epoch_ns',
	to_unixtime: 'ts_to_unixtime',
	week: 'weekofyear',
	week_of_year: 'weekofyear',
	year: 'year',
	year_of_week: 'isoyear',
	yow: 'isoyear',
};

const aggregates = `array_agg avg bool_and bool_or corr count count_if covar_pop covar_samp geometric_mean kurtosis max min
	regr_intercept regr_slope stddev stddev_pop stddev_samp sum var_pop var_samp variance`;
const windows = `cume_dist dense_rank first_value lag last_value lead nth_value ntile percent_rank rank row_number`;
const numbers = `abs acos asin atan atan2 cbrt ceil ceiling cos cosh degrees exp floor ln log10 log2 mod pi pow
	power radians round sign sin sqrt tan tanh`;
const texts =
	'chr length lower lpad ltrim position regexp_extract_all rpad rtrim substr substring trim upper';
const others = 'coalesce grouping json_array_length json_extract nullif';
/** Macros of the dialect. */
const macros = `array_distinct array_except array_intersect array_join array_position array_remove array_sort
	array_union bit_count bitwise_and bitwise_not bitwise_or bitwise_xor correlate_pearson correlate_spearman
	create_time_series derivative_linear e from_base from_iso8601_date from_iso8601_timestamp from_milliseconds
	from_nanoseconds from_unixtime infinity integral_trapezoidal json_array_get json_extract_scalar json_format
	json_parse lpad nan non_negative_derivative_linear parse_duration random regexp_extract regexp_replace repeat
	replace rpad shuffle skewness slice split split_part strpos strrpos to_base typeof zip`;

/** Every function of Timestream that is supported here, in lower case. */
export const functions: ReadonlyMap<string, Rule> = new Map<string, Rule>([
	...[aggregates, windows, numbers, texts, others].flatMap(names => named('', names)),
	...named('ts_', macros),
	...Object.entries<Rule>({
		...timeFunctions,
		ago: {1: 'CAST(make_timestamp_ns( $now ) - ( $0 ) AS TIMESTAMP_NS)'},
		approx_distinct: {1: 'count(DISTINCT $0 )', 2: 'count(DISTINCT $0 )'},
		approx_percentile: {2: 'quantile_cont( $0 , $1 )'},
		arbitrary: 'any_value',
		array_max: 'list_max',
		array_min: 'list_min',
		arrays_overlap: 'list_has_any',
		bitwise_and_agg: {1: 'bit_and(CAST( $0 AS BIGINT))'},
		bitwise_or_agg: {1: 'bit_or(CAST( $0 AS BIGINT))'},
		cardinality: 'len',
		cast: cast('CAST'),
		codepoint: 'unicode',
		concat,
		contains: 'list_contains',
		current_timezone: {0: "'UTC'"},
		date_parse: inPattern('mysql', 'strptime( $0 , $pattern ) :: TIMESTAMP_NS'),
		element_at: 'list_extract',
		every: 'bool_and',
		filter: forEach('list_filter'),
		greatest: greatestOrLeast,
		hamming_distance: 'hamming',
		if: {2: 'CASE WHEN $0 THEN $1 END', 3: 'CASE WHEN $0 THEN $1 ELSE $2 END'},
		is_finite: 'isfinite',
		is_infinite: 'isinf',
		is_nan: 'isnan',
		least: greatestOrLeast,
		levenshtein_distance: 'levenshtein',
		max_by: extremeBy('max'),
		min_by: extremeBy('min'),
		now: {0: 'make_timestamp_ns( $now )'},
		parse_datetime: inPattern('joda', 'strptime( $0 , $pattern ) :: TIMESTAMP_NS'),
		rand: 'ts_random',
		reduce: fold,
		regexp_like: 'regexp_matches',
		regexp_split: 'regexp_split_to_array',
		reverse,
		row,
		transform: forEach('list_transform'),
		truncate: 'trunc',
		try: 'TRY',
		try_cast: cast('TRY_CAST'),
	}),
]);

/** Whether a text among the arguments of `name` is a time. */
export function takesTimes(name: string): boolean {
	return Object.hasOwn(timeFunctions, name);
}

function named(prefix: string, names: string): [string, string][] {
	return names.split(/\s+/).map(name => [name, prefix + name]);
}

/** What the rules and the grammar write beside the names above; all of it computes from its arguments alone. */
const written = `+ - * / % || ~~ !~~ arg_max arg_max_null arg_min arg_min_null bit_and bit_or count_star epoch_ns
	generate_subscripts greatest least like_escape list list_filter list_prepend list_reduce list_reverse
	list_transform list_value make_timestamp_ns not_like_escape quantile_cont reverse row strftime strptime
	struct_extract struct_pack to_days to_hours to_minutes to_months to_seconds to_weeks to_years trunc unnest`;

/** The functions of DuckDB, macros of the dialect included, that a rewritten query may call. */
export const callable: ReadonlySet<string> = new Set([
	...[...functions.values()].filter(rule => typeof rule === 'string'),
	...written.split(/\s+/),
	...`ts_bin ts_bin_number ts_interval_ns ts_sequence ts_sequence_time ts_varchar`.split(' '),
	...['linear', 'locf', 'fill', 'spline_cubic'].flatMap(kind => [
		`ts_interpolate_${kind}`,
		`ts_interpolate_${kind}_at`,
	]),
]);
