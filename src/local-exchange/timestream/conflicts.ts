import type {DuckDBConnection} from '@duckdb/node-api';
import type {CheckedRecord} from './check-record.ts';
import type {Database} from './database.ts';
import type {Latest} from './latest.ts';
import {type Growth, makeRoom} from './layout.ts';
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
	for (const [key, records] of Map.groupBy(doubtful, ({shape}) => shape)) {
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
	const accepted = new Map<string, Accepted>();
	for (const {record, reject} of candidates) {
		const key = recordKey(record.series, record.source.time);
		const earlier = accepted.get(key);
		const row = earlier === undefined ? stored.get(key) : earlier.stored;
		const {version} = record.source;
		const existing = earlier?.record.source.version ?? row?.version;
		if (existing !== undefined && version <= existing) {
			const values = earlier === undefined ? row!.values : valuesOf(earlier.record);
			if (!hasValues(record, values)) reject(conflict(version, existing), existing);
			continue;
		}
		const problem = makeRoom(layout, record, growth);
		if (problem !== undefined) reject(problem);
		else accepted.set(key, {record, stored: row});
	}
	return [...accepted.values()];
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

function valuesOf({source, values}: CheckedRecord): ReadonlyMap<string, Scalar> {
	return new Map(source.values.map(({name}, index) => [attributeOf(source, name), values[index]!]));
}

function hasValues({source, values}: CheckedRecord, others: ReadonlyMap<string, Scalar>): boolean {
	if (values.length !== others.size) return false;
	return source.values.every(({name}, index) => others.get(attributeOf(source, name)) === values[index]);
}

/** What a value of a record is a sample of. */
export function attributeOf({multi, measureName}: CheckedRecord['source'], name: string): string {
	return multi ? name : measureName;
}
