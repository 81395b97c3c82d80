import type {DuckDBConnection, DuckDBType, DuckDBValue} from '@duckdb/node-api';
import type {CheckedRecord} from './check-record.ts';
import type {Form} from './form.ts';
import type {Shape} from './layout.ts';
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
	const named = new Map(
		[...shape.columns.keys()].map((name, index) => [name, columns[leading.length + index]!]),
	);
	const [times, versions] = columns.slice(leading.length - 2);
	const measureNames = shape.measureName === undefined ? columns[0] : undefined;
	let form: Form | undefined;
	let dimensions: readonly DuckDBValue[][] = [];
	let measures: readonly DuckDBValue[][] = [];
	for (let row = 0; row < records.length; row++) {
		const {source, values, form: own} = records[row]!;
		if (own !== form) {
			form = own;
			dimensions = form.dimensions.map(name => named.get(name)!);
			measures = form.columns.map(name => named.get(name)!);
		}
		times![row] = toDuck(duckdb, 'TIMESTAMP', source.time);
		versions![row] = source.version;
		if (measureNames) measureNames[row] = source.measureName;
		for (let index = 0; index < dimensions.length; index++) {
			dimensions[index]![row] = source.dimensions[form.dimensions[index]!]!;
		}
		for (let index = 0; index < measures.length; index++) {
			measures[index]![row] = toDuck(duckdb, form.measures[index]!.type, values[index]!);
		}
	}
	return {types: all.map(({type}) => duckType(duckdb, type)), columns};
}
