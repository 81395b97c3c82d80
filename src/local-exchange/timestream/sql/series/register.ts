import type {
	DuckDBConnection,
	DuckDBListValue,
	DuckDBStructValue,
	DuckDBTimestampNanosecondsValue,
} from '@duckdb/node-api';
import {type Correlation, correlate} from './correlate.ts';
import {type Interpolation, interpolate, type Point} from './interpolate.ts';

type DuckDB = typeof import('@duckdb/node-api');

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
					const list = lists!.getItem(row) as DuckDBListValue | null;
					const targets = times!.getItem(row) as DuckDBListValue | null;
					if (list === null || targets === null) {
						output.setItem(row, null);
						continue;
					}
					const found = interpolate(
						kinds!.getItem(row) as Interpolation,
						pointsOf(list),
						nanosOf(targets),
						fills!.getItem(row) as number | null,
					);
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
					const [a, b] = [first!.getItem(row), second!.getItem(row)] as (DuckDBListValue | null)[];
					const known = a && b && correlate(kinds!.getItem(row) as Correlation, pointsOf(a), pointsOf(b));
					output.setItem(row, known ?? null);
				}
				output.flush();
			},
		}),
	);
}

function pointsOf(list: DuckDBListValue): Point[] {
	const points: Point[] = [];
	for (const item of list.items) {
		const entries = (item as DuckDBStructValue | null)?.entries;
		const time = entries?.time as DuckDBTimestampNanosecondsValue | null | undefined;
		const value = entries?.value as number | null | undefined;
		if (time && value !== null && value !== undefined) points.push([time.nanos, value]);
	}
	return points;
}

function* nanosOf(list: DuckDBListValue): Generator<bigint> {
	for (const item of list.items) {
		if (item !== null) yield (item as DuckDBTimestampNanosecondsValue).nanos;
	}
}
