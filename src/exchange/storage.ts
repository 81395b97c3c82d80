import type {ApolloClient} from '@apollo/client';
import {ShellError, toShellError} from '../shell/errors.ts';
import type {Call, Entry, Exchange} from '../shell/ports.ts';
import type {Listings} from './listings.ts';
import {
	CreateDirectoryDocument,
	DeleteDirectoryDocument,
	DeleteFileDocument,
	GetDirectoryDocument,
	GetFileDocument,
	UpdateDirectoryDocument,
	UpdateFileDocument,
} from './operations/generated.ts';
import {directoryEntry, fileEntry} from './rows.ts';
import {mutate, run} from './run.ts';

export type Storage = Pick<
	Exchange,
	| 'getDirectory'
	| 'getFile'
	| 'createDirectory'
	| 'updateDirectory'
	| 'deleteDirectory'
	| 'updateFile'
	| 'deleteFile'
>;

/** Deletions under way at once while a directory is being emptied. */
const parallelDeletions = 8;

/** Nothing reads details from the cache again; with each it would grow, and so the time for the next. */
const notKept = {fetchPolicy: 'no-cache'} as const;

/** One directory or file at a time; each write is entered into the cached listings it concerns. */
export function createStorage(client: ApolloClient, listings: Listings): Storage {
	const deleteFile: Storage['deleteFile'] = async ({dataStoreFileId, from}, call) => {
		await mutate(
			client,
			DeleteFileDocument,
			{dataStoreFileId},
			{
				...call,
				update: data => {
					listings.remove(from, dataStoreFileId);
					found(data.storage_deleteDataStoreFile, dataStoreFileId);
				},
			},
		);
	};

	const deleteOne: Storage['deleteDirectory'] = async ({dataStoreDirectoryId, from}, call) => {
		await mutate(
			client,
			DeleteDirectoryDocument,
			{dataStoreDirectoryId},
			{
				...call,
				update: data => {
					listings.remove(from, dataStoreDirectoryId);
					listings.drop(dataStoreDirectoryId);
					found(data.storage_deleteDataStoreDirectory, dataStoreDirectoryId);
				},
			},
		);
	};

	const deleteEntries = async (from: string, entries: readonly Entry[], call?: Call) => {
		const waiting = [...entries];
		const worker = async () => {
			for (let entry = waiting.pop(); entry; entry = waiting.pop()) {
				if (entry.objectType === 'FILE')
					await deleteFile({dataStoreFileId: entry.dataStoreFileId, from}, call);
				else await deleteDirectory({dataStoreDirectoryId: entry.dataStoreDirectoryId, from}, call);
			}
		};
		try {
			await Promise.all(Array.from({length: parallelDeletions}, worker));
		} finally {
			// After a failure the other workers end with what they have in hand.
			waiting.length = 0;
		}
	};

	const deleteDirectory: Storage['deleteDirectory'] = async (directory, call) => {
		const {dataStoreDirectoryId} = directory;
		try {
			await deleteOne(directory, call);
		} catch (error) {
			// Whether an Exchange deletes a directory with something in it is its own affair.
			if (toShellError(error).code !== 'failed') throw error;
			const {entries} = await listings.listDirectory(dataStoreDirectoryId, {...call, maxAge: 0});
			if (entries.length === 0) throw error;
			await deleteEntries(dataStoreDirectoryId, entries, call);
			await deleteOne(directory, call);
		}
	};

	return {
		getDirectory: async (dataStoreDirectoryId, call) => {
			const data = await run(client, GetDirectoryDocument, {dataStoreDirectoryId}, {...call, ...notKept});
			const directory = found(data.storage_getDataStoreDirectory, dataStoreDirectoryId);
			return {
				...directoryEntry(directory),
				dataStoreId: directory.dataStoreId,
				parentDirectoryId: directory.parentDirectoryId,
				homeDirectory: directory.homeDirectory,
			};
		},
		getFile: async (dataStoreFileId, call) => {
			const data = await run(client, GetFileDocument, {dataStoreFileId}, {...call, ...notKept});
			const file = found(data.storage_getDataStoreFile, dataStoreFileId);
			return {
				...fileEntry(file),
				dataStoreId: file.dataStoreId,
				dataStoreDirectoryId: file.dataStoreDirectoryId,
				description: file.description,
				contentType: file.contentType,
				ownerUserId: file.ownerUserId,
			};
		},
		createDirectory: async ({dataStoreId, parentDirectoryId, name}, call) => {
			const data = await mutate(
				client,
				CreateDirectoryDocument,
				{dataStoreId, parentDirectoryId, name},
				{
					...call,
					update: ({storage_createDataStoreDirectory: directory}) => {
						if (!directory) return;
						listings.put(parentDirectoryId, directoryEntry(directory));
						listings.made(directory.dataStoreDirectoryId);
					},
				},
			);
			return directoryEntry(found(data.storage_createDataStoreDirectory, parentDirectoryId));
		},
		updateDirectory: async ({dataStoreDirectoryId, from, to = from, name}, call) => {
			const variables = {dataStoreDirectoryId, name, ...(to !== from && {parentDirectoryId: to})};
			const data = await mutate(client, UpdateDirectoryDocument, variables, {
				...call,
				update: ({storage_updateDataStoreDirectory: directory}) => {
					if (!directory) return;
					if (to !== from) listings.remove(from, dataStoreDirectoryId);
					listings.put(to, directoryEntry(directory));
				},
			});
			return directoryEntry(found(data.storage_updateDataStoreDirectory, dataStoreDirectoryId));
		},
		deleteDirectory,
		updateFile: async ({dataStoreFileId, from, to = from, name, description}, call) => {
			const variables = {dataStoreFileId, name, description, ...(to !== from && {dataStoreDirectoryId: to})};
			const data = await mutate(client, UpdateFileDocument, variables, {
				...call,
				update: ({storage_updateDataStoreFile: file}) => {
					if (!file) return;
					if (to !== from) listings.remove(from, dataStoreFileId);
					listings.put(to, fileEntry(file));
				},
			});
			return fileEntry(found(data.storage_updateDataStoreFile, dataStoreFileId));
		},
		deleteFile,
	};
}

/** A null root field is how the Exchange says that it knows no such thing. */
function found<T extends object>(object: T | null | undefined, id: string): T {
	if (!object) throw new ShellError('not-found', `${id}: not on the Exchange`);
	return object;
}
