import type {
	DuckDBConnection,
	DuckDBListVector,
	DuckDBStructVector,
	DuckDBTimestampNanosecondsValue,
	DuckDBVector,
} from '@duckdb/node-api';
import {type Correlation, correlate} from './correlate.ts';
import {type Interpolation, interpolate, type Series} from './interpolate.ts';

type DuckDB = typeof import('@duckdb/node-api');

/** DuckDB's limit of memory does not reach what is copied here. */
const maxPoints = 5_000_000;

/**
 * `ts_interpolate(kind, series, times, fill)` and `ts_correlate(kind, series, series)`, which SQL alone does
 * too slowly. They run on the event loop, a chunk of rows at a time.
 */
export function registerSeriesFunctions(duckdb: DuckDB, connection: DuckDBConnection): void {
	const {DuckDBScalarFunction, LIST, STRUCT, TIMESTAMP_NS, DOUBLE, VARCHAR, listValue, structValue} = duckdb;
	const series = LIST(STRUCT({time: TIMESTAMP_NS, value: DOUBLE}));
	const time = (ns: bigint) => new duckdb.DuckDBTimestampNanosecondsValue(ns);

	connection.registerScalarFunction(
		DuckDBScalarFunction.create({
			name: 'ts_interpolate',
			parameterTypes: [VARCHAR, series, LIST(TIMESTAMP_NS), DOUBLE],
			returnType: series,
			// NULL arguments come here too: the fourth is NULL for most kinds.
			specialHandling: true,
			mainFunction: (_info, input, output) => {
				const [kinds, lists, times, fills] = [0, 1, 2, 3].map(column => input.getColumnVector(column));
				for (let row = 0; row < input.rowCount; row++) {
					const known = seriesAt(lists!, row);
					const targets = (times as DuckDBListVector).getItemVector(row);
					if (known === undefined || targets === null) {
						output.setItem(row, null);
						continue;
					}
					const kind = kinds!.getItem(row) as Interpolation;
					const found = interpolate(kind, known, nanosOf(targets), fills!.getItem(row) as number | null);
					output.setItem(row, listValue(found.map(([at, value]) => structValue({time: time(at), value}))));
				}
				output.flush();
			},
		}),
	);

	connection.registerScalarFunction(
		DuckDBScalarFunction.create({
			name: 'ts_correlate',
			parameterTypes: [VARCHAR, series, series],
			returnType: DOUBLE,
			mainFunction: (_info, input, output) => {
				const [kinds, first, second] = [0, 1, 2].map(column => input.getColumnVector(column));
				for (let row = 0; row < input.rowCount; row++) {
					const [a, b] = [seriesAt(first!, row), seriesAt(second!, row)];
					const known = a && b && correlate(kinds!.getItem(row) as Correlation, a, b);
					output.setItem(row, known ?? null);
				}
				output.flush();
			},
		}),
	);
}

/** The series in a row, without points that lack a time or a value; undefined when it is NULL. */
function seriesAt(vector: DuckDBVector, row: number): Series | undefined {
	const list = (vector as DuckDBListVector).getItemVector(row) as DuckDBStructVector | null;
	if (list === null) return undefined;
	if (list.itemCount > maxPoints) throw new Error(`${list.itemCount} points are too many for one series`);
	const [times, values] = [list.entryVectorAt(0), list.entryVectorAt(1)];
	const series = {times: new BigInt64Array(list.itemCount), values: new Float64Array(list.itemCount)};
	let count = 0;
	for (let at = 0; at < list.itemCount; at++) {
		const time = times.getItem(at) as DuckDBTimestampNanosecondsValue | null;
		const value = values.getItem(at) as number | null;
		if (time === null || value === null) continue;
		series.times[count] = time.nanos;
		series.values[count++] = value;
	}
	return {times: series.times.subarray(0, count), values: series.values.subarray(0, count)};
}

function* nanosOf(times: DuckDBVector): Generator<bigint> {
	for (let at = 0; at < times.itemCount; at++) {
		const time = times.getItem(at) as DuckDBTimestampNanosecondsValue | null;
		if (time !== null) yield time.nanos;
	}
}
