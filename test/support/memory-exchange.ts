import {ShellError} from '../../src/shell/errors.ts';
import {fileName, splitFileName} from '../../src/shell/paths.ts';
import type {
	DataStore,
	DirectoryDetails,
	Entry,
	Exchange,
	FileDetails,
	Listing,
	Read,
} from '../../src/shell/ports.ts';

/** A directory's contents by name: text or bytes for a file, a nested tree for a directory. */
export type Tree = {readonly [name: string]: string | Uint8Array | Tree};

type StoredFile = {readonly details: FileDetails; readonly bytes: Uint8Array};

export type MemoryExchange = Exchange & {
	/** Every call that would have been a request: `listDirectory dataStoreDirectoryId.1`. */
	readonly requests: string[];
	/** Adds a file behind the cache's back, as another client would; returns its id. */
	readonly addFile: (directory: string, name: string, content?: string | Uint8Array) => string;
	/** The id of the directory at `Store:/a/b`. */
	readonly directoryId: (path: string) => string;
	/** Ids of the entries of that whole name in the directory at `Store:/a/b`. */
	readonly idsOf: (path: string, name: string) => readonly string[];
	/** The bytes of a file as text. */
	readonly textOf: (dataStoreFileId: string) => string;
	/** The next call of that method throws this. */
	readonly failNext: (method: keyof Exchange, error: Error) => void;
};

const modified = '2026-11-02T17:40:11.000Z';

/**
 * The Exchange port on plain maps: ids count up, listings are cached until a write touches them, answers
 * are the same object while they are cached.
 */
export function memoryExchange(stores: Readonly<Record<string, Tree>>): MemoryExchange {
	let lastId = 0;
	const dataStores: DataStore[] = [];
	const directories = new Map<string, DirectoryDetails>();
	const files = new Map<string, StoredFile>();
	const cache = new Map<string, Listing>();
	const requests: string[] = [];
	const failures = new Map<string, Error>();

	const makeDirectory = (dataStoreId: string, parentDirectoryId: string | null, name: string): string => {
		const dataStoreDirectoryId = `dataStoreDirectoryId.${++lastId}`;
		directories.set(dataStoreDirectoryId, {
			objectType: 'DIRECTORY',
			dataStoreDirectoryId,
			name,
			dataStoreId,
			parentDirectoryId,
			homeDirectory: parentDirectoryId === null,
		});
		return dataStoreDirectoryId;
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
			lastModified: modified,
			dataStoreId: directories.get(dataStoreDirectoryId)!.dataStoreId,
			dataStoreDirectoryId,
			description,
			contentType: null,
			ownerUserId: 'user.1',
		};
		files.set(dataStoreFileId, {details, bytes});
		return details;
	};
	const fill = (dataStoreId: string, directoryId: string, tree: Tree) => {
		for (const [name, content] of Object.entries(tree)) {
			if (typeof content === 'string' || content instanceof Uint8Array) makeFile(directoryId, name, content);
			else fill(dataStoreId, makeDirectory(dataStoreId, directoryId, name), content);
		}
	};
	for (const [name, tree] of Object.entries(stores)) {
		const dataStoreId = `dataStoreId.${++lastId}`;
		const homeDirectoryId = makeDirectory(dataStoreId, null, 'home');
		dataStores.push({dataStoreId, name, description: null, ownerUserId: 'user.1', homeDirectoryId});
		fill(dataStoreId, homeDirectoryId, tree);
	}

	const request = async (method: keyof Exchange, about: string, signal?: AbortSignal) => {
		signal?.throwIfAborted();
		requests.push(`${method} ${about}`.trimEnd());
		await Promise.resolve();
		const failure = failures.get(method);
		failures.delete(method);
		if (failure) throw failure;
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
	const contentsOf = (directoryId: string): Entry[] => [
		...directories
			.values()
			.filter(({parentDirectoryId}) => parentDirectoryId === directoryId)
			.map(({dataStoreDirectoryId, name}): Entry => ({objectType: 'DIRECTORY', dataStoreDirectoryId, name})),
		...files
			.values()
			.filter(({details}) => details.dataStoreDirectoryId === directoryId)
			.map(({details}): Entry => {
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
			}),
	];
	// An own write changes a cached listing without asking again.
	const touch = (...directoryIds: (string | null | undefined)[]) => {
		for (const directoryId of directoryIds) {
			const listing = directoryId && cache.get(directoryId);
			if (listing) cache.set(directoryId, {...listing, entries: contentsOf(directoryId)});
		}
	};
	const removeDirectory = (id: string) => {
		for (const entry of contentsOf(id)) {
			if (entry.objectType === 'FILE') files.delete(entry.dataStoreFileId);
			else removeDirectory(entry.dataStoreDirectoryId);
		}
		directories.delete(id);
		cache.delete(id);
	};
	const walk = (path: string): string => {
		const [name = '', rest = ''] = path.split(':/');
		const store = dataStores.find(candidate => candidate.name === name)!;
		let id = store.homeDirectoryId!;
		for (const step of rest.split('/').filter(Boolean)) {
			id = directories
				.values()
				.find(({parentDirectoryId, name}) => parentDirectoryId === id && name === step)!.dataStoreDirectoryId;
		}
		return id;
	};

	return {
		endpoint: 'memory:',
		requests,
		addFile: (directoryId, name, content = '') => makeFile(directoryId, name, content).dataStoreFileId,
		directoryId: walk,
		idsOf: (path, name) =>
			contentsOf(walk(path))
				.filter(entry => (entry.objectType === 'FILE' ? fileName(entry) : entry.name) === name)
				.map(entry => (entry.objectType === 'FILE' ? entry.dataStoreFileId : entry.dataStoreDirectoryId)),
		textOf: id => new TextDecoder().decode(file(id).bytes),
		failNext: (method, error) => void failures.set(method, error),

		user: async read => {
			await request('user', '', read?.signal);
			const organization = {organizationId: 'organization.1', name: 'Sample Utility'};
			return {userId: 'user.1', firstName: 'Ada', lastName: 'User', email: 'ada@example.org', organization};
		},
		listDataStores: async read => {
			await request('listDataStores', '', read?.signal);
			return dataStores;
		},
		listDirectory: async (id, {signal, maxAge = 30_000}: Read = {}) => {
			signal?.throwIfAborted();
			const cached = cache.get(id);
			if (cached && Date.now() - cached.fetchedAt < maxAge) return cached;
			await request('listDirectory', id, signal);
			directory(id);
			const listing = {directoryId: id, entries: contentsOf(id), fetchedAt: Date.now()};
			cache.set(id, listing);
			return listing;
		},
		cachedListing: id => cache.get(id),
		getDirectory: async (id, call) => {
			await request('getDirectory', id, call?.signal);
			return directory(id);
		},
		getFile: async (id, call) => {
			await request('getFile', id, call?.signal);
			return file(id).details;
		},
		forget: () => cache.clear(),

		createDirectory: async ({dataStoreId, parentDirectoryId, name}, call) => {
			await request('createDirectory', name, call?.signal);
			directory(parentDirectoryId);
			const dataStoreDirectoryId = makeDirectory(dataStoreId, parentDirectoryId, name);
			touch(parentDirectoryId);
			return {objectType: 'DIRECTORY', dataStoreDirectoryId, name};
		},
		updateDirectory: async ({dataStoreDirectoryId, from, to, name}, call) => {
			await request('updateDirectory', dataStoreDirectoryId, call?.signal);
			const old = directory(dataStoreDirectoryId);
			const changed = {...old, name: name ?? old.name, parentDirectoryId: to ?? old.parentDirectoryId};
			directories.set(dataStoreDirectoryId, changed);
			touch(from, to);
			return {objectType: 'DIRECTORY', dataStoreDirectoryId, name: changed.name};
		},
		deleteDirectory: async ({dataStoreDirectoryId, from}, call) => {
			await request('deleteDirectory', dataStoreDirectoryId, call?.signal);
			directory(dataStoreDirectoryId);
			removeDirectory(dataStoreDirectoryId);
			touch(from);
		},
		updateFile: async ({dataStoreFileId, from, to, name, description}, call) => {
			await request('updateFile', dataStoreFileId, call?.signal);
			const {details, bytes} = file(dataStoreFileId);
			const changed = {
				...details,
				name: name ?? details.name,
				description: description ?? details.description,
				dataStoreDirectoryId: to ?? details.dataStoreDirectoryId,
			};
			files.set(dataStoreFileId, {details: changed, bytes});
			touch(from, to);
			return changed;
		},
		deleteFile: async ({dataStoreFileId, from}, call) => {
			await request('deleteFile', dataStoreFileId, call?.signal);
			file(dataStoreFileId);
			files.delete(dataStoreFileId);
			touch(from);
		},
		upload: async ({dataStoreDirectoryId, fileName, description, size, body, onProgress}, call) => {
			await request('upload', fileName, call?.signal);
			directory(dataStoreDirectoryId);
			const bytes = await collect(body(), sent => {
				call?.signal?.throwIfAborted();
				onProgress?.(sent);
			});
			if (bytes.length !== size) {
				throw new ShellError('failed', `${fileName}: ${bytes.length} of ${size} bytes came`);
			}
			const details = makeFile(dataStoreDirectoryId, fileName, bytes, description);
			touch(dataStoreDirectoryId);
			return details;
		},
		download: async ({dataStoreFileId, offset = 0, length = Number.POSITIVE_INFINITY}, call) => {
			await request('download', dataStoreFileId, call?.signal);
			const bytes = file(dataStoreFileId).bytes.slice(offset, offset + length);
			return {size: bytes.length, body: chunks(bytes, call?.signal)};
		},
		downloadZip: async () => {
			throw new ShellError('unsupported', 'zip: the in-memory Exchange has no archives');
		},
		inFlight: () => 0,
		close: () => {},
	};
}

async function* chunks(bytes: Uint8Array, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
	for (let offset = 0; offset < bytes.length; offset += 16) {
		signal?.throwIfAborted();
		yield bytes.subarray(offset, offset + 16);
	}
}

async function collect(
	body: AsyncIterable<Uint8Array>,
	onProgress: (bytes: number) => void,
): Promise<Uint8Array> {
	const parts: Uint8Array[] = [];
	let size = 0;
	for await (const part of body) {
		parts.push(part);
		size += part.length;
		onProgress(size);
	}
	const whole = new Uint8Array(size);
	let offset = 0;
	for (const part of parts) {
		whole.set(part, offset);
		offset += part.length;
	}
	return whole;
}
