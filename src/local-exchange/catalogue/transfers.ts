import type {Database} from './database.ts';
import {newId} from './ids.ts';

export type ArchiveMember =
	| {readonly objectType: 'FILE'; readonly dataStoreFileId: string}
	| {readonly objectType: 'DIRECTORY'; readonly dataStoreDirectoryId: string};

export type Transfers = {
	/** Notes that bytes for this file are to come; answers with the upload's id. */
	readonly beginUpload: (dataStoreFileId: string) => string;
	/** The file that an upload is for; undefined when it, or the upload, is gone. */
	readonly fileOfUpload: (uploadId: string) => string | undefined;
	/** Notes what an archive is to hold; answers with its id. */
	readonly createArchive: (members: readonly ArchiveMember[]) => string;
	readonly archive: (archiveId: string) => readonly ArchiveMember[] | undefined;
	/** Forgets uploads and archives made before `time` (ISO 8601). */
	readonly forgetBefore: (time: string) => void;
};

/** What presigned URLs stand for. `now` in epoch ms. */
export function transfers(database: Database, now: () => number): Transfers {
	const insertUpload = database.prepare('INSERT INTO uploads VALUES (?, ?, ?)');
	const upload = database.prepare('SELECT dataStoreFileId FROM uploads WHERE uploadId = ?');
	const insertArchive = database.prepare('INSERT INTO archives VALUES (?, ?, ?)');
	const archive = database.prepare('SELECT objects FROM archives WHERE archiveId = ?');
	const forget = ['uploads', 'archives'].map(table =>
		database.prepare(`DELETE FROM ${table} WHERE created < ?`),
	);
	const time = () => new Date(now()).toISOString();
	return {
		beginUpload: dataStoreFileId => {
			const uploadId = newId('uploadId');
			insertUpload.run(uploadId, dataStoreFileId, time());
			return uploadId;
		},
		fileOfUpload: uploadId => upload.get(uploadId)?.dataStoreFileId as string | undefined,
		createArchive: members => {
			const archiveId = newId('archiveId');
			insertArchive.run(archiveId, JSON.stringify(members), time());
			return archiveId;
		},
		archive: archiveId => {
			const row = archive.get(archiveId);
			return row === undefined ? undefined : JSON.parse(String(row.objects));
		},
		forgetBefore: before => {
			for (const statement of forget) statement.run(before);
		},
	};
}
