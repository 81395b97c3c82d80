import {ShellError} from '../../src/shell/errors.ts';
import {splitFileName} from '../../src/shell/paths.ts';
import type {DataStore, DirectoryDetails, Entry, FileDetails} from '../../src/shell/ports.ts';

/** A directory's contents by name: text or bytes for a file, a nested tree for a directory. */
export type Tree = {readonly [name: string]: string | Uint8Array | Tree};

type StoredFile = {readonly details: FileDetails; readonly bytes: Uint8Array};

const lastModified = '2026-11-02T17:40:11.000Z';

/** What the clients of one in-memory Exchange share. Ids count up. */
export function memoryWorld(trees: Readonly<Record<string, Tree>>) {
	let lastId = 0;
	const stores: DataStore[] = [];
	const directories = new Map<string, DirectoryDetails>();
	const files = new Map<string, StoredFile>();

	const makeDirectory = (dataStoreId: string, parentDirectoryId: string | null, name: string) => {
		const dataStoreDirectoryId = `dataStoreDirectoryId.${++lastId}`;
		const homeDirectory = parentDirectoryId === null;
		const details: DirectoryDetails = {
			objectType: 'DIRECTORY',
			dataStoreDirectoryId,
			name,
			dataStoreId,
			parentDirectoryId,
			homeDirectory,
		};
		directories.set(dataStoreDirectoryId, details);
		return details;
	};
	const makeFile = (
		dataStoreDirectoryId: string,
		whole: string,
		content: string | Uint8Array,
		description = '',
	) => {
		const dataStoreFileId = `dataStoreFileId.${++lastId}`;
		const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
		const details: FileDetails = {
			objectType: 'FILE',
			dataStoreFileId,
			...splitFileName(whole),
			storageSizeBytes: bytes.length,
			s3ConfirmedUpload: true,
			lastModified,
			dataStoreId: directory(dataStoreDirectoryId).dataStoreId,
			dataStoreDirectoryId,
			description,
			contentType: null,
			ownerUserId: 'user.1',
		};
		files.set(dataStoreFileId, {details, bytes});
		return details;
	};
	const directory = (id: string): DirectoryDetails => {
		const found = directories.get(id);
		if (!found) throw new ShellError('not-found', `${id}: no such directory`);
		return found;
	};
	const file = (id: string): StoredFile => {
		const found = files.get(id);
		if (!found) throw new ShellError('not-found', `${id}: no such file`);
		return found;
	};
	const contentsOf = (id: string): readonly Entry[] => [
		...directories
			.values()
			.filter(({parentDirectoryId}) => parentDirectoryId === id)
			.map(details => rowOf(details)),
		...files
			.values()
			.filter(({details}) => details.dataStoreDirectoryId === id)
			.map(({details}) => rowOf(details)),
	];
	const removeDirectory = (id: string) => {
		for (const entry of contentsOf(id)) {
			if (entry.objectType === 'FILE') files.delete(entry.dataStoreFileId);
			else removeDirectory(entry.dataStoreDirectoryId);
		}
		directories.delete(id);
	};
	const fill = (dataStoreId: string, id: string, tree: Tree) => {
		for (const [name, content] of Object.entries(tree)) {
			if (typeof content === 'string' || content instanceof Uint8Array) makeFile(id, name, content);
			else fill(dataStoreId, makeDirectory(dataStoreId, id, name).dataStoreDirectoryId, content);
		}
	};
	for (const [name, tree] of Object.entries(trees)) {
		const dataStoreId = `dataStoreId.${++lastId}`;
		const homeDirectoryId = makeDirectory(dataStoreId, null, 'home').dataStoreDirectoryId;
		stores.push({dataStoreId, name, description: null, ownerUserId: 'user.1', homeDirectoryId});
		fill(dataStoreId, homeDirectoryId, tree);
	}
	return {stores, directories, files, directory, file, contentsOf, makeDirectory, makeFile, removeDirectory};
}

export type MemoryWorld = ReturnType<typeof memoryWorld>;

/** The part of the details that a listing has. */
export function rowOf(details: DirectoryDetails): Entry & {readonly objectType: 'DIRECTORY'};
export function rowOf(details: FileDetails): Entry & {readonly objectType: 'FILE'};
export function rowOf(details: DirectoryDetails | FileDetails): Entry {
	if (details.objectType === 'DIRECTORY') {
		const {objectType, dataStoreDirectoryId, name} = details;
		return {objectType, dataStoreDirectoryId, name};
	}
	const {objectType, dataStoreFileId, name, fileExtension, storageSizeBytes} = details;
	const {s3ConfirmedUpload, lastModified} = details;
	return {
		objectType,
		dataStoreFileId,
		name,
		fileExtension,
		storageSizeBytes,
		s3ConfirmedUpload,
		lastModified,
	};
}
