import type {Database} from './database.ts';
import {newId} from './ids.ts';
import {sharedWith} from './rights.ts';
import {sqlName} from './sql-names.ts';

export type DatabaseRow = {
	readonly timeSeriesDbId: string;
	readonly name: string;
	readonly description: string | null;
	readonly ownerUserId: string;
	/** What SQL calls it; stays when the database is renamed. */
	readonly databaseName: string;
	readonly tableName: string;
	/** The sample it was made from; null for people's own. */
	readonly sample: string | null;
	/** 1, or 0 while the sample's data is still to be loaded. */
	readonly loaded: number;
};

export type NewDatabase = {
	readonly name: string;
	readonly description: string | null;
	readonly ownerUserId: string;
	readonly sample?: string;
};

export type Databases = {
	/** Those that the user owns, or sees through a collaborative. */
	readonly list: (userId: string) => DatabaseRow[];
	readonly get: (timeSeriesDbId: string) => DatabaseRow | undefined;
	/** With `sample`, its data is still to be loaded. */
	readonly create: (database: NewDatabase) => DatabaseRow;
	/** Leaves what is null as it is. */
	readonly update: (timeSeriesDbId: string, name: string | null, description: string | null) => void;
	/** Its data is there. */
	readonly loaded: (timeSeriesDbId: string) => void;
	/** In a transaction. Notes that its data is still to be removed. */
	readonly remove: (timeSeriesDbId: string) => void;
	/** Databases that are gone but for their data. */
	readonly removed: () => string[];
	/** Nothing is left of it. */
	readonly forget: (timeSeriesDbId: string) => void;
};

const tableName = 'samples';

/** The time-series databases, in the order they were made. What they hold is the engine's. */
export function databases(database: Database): Databases {
	const readable = database.prepare(
		`SELECT * FROM databases WHERE ownerUserId = ?1
		OR timeSeriesDbId IN (${sharedWith('TIME_SERIES_DB')}) ORDER BY rowid`,
	);
	const byId = database.prepare('SELECT * FROM databases WHERE timeSeriesDbId = ?');
	const byDatabaseName = database.prepare('SELECT 1 FROM databases WHERE databaseName = ?');
	const insert = database.prepare('INSERT INTO databases VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
	const update = database.prepare(
		'UPDATE databases SET name = coalesce(?, name), description = coalesce(?, description) WHERE timeSeriesDbId = ?',
	);
	const setLoaded = database.prepare('UPDATE databases SET loaded = 1 WHERE timeSeriesDbId = ?');
	const drop = database.prepare('DELETE FROM databases WHERE timeSeriesDbId = ?');
	const note = database.prepare('INSERT INTO removedDatabases VALUES (?)');
	const noted = database.prepare('SELECT timeSeriesDbId FROM removedDatabases');
	const forget = database.prepare('DELETE FROM removedDatabases WHERE timeSeriesDbId = ?');
	const get = (id: string) => byId.get(id) as DatabaseRow | undefined;
	return {
		list: userId => readable.all(userId) as DatabaseRow[],
		get,
		create: ({name, description, ownerUserId, sample}) => {
			const id = newId('timeSeriesDbId');
			const databaseName = sqlName(name, candidate => byDatabaseName.get(candidate) !== undefined);
			const loaded = sample === undefined ? 1 : 0;
			insert.run(id, name, description, ownerUserId, databaseName, tableName, sample ?? null, loaded);
			return get(id)!;
		},
		update: (id, name, description) => {
			update.run(name, description, id);
		},
		loaded: id => {
			setLoaded.run(id);
		},
		remove: id => {
			drop.run(id);
			note.run(id);
		},
		removed: () => noted.all().map(row => String(row.timeSeriesDbId)),
		forget: id => {
			forget.run(id);
		},
	};
}
