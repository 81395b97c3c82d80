import type {
	DuckDBConnection,
	DuckDBTimestampNanosecondsValue,
	DuckDBType,
	DuckDBValue,
} from '@duckdb/node-api';
import type {Scalar} from './scalars.ts';
import type {ScalarType} from './types.ts';

export type DuckDb = typeof import('@duckdb/node-api');
export type Row = readonly DuckDBValue[];

// A vector of DuckDB: a chunk holds no more.
const chunkRows = 2048;

/** All rows that `sql` yields. */
export async function rowsOf(
	connection: DuckDBConnection,
	sql: string,
	values: DuckDBValue[] = [],
	types: DuckDBType[] = [],
): Promise<readonly Row[]> {
	return (await connection.runAndReadAll(sql, values, types)).getRows();
}

/** DuckDB's type for columns of `type`. */
export function duckType(duckdb: DuckDb, type: ScalarType): DuckDBType {
	switch (type) {
		case 'BIGINT':
			return duckdb.BIGINT;
		case 'BOOLEAN':
			return duckdb.BOOLEAN;
		case 'DOUBLE':
			return duckdb.DOUBLE;
		case 'TIMESTAMP':
			return duckdb.TIMESTAMP_NS;
		case 'VARCHAR':
			return duckdb.VARCHAR;
	}
}

/** A value as DuckDB takes it. */
export function toDuck(duckdb: DuckDb, type: ScalarType, value: Scalar): DuckDBValue {
	return type === 'TIMESTAMP' ? new duckdb.DuckDBTimestampNanosecondsValue(value as bigint) : value;
}

/** A value that DuckDB gave; undefined for NULL. */
export function fromDuck(type: ScalarType, value: DuckDBValue | undefined): Scalar | undefined {
	if (value === null || value === undefined) return undefined;
	return type === 'TIMESTAMP' ? (value as DuckDBTimestampNanosecondsValue).nanos : (value as Scalar);
}

/**
 * Appends columns of equal length to a table, within the caller's transaction. Blocks the event loop, about 3 ms
 * for 1,000 rows of 14 columns.
 */
export async function appendColumns(
	duckdb: DuckDb,
	connection: DuckDBConnection,
	table: {readonly schema: string; readonly name: string},
	types: readonly DuckDBType[],
	columns: readonly (readonly DuckDBValue[])[],
): Promise<void> {
	const count = columns[0]?.length ?? 0;
	if (count === 0) return;
	const appender = await connection.createAppender(table.name, table.schema);
	try {
		for (let from = 0; from < count; from += chunkRows) {
			const size = Math.min(chunkRows, count - from);
			const chunk = duckdb.DuckDBDataChunk.create(types, size);
			chunk.setColumns(size === count ? columns : columns.map(column => column.slice(from, from + size)));
			appender.appendDataChunk(chunk);
		}
	} finally {
		appender.closeSync();
	}
}
