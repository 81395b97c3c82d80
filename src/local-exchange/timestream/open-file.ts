import type {DuckDBConnection, DuckDBInstance} from '@duckdb/node-api';
import {prepareFile} from './database.ts';
import type {DuckDb} from './rows.ts';
import {installDialect} from './sql/dialect.ts';

/** DuckDB is an optional dependency: it is not installed, or there is none for this machine. */
export class EngineMissing extends Error {
	override readonly name = 'EngineMissing';

	constructor(cause: unknown) {
		super('local time series need the package @duckdb/node-api: it is not installed, or does not run here', {
			cause,
		});
	}
}

/** The engine's file cannot be used: another process has it, or it is damaged. */
export class EngineFileError extends Error {
	override readonly name = 'EngineFileError';
	readonly reason: 'busy' | 'damaged' | 'unreadable';

	constructor(file: string, reason: EngineFileError['reason'], cause: unknown) {
		const why = {
			busy: 'another process has it open',
			damaged: 'not a file of time series, or damaged',
			unreadable: `cannot be opened (${firstLine(cause)})`,
		};
		super(`${file}: ${why[reason]}`, {cause});
		this.reason = reason;
	}
}

export type OpenFile = {
	readonly duckdb: DuckDb;
	readonly instance: DuckDBInstance;
	/** The only one that writes. */
	readonly connection: DuckDBConnection;
};

const openFiles = new Set<string>();

/**
 * Opens or creates the file and locks DuckDB's settings. Queries can then reach no other file and no setting; what
 * they do not fit into memory goes to `FILE.tmp/`, what is not yet in the file is in `FILE.wal`.
 */
export async function openFile(file: string): Promise<OpenFile> {
	const duckdb = await loadDuckDb();
	// DuckDB would open a file twice in one process, and lose what is written.
	if (openFiles.has(file)) throw new EngineFileError(file, 'busy', undefined);
	openFiles.add(file);
	let instance: DuckDBInstance | undefined;
	try {
		instance = await duckdb.DuckDBInstance.create(file, {
			// Macros with typed parameters can be stored from here on.
			storage_compatibility_version: 'v1.4.0',
			threads: '2',
			memory_limit: '512MB',
			autoload_known_extensions: 'false',
			autoinstall_known_extensions: 'false',
		});
		const connection = await instance.connect();
		await prepareFile(connection);
		await installDialect(connection);
		await connection.run('SET GLOBAL enable_external_access = false');
		await connection.run('SET GLOBAL lock_configuration = true');
		return {duckdb, instance, connection};
	} catch (error) {
		instance?.closeSync();
		openFiles.delete(file);
		throw fileError(file, error);
	}
}

/** Lets go of the file. Connections of it must be closed. */
export function closeFile(file: string, {instance, connection}: OpenFile): void {
	connection.closeSync();
	instance.closeSync();
	openFiles.delete(file);
}

async function loadDuckDb(): Promise<DuckDb> {
	try {
		return await import('@duckdb/node-api');
	} catch (error) {
		throw new EngineMissing(error);
	}
}

function fileError(file: string, error: unknown): unknown {
	const message = firstLine(error);
	if (/Could not set lock/.test(message)) return new EngineFileError(file, 'busy', error);
	if (/not a valid DuckDB|Corrupt|checksum|Serialization Error|INTERNAL/i.test(message)) {
		return new EngineFileError(file, 'damaged', error);
	}
	return /^IO Error/.test(message) ? new EngineFileError(file, 'unreadable', error) : error;
}

function firstLine(error: unknown): string {
	return error instanceof Error ? error.message.split('\n', 1)[0]! : String(error);
}
