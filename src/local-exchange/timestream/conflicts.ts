import type {DuckDBConnection} from '@duckdb/node-api';
import type {CheckedRecord} from './check-record.ts';
import type {Database} from './database.ts';
import type {Latest} from './latest.ts';
import type {Growth} from './layout.ts';
import {roomMaker} from './make-room.ts';
import type {DuckDb} from './rows.ts';
import type {Scalar} from './scalars.ts';
import {recordKey, type StoredRow, storedRows} from './stored-rows.ts';

/** A good record, and whom to tell when it cannot be taken all the same. */
export type Candidate = {
	readonly record: CheckedRecord;
	readonly reject: (reason: string, existingVersion?: bigint) => void;
};

/** A record that goes in, and the stored one that it replaces. */
export type Accepted = {readonly record: CheckedRecord; readonly stored: StoredRow | undefined};

/** The stored records that candidates may be in conflict with, by `recordKey`. */
export async function storedBefore(
	duckdb: DuckDb,
	connection: DuckDBConnection,
	{schema, layout}: Database,
	latest: Latest,
	candidates: readonly Candidate[],
): Promise<ReadonlyMap<string, StoredRow>> {
	// What is newer than all of its series, as live data is, need not be looked for.
	const doubtful = candidates.flatMap(({record}) => {
		const newest = latest.series.get(record.series)?.newest;
		return newest !== undefined && record.source.time <= newest ? [record] : [];
	});
	const stored = new Map<string, StoredRow>();
	for (const [key, records] of Map.groupBy(doubtful, ({form}) => form.shape)) {
		const rows = await storedRows(duckdb, connection, schema, layout.shapes.get(key)!, records);
		for (const [recordKey, row] of rows) stored.set(recordKey, row);
	}
	return stored;
}

/**
 * Decides on each candidate as if it came alone, after those before it: a higher version replaces, the same values
 * again are fine and change nothing, anything else is rejected. Makes room in the layout for what is accepted.
 */
export function resolveConflicts(
	{layout}: Database,
	candidates: readonly Candidate[],
	stored: ReadonlyMap<string, StoredRow>,
	growth: Growth,
): readonly Accepted[] {
	const makeRoom = roomMaker(layout, growth);
	const bySeries = new Map<string, Map<bigint, Accepted>>();
	for (const {record, reject} of candidates) {
		const {time, version} = record.source;
		const accepted = bySeries.get(record.series) ?? new Map<bigint, Accepted>();
		const earlier = accepted.get(time);
		const row =
			earlier !== undefined || stored.size === 0
				? earlier?.stored
				: stored.get(recordKey(record.series, time));
		const existing = earlier?.record.source.version ?? row?.version;
		if (existing !== undefined && version <= existing) {
			const values = earlier === undefined ? row!.values : valuesOf(earlier.record);
			if (!hasValues(record, values)) reject(conflict(version, existing), existing);
			continue;
		}
		const problem = makeRoom(record.form);
		if (problem !== undefined) reject(problem);
		else bySeries.set(record.series, accepted.set(time, {record, stored: row}));
	}
	return [...bySeries.values()].flatMap(accepted => [...accepted.values()]);
}

/** In Timestream's words. */
function conflict(version: bigint, existing: bigint): string {
	return version < existing
		? `The record version ${version} is lower than the existing version ${existing}. ` +
				'A higher version is required to update the measure value.'
		: 'A record already exists with the same time, dimensions, measure name, and record version. ' +
				'A higher record version must be specified in order to update the measure value. ' +
				'Specifying record version is supported by the latest SDKs.';
}

function valuesOf({form, values}: CheckedRecord): ReadonlyMap<string, Scalar> {
	return new Map(form.attributes.map((attribute, index) => [attribute, values[index]!]));
}

function hasValues({form, values}: CheckedRecord, others: ReadonlyMap<string, Scalar>): boolean {
	if (values.length !== others.size) return false;
	return form.attributes.every((attribute, index) => others.get(attribute) === values[index]);
}
