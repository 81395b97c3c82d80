import type {Database} from './database.ts';
import {newId} from './ids.ts';

export type DirectoryRow = {
	readonly dataStoreDirectoryId: string;
	readonly dataStoreId: string;
	readonly parentDirectoryId: string | null;
	readonly name: string;
	readonly ownerUserId: string;
	/** 1 for the directory `/` of a store, else 0. */
	readonly homeDirectory: number;
};

export type Directories = {
	readonly get: (dataStoreDirectoryId: string) => DirectoryRow | undefined;
	/** In the order they were made. */
	readonly inDirectory: (dataStoreDirectoryId: string) => DirectoryRow[];
	readonly create: (directory: {
		dataStoreId: string;
		parentDirectoryId: string;
		name: string;
		ownerUserId: string;
	}) => DirectoryRow;
	/** Leaves what is null as it is. */
	readonly update: (id: string, parentDirectoryId: string | null, name: string | null) => void;
	/** Whether `id` is `ancestorId` or lies in it, at any depth. */
	readonly isWithin: (id: string, ancestorId: string) => boolean;
	/** With everything in it, in a transaction; answers with the blobs its files had. */
	readonly remove: (dataStoreDirectoryId: string) => string[];
};

const columns = '*, parentDirectoryId IS NULL AS homeDirectory';
const subtree = `WITH RECURSIVE subtree(id) AS (
	SELECT ? UNION ALL
	SELECT dataStoreDirectoryId FROM directories JOIN subtree ON parentDirectoryId = id
)`;
const ancestors = `WITH RECURSIVE ancestors(id) AS (
	SELECT ? UNION ALL
	SELECT parentDirectoryId FROM directories JOIN ancestors ON dataStoreDirectoryId = id
)`;

export function directories(database: Database): Directories {
	const byId = database.prepare(`SELECT ${columns} FROM directories WHERE dataStoreDirectoryId = ?`);
	const byParent = database.prepare(
		`SELECT ${columns} FROM directories WHERE parentDirectoryId = ? ORDER BY rowid`,
	);
	const insert = database.prepare('INSERT INTO directories VALUES (?, ?, ?, ?, ?)');
	const update = database.prepare(
		`UPDATE directories SET parentDirectoryId = coalesce(?, parentDirectoryId), name = coalesce(?, name)
		WHERE dataStoreDirectoryId = ?`,
	);
	const isAncestor = database.prepare(`${ancestors} SELECT 1 FROM ancestors WHERE id = ? LIMIT 1`);
	const blobs = database.prepare(
		`${subtree} SELECT DISTINCT blob FROM files
		WHERE dataStoreDirectoryId IN (SELECT id FROM subtree) AND blob IS NOT NULL`,
	);
	const removals = ['files', 'directories'].map(table =>
		database.prepare(
			`${subtree} DELETE FROM ${table} WHERE dataStoreDirectoryId IN (SELECT id FROM subtree)`,
		),
	);
	const get = (id: string) => byId.get(id) as DirectoryRow | undefined;
	return {
		get,
		inDirectory: id => byParent.all(id) as DirectoryRow[],
		create: ({dataStoreId, parentDirectoryId, name, ownerUserId}) => {
			const id = newId('dataStoreDirectoryId');
			insert.run(id, dataStoreId, parentDirectoryId, name, ownerUserId);
			return get(id)!;
		},
		update: (id, parentDirectoryId, name) => {
			update.run(parentDirectoryId, name, id);
		},
		isWithin: (id, ancestorId) => isAncestor.get(id, ancestorId) !== undefined,
		remove: id => {
			const gone = blobs.all(id).map(row => String(row.blob));
			for (const removal of removals) removal.run(id);
			return gone;
		},
	};
}
