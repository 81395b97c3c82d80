import type {DatabaseSync} from 'node:sqlite';
import {migrations} from './migrations.ts';

export type Database = DatabaseSync;

/** Node 22 warns on stderr that SQLite is experimental: that would land in the middle of the shell's screen. */
export function loadSqlite(): typeof import('node:sqlite') {
	const {emitWarning} = process;
	process.emitWarning = () => {};
	try {
		return process.getBuiltinModule('node:sqlite');
	} finally {
		process.emitWarning = emitWarning;
	}
}

/**
 * Opens or creates the catalogue at `file`, at the newest version. What a statement or transaction has
 * committed survives kill -9 and, as far as the disk keeps its word, a power cut.
 */
export function openDatabase(file: string): Database {
	const {DatabaseSync} = loadSqlite();
	const database = new DatabaseSync(file);
	try {
		database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
		database.exec('PRAGMA busy_timeout = 5000');
		migrate(database);
	} catch (error) {
		database.close();
		throw error;
	}
	return database;
}

function migrate(database: Database): void {
	const version = Number(database.prepare('PRAGMA user_version').get()?.user_version);
	if (version > migrations.length) {
		throw new Error(`the data directory was written by a newer adx-shell (catalogue version ${version})`);
	}
	for (const [index, sql] of migrations.entries()) {
		if (index >= version) {
			transact(database, () => database.exec(`${sql}; PRAGMA user_version = ${index + 1}`));
		}
	}
}

/** Runs `work` as one transaction: all of it or nothing. It must be synchronous and must not nest. */
export function transact<T>(database: Database, work: () => T): T {
	database.exec('BEGIN IMMEDIATE');
	try {
		const result = work();
		database.exec('COMMIT');
		return result;
	} catch (error) {
		database.exec('ROLLBACK');
		throw error;
	}
}
