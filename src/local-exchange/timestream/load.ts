import type {DuckDBConnection} from '@duckdb/node-api';
import {appendRecords} from './append-records.ts';
import {type CheckedRecord, recordChecker} from './check-record.ts';
import {type Database, outdateLatest, publishLayout} from './database.ts';
import {newLatest} from './latest.ts';
import {findLatest} from './latest-query.ts';
import {hasGrown, noGrowth, type Shape} from './layout.ts';
import {keepGrowth, keepView} from './layout-file.ts';
import {roomMaker} from './make-room.ts';
import {noteRecord} from './note-records.ts';
import type {DuckDb} from './rows.ts';
import {slices} from './slices.ts';
import {identifier, versionColumn} from './sql-text.ts';
import {leadingColumns, shapeTable} from './table.ts';
import {transact} from './transaction.ts';
import type {StoredRecord} from './types.ts';

export type Batches = Iterable<readonly StoredRecord[]> | AsyncIterable<readonly StoredRecord[]>;

// Appended at once: few enough not to keep the event loop waiting, enough that it pays.
const heldRecords = 2048;

/**
 * Fills an empty database, in one transaction. Of records with the same time and series the one with the highest
 * version stays, the last among equals. A bad record ends it all with an error. When it throws, the database in
 * memory is not to be used any more. For tasks of the write queue.
 */
export async function loadEmpty(
	duckdb: DuckDb,
	connection: DuckDBConnection,
	database: Database,
	batches: Batches,
): Promise<void> {
	const {id, schema, layout} = database;
	let latest = newLatest();
	let isSorted = true;
	await transact(connection, async () => {
		await outdateLatest(connection, database);
		const held = new Map<Shape, CheckedRecord[]>();
		const append = async (shape: Shape) => {
			await appendRecords(duckdb, connection, schema, shape, held.get(shape) ?? []);
			held.delete(shape);
		};
		const check = recordChecker(undefined);
		let count = 0;
		const rest = slices();
		for await (const records of batches) {
			const growth = noGrowth();
			const makeRoom = roomMaker(layout, growth);
			const checked = records.map(record => {
				const result = check(record);
				const problem = typeof result === 'string' ? result : makeRoom(result.form);
				count++;
				if (typeof result === 'string' || problem !== undefined)
					throw new Error(`record ${count}: ${problem}`);
				return result;
			});
			if (hasGrown(growth)) await keepGrowth(connection, {id, schema}, growth);
			for (const record of checked) {
				const newest = latest.series.get(record.series)?.newest;
				if (newest !== undefined && record.source.time <= newest) isSorted = false;
				noteRecord(layout, latest, record);
				const shape = layout.shapes.get(record.form.shape)!;
				const own = held.get(shape) ?? [];
				held.set(shape, own);
				if (own.push(record) >= heldRecords) await append(shape);
			}
			await rest();
		}
		for (const shape of [...held.keys()]) await append(shape);
		await keepView(connection, schema, layout);
		if (isSorted) return;
		for (const shape of layout.shapes.values()) await removeDuplicates(connection, schema, shape);
		latest = newLatest();
		await findLatest(connection, schema, layout, latest);
	});
	database.latestKept = false;
	database.latest = latest;
	publishLayout(database);
}

async function removeDuplicates(connection: DuckDBConnection, schema: string, shape: Shape): Promise<void> {
	const table = shapeTable(schema, shape);
	const version = identifier(versionColumn);
	const keys = [...leadingColumns(shape), ...shape.columns.values()]
		.filter(column => !('kind' in column && /^(MULTI|MEASURE_VALUE)$/.test(String(column.kind))))
		.map(({physical}) => identifier(physical))
		.filter(name => name !== version);
	await connection.run(
		`DELETE FROM ${table} WHERE rowid IN (
			SELECT rowid FROM ${table}
			QUALIFY row_number() OVER (PARTITION BY ${keys.join(', ')} ORDER BY ${version} DESC, rowid DESC) > 1
		)`,
	);
}
