import type {DuckDBConnection} from '@duckdb/node-api';
import {createDatabase, type Database, latestOf, readDatabases, removeDatabase} from './database.ts';
import {groupedWrites} from './grouped-writes.ts';
import type {LastValue} from './latest.ts';
import {keepLatest} from './latest-file.ts';
import {type Batches, loadEmpty} from './load.ts';
import {closeFile, openFile} from './open-file.ts';
import {plainMessage} from './plain-error.ts';
import {transact} from './transaction.ts';
import type {Measure, RejectedRecord, StoredRecord, Table} from './types.ts';
import {writeBatches} from './write.ts';
import {writeQueue} from './write-queue.ts';

export type {LastValue} from './latest.ts';
export type {Batches} from './load.ts';
export {EngineFileError, EngineMissing} from './open-file.ts';

/**
 * Time-series databases in one file. What a call has changed when it ends survives kill -9. Changes are made one
 * after the other; queries see all of a change or nothing.
 */
export type Engine = {
	/** Does nothing when there is one with this id. */
	readonly createDatabase: (names: Database['names']) => Promise<void>;
	/** With its records. Does nothing when there is none. */
	readonly removeDatabase: (timeSeriesDbId: string) => Promise<void>;
	readonly databaseIds: () => Promise<readonly string[]>;
	readonly table: (timeSeriesDbId: string) => Promise<Table | undefined>;
	/** Those that exist. */
	readonly tables: (timeSeriesDbIds: Iterable<string>) => Promise<readonly Table[]>;
	/** Empty when there is no such database. */
	readonly measures: (timeSeriesDbId: string) => Promise<readonly Measure[]>;
	/**
	 * Writes what it does not reject. Rejections come in the order of the records. Writes that come while another is
	 * under way share a transaction. Throws when there is no such database.
	 */
	readonly write: (
		timeSeriesDbId: string,
		records: readonly StoredRecord[],
	) => Promise<readonly RejectedRecord[]>;
	/**
	 * Many records at once: into an empty database in one transaction, all or nothing. Times may lie in the future.
	 * Throws for the first record that cannot be taken, and when there is no such database.
	 */
	readonly load: (timeSeriesDbId: string, batches: Batches) => Promise<void>;
	/** Sorted by asset. From memory, but for the first time after an opening. */
	readonly lastValues: (timeSeriesDbId: string) => Promise<readonly LastValue[]>;
	/** For one query at a time; the caller closes it. */
	readonly connect: () => Promise<DuckDBConnection>;
	/** Ends when all changes under way have. Closes all connections. */
	readonly close: () => Promise<void>;
};

type Options = {
	/** `FILE.wal` and `FILE.tmp/` belong to it. */
	readonly file: string;
	readonly log?: (line: string) => void;
	/** Epoch, ms: records may not be more than a quarter of an hour ahead of it. */
	readonly now?: () => number;
};

/**
 * Opens or creates a file of time series. Throws EngineMissing where DuckDB is not installed, EngineFileError when
 * the file is damaged or another process has it.
 */
export async function openEngine({file, log = () => {}, now = Date.now}: Options): Promise<Engine> {
	const opened = await openFile(file);
	const {duckdb, instance, connection} = opened;
	const databases = new Map<string, Database>();
	for (const database of await readDatabases(connection)) {
		databases.set(database.names.timeSeriesDbId, database);
	}
	const connections = new Set<WeakRef<DuckDBConnection>>();
	const queue = writeQueue();
	let closed: Promise<void> | undefined;

	/** Runs a task on a database; when it fails, what the file says replaces what is in memory. */
	const change = async <T>(timeSeriesDbId: string, task: (database: Database) => Promise<T>): Promise<T> => {
		const database = databases.get(timeSeriesDbId);
		if (database === undefined) throw new Error(`${timeSeriesDbId}: no such time-series database`);
		try {
			return await task(database);
		} catch (error) {
			// Not even this may work on a file that has failed: what went wrong first is what counts.
			const [fresh] = await readDatabases(connection, timeSeriesDbId).catch(() => []);
			if (fresh !== undefined) databases.set(timeSeriesDbId, fresh);
			throw new Error(plainMessage(error), {cause: error});
		}
	};
	const grouped = groupedWrites(queue, (timeSeriesDbId, batches) =>
		change(timeSeriesDbId, database => writeBatches(duckdb, connection, database, batches, now())),
	);
	const loadMore = async (timeSeriesDbId: string, records: readonly StoredRecord[]) => {
		const [rejected] = await change(timeSeriesDbId, database =>
			writeBatches(duckdb, connection, database, [records], undefined),
		);
		const [first] = rejected ?? [];
		if (first !== undefined) throw new Error(`record ${first.index + 1} of a batch: ${first.reason}`);
	};

	return {
		createDatabase: names =>
			queue.run(async () => {
				const {timeSeriesDbId} = names;
				if (databases.has(timeSeriesDbId)) return;
				databases.set(timeSeriesDbId, await createDatabase(connection, names));
			}),
		removeDatabase: timeSeriesDbId =>
			queue.run(async () => {
				const database = databases.get(timeSeriesDbId);
				if (database === undefined) return;
				await removeDatabase(connection, database);
				databases.delete(timeSeriesDbId);
			}),
		databaseIds: async () => [...databases.keys()],
		table: async timeSeriesDbId => databases.get(timeSeriesDbId)?.table,
		tables: async timeSeriesDbIds => [...timeSeriesDbIds].flatMap(id => databases.get(id)?.table ?? []),
		measures: async timeSeriesDbId => databases.get(timeSeriesDbId)?.measures ?? [],
		write: grouped,
		load: async (timeSeriesDbId, batches) => {
			const wasEmpty = await queue.run(() =>
				change(timeSeriesDbId, async database => {
					if (database.layout.shapes.size > 0) return false;
					await loadEmpty(duckdb, connection, database, batches);
					return true;
				}),
			);
			if (wasEmpty) return;
			for await (const records of batches) await queue.run(() => loadMore(timeSeriesDbId, records));
		},
		lastValues: async timeSeriesDbId => {
			const latest =
				databases.get(timeSeriesDbId)?.latest ??
				(await queue.run(() => change(timeSeriesDbId, database => latestOf(connection, database))));
			return latest.values();
		},
		connect: async () => {
			const given = await instance.connect();
			for (const known of connections) if (known.deref() === undefined) connections.delete(known);
			connections.add(new WeakRef(given));
			return given;
		},
		close: () => (closed ??= close()),
	};

	async function close(): Promise<void> {
		await queue.close();
		await keepAllLatest().catch(error => log(`time series: newest values not kept: ${plainMessage(error)}`));
		for (const known of connections) known.deref()?.closeSync();
		closeFile(file, opened);
	}

	async function keepAllLatest(): Promise<void> {
		await transact(connection, async () => {
			for (const {id, latest, latestKept} of databases.values()) {
				if (latest !== undefined && !latestKept) await keepLatest(duckdb, connection, id, latest);
			}
		});
		await connection.run('CHECKPOINT');
	}
}
