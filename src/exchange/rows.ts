import type {DirectoryEntry, Entry, FileEntry} from '../shell/ports.ts';
import type {ListDirectoryQuery} from './operations/generated.ts';

/** A directory's `contents` as the Exchange answers and the cache keeps them. */
export type Contents = NonNullable<ListDirectoryQuery['storage_getDataStoreDirectory']>['contents'];
export type Row = NonNullable<NonNullable<Contents>[number]>;

/** Contents with the entries made of them. */
type Known = {readonly contents: Contents; readonly entries: readonly Entry[]};

/**
 * Rows without their object, null rows and a null list are absent things. A row that was `known` before
 * keeps its entry: an edit of a listing leaves the others as they are.
 */
export function toEntries(contents: Contents, known?: Known): readonly Entry[] {
	const before = known && new Map(present(known.contents).map((row, at) => [row, known.entries[at]!]));
	return present(contents).map(row => before?.get(row) ?? toEntry(row));
}

function present(contents: Contents): readonly Row[] {
	return (contents ?? []).filter((row): row is Row => Boolean(row?.dataStoreFile ?? row?.dataStoreDirectory));
}

/**
 * A fresh answer with the rows, and where all are the same with the list, that are known already: what
 * is memoised on them stays good. A tenth of the time of a general deep comparison.
 */
export function keepKnownRows(known: Contents | undefined, fresh: Contents): Contents {
	if (!known || !fresh) return fresh;
	let byId: Map<string | undefined, Row | null> | undefined;
	let same = known.length === fresh.length;
	const rows = fresh.map((row, index) => {
		const inPlace = known[index];
		if (sameRow(inPlace, row)) return inPlace ?? row;
		same = false;
		byId ??= new Map(known.map(other => [rowId(other), other]));
		const moved = byId.get(rowId(row));
		return sameRow(moved, row) ? (moved ?? row) : row;
	});
	return same ? known : rows;
}

function sameRow(one: Row | null | undefined, other: Row | null): boolean {
	if (!one || !other) return one === other;
	const [file, otherFile] = [one.dataStoreFile, other.dataStoreFile];
	if (file && otherFile) {
		return (
			file.dataStoreFileId === otherFile.dataStoreFileId &&
			file.name === otherFile.name &&
			file.fileExtension === otherFile.fileExtension &&
			file.storageSizeBytes === otherFile.storageSizeBytes &&
			file.s3ConfirmedUpload === otherFile.s3ConfirmedUpload &&
			file.lastModified === otherFile.lastModified
		);
	}
	const [directory, otherDirectory] = [one.dataStoreDirectory, other.dataStoreDirectory];
	return (
		file === otherFile &&
		directory?.dataStoreDirectoryId === otherDirectory?.dataStoreDirectoryId &&
		directory?.name === otherDirectory?.name
	);
}

/** Changes to rows, by the id of what is in them; null where it is gone. */
export type RowChanges = ReadonlyMap<string, Row | null>;

/** Changed rows are in the places of the old ones, new ones at the end. */
export function withChanges(contents: Contents, changes: RowChanges): Contents {
	const rows: (Row | null)[] = [];
	const added = new Map(changes);
	for (const row of contents ?? []) {
		const id = rowId(row) ?? '';
		const change = changes.get(id);
		added.delete(id);
		if (change === undefined) rows.push(row);
		else if (change) rows.push(change);
	}
	for (const row of added.values()) if (row) rows.push(row);
	return rows;
}

/** The row a listing would have for `entry`. */
export function toRow(entry: Entry): Row {
	const {objectType, ...object} = entry;
	return 'dataStoreFileId' in object
		? {objectType, dataStoreDirectory: null, dataStoreFile: object}
		: {objectType, dataStoreDirectory: object, dataStoreFile: null};
}

function rowId(row: Row | null): string | undefined {
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

/** Of a row that has its object. */
function toEntry({dataStoreDirectory, dataStoreFile}: Row): Entry {
	return dataStoreFile ? fileEntry(dataStoreFile) : directoryEntry(dataStoreDirectory!);
}
