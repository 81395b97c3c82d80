import type {DirectoryEntry, Entry, FileEntry} from '../shell/ports.ts';
import type {ListDirectoryQuery} from './operations/generated.ts';

/** A directory's `contents` as the Exchange answers and the cache keeps them. */
export type Contents = NonNullable<ListDirectoryQuery['storage_getDataStoreDirectory']>['contents'];
export type Row = NonNullable<NonNullable<Contents>[number]>;

/** One entry a row, for as long as the row is kept: an edit of a listing leaves the others as they are. */
const entries = new WeakMap<Row, Entry>();

/** Rows without their object, null rows and a null list are absent things. */
export function toEntries(contents: Contents): readonly Entry[] {
	const listed: Entry[] = [];
	for (const row of contents ?? []) {
		const entry = row && (entries.get(row) ?? toEntry(row));
		if (!entry) continue;
		entries.set(row, entry);
		listed.push(entry);
	}
	return listed;
}

/** The row a listing would have for `entry`. */
export function toRow(entry: Entry): Row {
	const {objectType, ...object} = entry;
	return 'dataStoreFileId' in object
		? {objectType, dataStoreDirectory: null, dataStoreFile: object}
		: {objectType, dataStoreDirectory: object, dataStoreFile: null};
}

export function rowId(row: Row | null): string | undefined {
	return row?.dataStoreFile?.dataStoreFileId ?? row?.dataStoreDirectory?.dataStoreDirectoryId;
}

export function directoryEntry({
	dataStoreDirectoryId,
	name,
}: {
	readonly dataStoreDirectoryId: string;
	readonly name: string;
}): DirectoryEntry {
	return {objectType: 'DIRECTORY', dataStoreDirectoryId, name};
}

/** Nothing else of `file`, such as the cache's `__typename`, gets into the entry. */
export function fileEntry(file: Omit<FileEntry, 'objectType'>): FileEntry {
	return {
		objectType: 'FILE',
		dataStoreFileId: file.dataStoreFileId,
		name: file.name,
		fileExtension: file.fileExtension,
		storageSizeBytes: file.storageSizeBytes,
		s3ConfirmedUpload: file.s3ConfirmedUpload,
		lastModified: file.lastModified,
	};
}

function toEntry({dataStoreDirectory, dataStoreFile}: Row): Entry | null {
	if (dataStoreFile) return fileEntry(dataStoreFile);
	return dataStoreDirectory && directoryEntry(dataStoreDirectory);
}
