import {setImmediate as breathe} from 'node:timers/promises';
import type {Catalogue} from '../catalogue/catalogue.ts';
import type {DatabaseRow} from '../catalogue/databases.ts';
import type {SampleDatabase} from '../sample/sample-database.ts';
import type {Engine} from './engine.ts';
import type {StoredRecord} from './types.ts';

/** The sample that a database was made from; undefined for people's own. */
export async function sampleOf({sample}: DatabaseRow): Promise<SampleDatabase | undefined> {
	if (sample === null) return undefined;
	const {sampleDatabases} = await import('../sample/databases.ts');
	const {othersDatabases} = await import('../sample/others.ts');
	return [...sampleDatabases(), ...othersDatabases()].find(({name}) => name === sample);
}

/**
 * Puts the data of a sample into its database, all or nothing: what an interrupted attempt has left goes first.
 * An abort of `signal` interrupts it.
 */
export async function loadSample(
	row: DatabaseRow,
	sample: SampleDatabase,
	engine: Engine,
	catalogue: Catalogue,
	signal: AbortSignal,
): Promise<void> {
	const {timeSeriesDbId} = row;
	if ((await engine.measures(timeSeriesDbId)).length > 0) {
		await engine.removeDatabase(timeSeriesDbId);
		await engine.createDatabase(row);
	}
	await engine.load(timeSeriesDbId, breathing(sample.records, signal));
	catalogue.databases.loaded(timeSeriesDbId);
}

/** Lets others have their turn between two batches. */
async function* breathing(
	batches: Iterable<readonly StoredRecord[]>,
	signal: AbortSignal,
): AsyncGenerator<readonly StoredRecord[]> {
	for (const batch of batches) {
		await breathe();
		signal.throwIfAborted();
		yield batch;
	}
}
