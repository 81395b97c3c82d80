import type {Database} from './database.ts';
import {newId} from './ids.ts';

export type FileRow = {
	readonly dataStoreFileId: string;
	readonly dataStoreId: string;
	readonly dataStoreDirectoryId: string;
	readonly name: string;
	readonly fileExtension: string;
	readonly description: string | null;
	readonly storageSizeBytes: number | null;
	/** 1 or 0. */
	readonly s3ConfirmedUpload: number;
	readonly lastModified: string;
	readonly contentType: string;
	readonly ownerUserId: string;
	/** Where the bytes are: `storageSizeBytes` of this blob from `blobOffset` on. Null while unconfirmed. */
	readonly blob: string | null;
	readonly blobOffset: number;
};

export type NewFile = {
	readonly dataStoreId: string;
	readonly dataStoreDirectoryId: string;
	readonly name: string;
	readonly fileExtension: string;
	readonly description: string | null;
	readonly lastModified: string;
	readonly contentType: string;
	readonly ownerUserId: string;
};

export type Bytes = {readonly blob: string; readonly offset: number; readonly size: number};

export type Files = {
	readonly get: (dataStoreFileId: string) => FileRow | undefined;
	/** In the order they were made. */
	readonly inDirectory: (dataStoreDirectoryId: string) => FileRow[];
	/** A record without bytes; answers with its id. */
	readonly create: (file: NewFile) => string;
	/** Gives the record its bytes. False when the record is gone. */
	readonly confirm: (dataStoreFileId: string, bytes: Bytes, lastModified: string) => boolean;
	/** Leaves what is null as it is. */
	readonly update: (
		dataStoreFileId: string,
		change: {dataStoreDirectoryId: string | null; name: string | null; description: string | null},
	) => void;
	readonly remove: (dataStoreFileId: string) => void;
	/** Removes records that got no bytes though their upload began before `time` (ISO 8601). */
	readonly removeAbandoned: (time: string) => void;
	/** Which of `blobs` no file refers to any more. */
	readonly unreferenced: (blobs: readonly string[]) => string[];
	/** Every blob that some file refers to. */
	readonly blobs: () => Set<string>;
};

export function files(database: Database): Files {
	const byId = database.prepare('SELECT * FROM files WHERE dataStoreFileId = ?');
	const byDirectory = database.prepare('SELECT * FROM files WHERE dataStoreDirectoryId = ? ORDER BY rowid');
	const insert = database.prepare('INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, NULL, 0, ?, ?, ?, NULL, 0)');
	const confirm = database.prepare(
		`UPDATE files SET s3ConfirmedUpload = 1, blob = ?, blobOffset = ?, storageSizeBytes = ?, lastModified = ?
		WHERE dataStoreFileId = ?`,
	);
	const update = database.prepare(
		`UPDATE files SET dataStoreDirectoryId = coalesce(?, dataStoreDirectoryId), name = coalesce(?, name),
		description = coalesce(?, description) WHERE dataStoreFileId = ?`,
	);
	const remove = database.prepare('DELETE FROM files WHERE dataStoreFileId = ?');
	const removeAbandoned = database.prepare(
		`DELETE FROM files WHERE s3ConfirmedUpload = 0
		AND dataStoreFileId IN (SELECT dataStoreFileId FROM uploads WHERE created < ?)`,
	);
	const byBlob = database.prepare('SELECT 1 FROM files WHERE blob = ? LIMIT 1');
	const blobs = database.prepare('SELECT DISTINCT blob FROM files WHERE blob IS NOT NULL');
	return {
		get: id => byId.get(id) as FileRow | undefined,
		inDirectory: id => byDirectory.all(id) as FileRow[],
		create: file => {
			const id = newId('dataStoreFileId');
			insert.run(
				id,
				file.dataStoreId,
				file.dataStoreDirectoryId,
				file.name,
				file.fileExtension,
				file.description,
				file.lastModified,
				file.contentType,
				file.ownerUserId,
			);
			return id;
		},
		confirm: (id, {blob, offset, size}, lastModified) =>
			Number(confirm.run(blob, offset, size, lastModified, id).changes) === 1,
		update: (id, {dataStoreDirectoryId, name, description}) => {
			update.run(dataStoreDirectoryId, name, description, id);
		},
		remove: id => {
			remove.run(id);
		},
		removeAbandoned: time => {
			removeAbandoned.run(time);
		},
		unreferenced: candidates => candidates.filter(blob => byBlob.get(blob) === undefined),
		blobs: () => new Set(blobs.all().map(row => String(row.blob))),
	};
}
