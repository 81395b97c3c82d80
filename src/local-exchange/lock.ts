import {rmSync} from 'node:fs';
import {setTimeout as pause} from 'node:timers/promises';
import {loadSqlite} from './catalogue/database.ts';
import {type DataDirectory, dataDirectory} from './data-directory.ts';
import {isAlive} from './liveness.ts';
import {readIfThere, replacePrivateFile} from './private-file.ts';

/** What `exchange.lock` says: who serves the data directory, and where. */
export type LockRecord = {
	readonly pid: number;
	readonly endpoint: string;
	/** ISO 8601. */
	readonly startedAt: string;
};

/** Another process serves the data directory. */
export class LocalExchangeBusy extends Error {
	override readonly name = 'LocalExchangeBusy';
	/** Where it answers; undefined when it holds the directory but does not answer. */
	readonly endpoint: string | undefined;

	constructor(directory: string, endpoint: string | undefined) {
		super(
			endpoint === undefined
				? `${directory}: another process holds this data directory but does not answer`
				: `${directory}: a local exchange already serves it at ${endpoint}`,
		);
		this.endpoint = endpoint;
	}
}

export type Lock = {
	/** Tells others where to find us. Replaces what a crashed owner left. */
	readonly announce: (endpoint: string) => void;
	readonly release: () => void;
};

const retryMs = 50;
const patienceMs = 10_000;

/**
 * Makes this process the one owner of the directory. What decides is a lock of the operating system on the
 * guard file: it ends with its process however that ends, so there is no stale lock to steal and no race in
 * stealing it. Throws LocalExchangeBusy with the owner's endpoint.
 */
export async function acquireLock(directory: DataDirectory): Promise<Lock> {
	const deadline = Date.now() + patienceMs;
	for (;;) {
		const guard = lockGuard(directory.guard);
		if (guard !== undefined) return lockOf(directory, guard);
		// The owner may just be starting (no record yet) or ending (gone in a moment).
		const record = readLock(directory);
		const token = readIfThere(directory.token);
		const alive = record && token && (await isAlive(record.endpoint, token));
		if (alive) throw new LocalExchangeBusy(directory.root, record.endpoint);
		if (Date.now() > deadline) throw new LocalExchangeBusy(directory.root, undefined);
		await pause(retryMs);
	}
}

/** The local exchange that serves `directory` right now; undefined when none does, also after a crash. */
export async function findLocalExchange(
	directory: string,
): Promise<{endpoint: string; token: string} | undefined> {
	const files = dataDirectory(directory);
	const record = readLock(files);
	const token = readIfThere(files.token);
	if (record === undefined || !token) return undefined;
	return (await isAlive(record.endpoint, token)) ? {endpoint: record.endpoint, token} : undefined;
}

/** What the owner, or a crashed one, has announced. */
function readLock(directory: DataDirectory): LockRecord | undefined {
	try {
		const record: Partial<LockRecord> = JSON.parse(readIfThere(directory.lock) ?? '');
		return typeof record.endpoint === 'string' ? (record as LockRecord) : undefined;
	} catch {
		return undefined;
	}
}

function lockOf(directory: DataDirectory, guard: {close: () => void}): Lock {
	return {
		announce: endpoint => {
			const record: LockRecord = {pid: process.pid, endpoint, startedAt: new Date().toISOString()};
			replacePrivateFile(directory.lock, `${JSON.stringify(record)}\n`);
		},
		release: () => {
			rmSync(directory.lock, {force: true});
			guard.close();
		},
	};
}

/** SQLite's exclusive lock on an otherwise empty database; undefined when another process has it. */
function lockGuard(path: string): {close: () => void} | undefined {
	const {DatabaseSync} = loadSqlite();
	const guard = new DatabaseSync(path);
	try {
		guard.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = OFF; BEGIN EXCLUSIVE');
		return guard;
	} catch (error) {
		guard.close();
		if (/locked/.test((error as Error).message)) return undefined;
		throw error;
	}
}
