import type {DuckDBConnection} from '@duckdb/node-api';
import {appendRecords} from './append-records.ts';
import {recordChecker} from './check-record.ts';
import {type Accepted, type Candidate, resolveConflicts, storedBefore} from './conflicts.ts';
import {type Database, latestOf, outdateLatest, publishLayout} from './database.ts';
import type {Series} from './latest.ts';
import {findSeries} from './latest-query.ts';
import {type Growth, hasGrown, noGrowth} from './layout.ts';
import {keepGrowth, keepView} from './layout-file.ts';
import {bereavedSeries, noteRecord} from './note-records.ts';
import type {DuckDb} from './rows.ts';
import {slices} from './slices.ts';
import {shapeTable} from './table.ts';
import {transact} from './transaction.ts';
import type {RejectedRecord, StoredRecord} from './types.ts';

// A chunk of DuckDB; blocks the event loop for some 6 ms.
const appendedRecords = 2048;

/**
 * Writes batches, one after the other, in one transaction: when this ends, what was not rejected is on the disk.
 * Answers with the rejections of each batch. When it throws, nothing of any batch was written, but the database in
 * memory is not to be used any more. `now`
 * is in epoch ms; undefined takes any time. For tasks of the write queue.
 */
export async function writeBatches(
	duckdb: DuckDb,
	connection: DuckDBConnection,
	database: Database,
	batches: readonly (readonly StoredRecord[])[],
	now: number | undefined,
): Promise<readonly (readonly RejectedRecord[])[]> {
	const rejections = batches.map((): RejectedRecord[] => []);
	const candidates: Candidate[] = [];
	const check = recordChecker(now);
	const rest = slices();
	for (const [batch, records] of batches.entries()) {
		for (const [index, record] of records.entries()) {
			if (index % 256 === 0) await rest();
			const reject: Candidate['reject'] = (reason, existingVersion) => {
				const rejected = {index, reason};
				rejections[batch]!.push(existingVersion === undefined ? rejected : {...rejected, existingVersion});
			};
			const checked = check(record);
			if (typeof checked === 'string') reject(checked);
			else candidates.push({record: checked, reject});
		}
	}
	if (candidates.length > 0) await writeCandidates(duckdb, connection, database, candidates);
	return rejections.map(rejected => rejected.sort((a, b) => a.index - b.index));
}

async function writeCandidates(
	duckdb: DuckDb,
	connection: DuckDBConnection,
	database: Database,
	candidates: readonly Candidate[],
): Promise<void> {
	const latest = await latestOf(connection, database);
	const growth = noGrowth();
	const reread = new Map<string, Series | undefined>();
	const accepted = await transact(connection, async () => {
		const stored = await storedBefore(duckdb, connection, database, latest, candidates);
		const accepted = resolveConflicts(database, candidates, stored, growth);
		if (accepted.length === 0) return accepted;
		await outdateLatest(connection, database);
		await store(duckdb, connection, database, accepted, growth);
		for (const [key, series] of bereavedSeries(latest, accepted)) {
			reread.set(key, await findSeries(connection, database.schema, series));
		}
		return accepted;
	});
	if (accepted.length === 0) return;
	database.latestKept = false;
	if (hasGrown(growth)) publishLayout(database);
	for (const {record} of accepted) noteRecord(database.layout, latest, record);
	for (const [key, found] of reread) {
		const series = latest.series.get(key)!;
		if (found !== undefined) series.samples = found.samples;
		latest.changed(series);
	}
}

async function store(
	duckdb: DuckDb,
	connection: DuckDBConnection,
	{id, schema, layout}: Database,
	accepted: readonly Accepted[],
	growth: Growth,
): Promise<void> {
	const rest = slices();
	if (hasGrown(growth)) {
		await keepGrowth(connection, {id, schema}, growth);
		await keepView(connection, schema, layout);
	}
	for (const [key, own] of Map.groupBy(accepted, ({record}) => record.form.shape)) {
		const shape = layout.shapes.get(key)!;
		const replaced = own.flatMap(({stored}) => stored?.rowid ?? []);
		if (replaced.length > 0) {
			await connection.run(
				`DELETE FROM ${shapeTable(schema, shape)} WHERE rowid IN (${replaced.join(', ')})`,
			);
		}
		for (let from = 0; from < own.length; from += appendedRecords) {
			const records = own.slice(from, from + appendedRecords).map(({record}) => record);
			await appendRecords(duckdb, connection, schema, shape, records);
			await rest();
		}
	}
}
