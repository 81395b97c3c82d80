import type {DuckDBConnection, DuckDBType, DuckDBValue} from '@duckdb/node-api';
import type {CheckedRecord} from './check-record.ts';
import {type Shape, valueColumn} from './layout.ts';
import {appendColumns, type DuckDb, duckType, toDuck} from './rows.ts';
import {leadingColumns} from './table.ts';

/** Appends records to the table of their shape, within the caller's transaction. The table has all their columns. */
export async function appendRecords(
	duckdb: DuckDb,
	connection: DuckDBConnection,
	schema: string,
	shape: Shape,
	records: readonly CheckedRecord[],
): Promise<void> {
	const {types, columns} = columnsOf(duckdb, shape, records);
	await appendColumns(duckdb, connection, {schema, name: `shape${shape.id}`}, types, columns);
}

function columnsOf(
	duckdb: DuckDb,
	shape: Shape,
	records: readonly CheckedRecord[],
): {readonly types: readonly DuckDBType[]; readonly columns: readonly DuckDBValue[][]} {
	const leading = leadingColumns(shape);
	const all = [...leading, ...shape.columns.values()];
	const columns = all.map(() => new Array<DuckDBValue>(records.length).fill(null));
	const places = new Map([...shape.columns.keys()].map((name, index) => [name, leading.length + index]));
	const put = (name: string, row: number, value: DuckDBValue) => {
		columns[places.get(name)!]![row] = value;
	};
	for (const [row, {source, values}] of records.entries()) {
		const own: DuckDBValue[] = [toDuck(duckdb, 'TIMESTAMP', source.time), source.version];
		if (shape.measureName === undefined) own.unshift(source.measureName);
		for (const [index, value] of own.entries()) columns[index]![row] = value;
		for (const name of Object.keys(source.dimensions)) put(name, row, source.dimensions[name]!);
		for (const [index, {name, type}] of source.values.entries()) {
			put(source.multi ? name : valueColumn(type), row, toDuck(duckdb, type, values[index]!));
		}
	}
	return {types: all.map(({type}) => duckType(duckdb, type)), columns};
}
