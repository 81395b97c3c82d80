import type {DuckDBConnection} from '@duckdb/node-api';
import {type CheckedRecord, seriesKey} from './check-record.ts';
import type {Shape} from './layout.ts';
import {type DuckDb, fromDuck, rowsOf} from './rows.ts';
import type {Scalar} from './scalars.ts';
import {identifier, versionColumn} from './sql-text.ts';
import {shapeTable} from './table.ts';

/** A record that a table holds. */
export type StoredRow = {
	/** DuckDB's, good within the transaction. */
	readonly rowid: bigint;
	readonly version: bigint;
	/** By attribute. */
	readonly values: ReadonlyMap<string, Scalar>;
};

/** Tells the records of a database apart. */
export function recordKey(series: string, time: bigint): string {
	return `${time} ${series}`;
}

/**
 * The stored records of a shape that have the time, asset and measure name of some of `records`, by `recordKey`.
 * 4 to 18 ms for 1,000 records over a million rows.
 */
export async function storedRows(
	duckdb: DuckDb,
	connection: DuckDBConnection,
	schema: string,
	shape: Shape,
	records: readonly CheckedRecord[],
): Promise<Map<string, StoredRow>> {
	const wanted = new Map<string, CheckedRecord['source']>();
	let [first, last] = [records[0]!.source.time, records[0]!.source.time];
	for (const {source} of records) {
		wanted.set(JSON.stringify([String(source.time), source.dimensions.assetId, source.measureName]), source);
		if (source.time < first) first = source.time;
		if (source.time > last) last = source.time;
	}
	const sources = [...wanted.values()];
	const single = shape.measureName === undefined;
	const columns = [...shape.columns.values()];
	const own = [
		't.rowid',
		identifier(versionColumn),
		'epoch_ns(t.time)',
		...(single ? ['t.measure_name'] : []),
	];
	const names = columns.map(({physical}) => `t.${identifier(physical)}`);
	const asset = identifier(shape.columns.get('assetId')!.physical);
	const {LIST, TIMESTAMP_NS, VARCHAR, listValue, DuckDBTimestampNanosecondsValue: Time} = duckdb;
	const found = await rowsOf(
		connection,
		`SELECT ${[...own, ...names].join(', ')} FROM ${shapeTable(schema, shape)} t
		JOIN (SELECT unnest($1) AS time, unnest($2) AS asset, unnest($3) AS measure) w
		ON t.time = w.time AND t.${asset} = w.asset${single ? ' AND t.measure_name = w.measure' : ''}
		WHERE t.time BETWEEN make_timestamp_ns(${first}) AND make_timestamp_ns(${last})`,
		[
			listValue(sources.map(({time}) => new Time(time))),
			listValue(sources.map(({dimensions}) => dimensions.assetId!)),
			listValue(sources.map(({measureName}) => measureName)),
		],
		[LIST(TIMESTAMP_NS), LIST(VARCHAR), LIST(VARCHAR)],
	);
	const rows = new Map<string, StoredRow>();
	for (const row of found) {
		const measureName = single ? String(row[3]) : shape.measureName!;
		// A dimension may have any name, `__proto__` too.
		const dimensions: Record<string, string> = Object.create(null);
		const values = new Map<string, Scalar>();
		for (const [index, {name, kind, type}] of columns.entries()) {
			const value = fromDuck(type, row[own.length + index]);
			if (value === undefined) continue;
			if (kind === 'DIMENSION') dimensions[name] = String(value);
			else values.set(kind === 'MULTI' ? name : measureName, value);
		}
		const key = recordKey(
			seriesKey(shape.key, measureName, Object.keys(dimensions).sort(), dimensions),
			row[2] as bigint,
		);
		rows.set(key, {rowid: row[0] as bigint, version: row[1] as bigint, values});
	}
	return rows;
}
