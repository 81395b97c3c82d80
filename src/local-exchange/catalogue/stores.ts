import type {Database} from './database.ts';
import {newId} from './ids.ts';
import {sharedWith} from './rights.ts';

export type StoreRow = {
	readonly dataStoreId: string;
	readonly name: string;
	readonly description: string | null;
	readonly ownerUserId: string;
	readonly homeDirectoryId: string;
};

export type Stores = {
	/** Those that the user owns, or sees through a collaborative. */
	readonly list: (userId: string) => StoreRow[];
	readonly get: (dataStoreId: string) => StoreRow | undefined;
	/** With its home directory: two rows, so do it in a transaction. */
	readonly create: (store: {name: string; description: string | null; ownerUserId: string}) => StoreRow;
	/** Leaves what is null as it is. */
	readonly update: (dataStoreId: string, name: string | null, description: string | null) => void;
	/** With everything in it, in a transaction; answers with the blobs its files had. */
	readonly remove: (dataStoreId: string) => string[];
};

/** The data stores, in the order they were made. */
export function stores(database: Database): Stores {
	const readable = database.prepare(
		`SELECT * FROM stores WHERE ownerUserId = ?1 OR dataStoreId IN (${sharedWith('DATA_STORE')}) ORDER BY rowid`,
	);
	const byId = database.prepare('SELECT * FROM stores WHERE dataStoreId = ?');
	const insert = database.prepare('INSERT INTO stores VALUES (?, ?, ?, ?, ?)');
	const insertHome = database.prepare("INSERT INTO directories VALUES (?, ?, NULL, '/', ?)");
	const update = database.prepare(
		'UPDATE stores SET name = coalesce(?, name), description = coalesce(?, description) WHERE dataStoreId = ?',
	);
	const blobs = database.prepare(
		'SELECT DISTINCT blob FROM files WHERE dataStoreId = ? AND blob IS NOT NULL',
	);
	const get = (id: string) => byId.get(id) as StoreRow | undefined;
	return {
		list: userId => readable.all(userId) as StoreRow[],
		get,
		create: ({name, description, ownerUserId}) => {
			const dataStoreId = newId('dataStoreId');
			const homeDirectoryId = newId('dataStoreDirectoryId');
			insert.run(dataStoreId, name, description, ownerUserId, homeDirectoryId);
			insertHome.run(homeDirectoryId, dataStoreId, ownerUserId);
			return get(dataStoreId)!;
		},
		update: (id, name, description) => {
			update.run(name, description, id);
		},
		remove: id => {
			const gone = blobs.all(id).map(row => String(row.blob));
			for (const table of ['files', 'directories', 'stores']) {
				database.prepare(`DELETE FROM ${table} WHERE dataStoreId = ?`).run(id);
			}
			return gone;
		},
	};
}
