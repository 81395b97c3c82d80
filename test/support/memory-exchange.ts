import {buffer} from 'node:stream/consumers';
import {isDeepStrictEqual} from 'node:util';
import {ZipFile} from 'yazl';
import {ShellError} from '../../src/shell/errors.ts';
import {entryId, entryName, fileName} from '../../src/shell/paths.ts';
import type {Download, Entry, Exchange, Listing, ObjectId, Read, Upload} from '../../src/shell/ports.ts';
import type {Sharing, Tokens} from '../../src/shell/sharing.ts';
import type {
	Attribute,
	PublishRequest,
	QueryPage,
	SampleRecord,
	TimeSeries,
	TimeSeriesDb,
} from '../../src/shell/time-series.ts';
import {type Follower, memorySeries, type PageSizes} from './memory-series.ts';
import {type MemoryDatabases, memorySeriesWorld} from './memory-series-world.ts';
import {memorySharing, memoryTokens} from './memory-sharing.ts';
import {type MemorySharing, type MemorySharingWorld, memorySharingWorld} from './memory-sharing-world.ts';
import {type MemoryWorld, memoryWorld, rowOf, type Tree} from './memory-world.ts';

export type {MemoryAsset, MemoryDatabases} from './memory-series-world.ts';
export type {MemoryCollaborative, MemorySharing} from './memory-sharing-world.ts';
export type {Tree} from './memory-world.ts';

type Method = keyof Exchange | keyof TimeSeries | keyof Sharing | keyof Tokens;

export type MemoryExchange = Exchange & {
	/** Every call that would have been a request, of all clients: `listDirectory dataStoreDirectoryId.1`. */
	readonly requests: string[];
	/** Another client of the same Exchange, with a cache of its own. */
	readonly connect: () => Exchange;
	/** Adds a file behind the cache's back, as another client would; returns its id. */
	readonly addFile: (directory: string, name: string, content?: string | Uint8Array) => string;
	/** The id of the directory at `Store:/a/b`. */
	readonly directoryId: (path: string) => string;
	/** Ids of the entries of that whole name in the directory at `Store:/a/b`. */
	readonly idsOf: (path: string, name: string) => readonly string[];
	/** The bytes of a file as text. */
	readonly textOf: (dataStoreFileId: string) => string;
	/** The next call of that method throws this. */
	readonly failNext: (method: Method, error: Error) => void;
	/** The time-series database of that name. */
	readonly database: (name: string) => TimeSeriesDb;
	/** Answers of SQL queries by their exact text; an error stands for a page that fails. */
	readonly answers: Map<string, readonly (QueryPage | Error)[]>;
	/** Samples behind the cache's back; whoever follows the asset gets the event. */
	readonly emit: (
		database: string,
		assetId: string,
		values: Readonly<Record<string, string | number>>,
		time: string,
		type?: Attribute['attributeType'],
	) => void;
	/** People, collaboratives and shares, to look at and to change behind the caches' back. */
	readonly people: MemorySharingWorld;
	/** Live views that are open, of all clients. `refresh` is a poll, `fail` the loss of events. */
	readonly followers: ReadonlySet<Follower>;
	/** All requests to publish, in order, whatever became of them. */
	readonly published: readonly PublishRequest[];
	/** From now on, records are rejected for the reason this returns. */
	readonly refuse: (reason: (record: SampleRecord, assetId: string) => string | undefined) => void;
};

export type MemoryOptions = {
	/** Assets by database name. Without it the Exchange has no time series at all. */
	readonly databases?: MemoryDatabases;
	/** Collaboratives, owners and tokens. Without it there are none. */
	readonly sharing?: MemorySharing;
	/** Assets or samples in one answer. Default: 100 and 1,000. */
	readonly pageSizes?: Partial<PageSizes>;
};

type Request = (method: Method, about: string, signal: AbortSignal | undefined) => Promise<void>;

/** The Exchange port on plain maps, held to the same contract as the real one. */
export function memoryExchange(
	trees: Readonly<Record<string, Tree>>,
	{databases, sharing, pageSizes}: MemoryOptions = {},
): MemoryExchange {
	const world = memoryWorld(trees);
	const series = memorySeriesWorld(databases);
	const people = memorySharingWorld(sharing, world.stores, series.rows);
	const followers = new Set<Follower>();
	const requests: string[] = [];
	const failures = new Map<string, Error>();
	const request: Request = async (method, about, signal) => {
		throwIfAborted(signal);
		requests.push(`${method} ${about}`.trimEnd());
		await Promise.resolve();
		throwIfAborted(signal);
		const failure = failures.get(method);
		failures.delete(method);
		if (failure) throw failure;
	};
	const directoryId = (path: string): string => {
		const [name = '', rest = ''] = path.split(':/');
		let id = world.stores.find(store => store.name === name)!.homeDirectoryId!;
		for (const step of rest.split('/').filter(Boolean)) {
			const below = world.directories.values().filter(({parentDirectoryId}) => parentDirectoryId === id);
			id = below.find(({name}) => name === step)!.dataStoreDirectoryId;
		}
		return id;
	};
	const database = (name: string) => series.rows.values().find(row => row.name === name)!;
	const connect = () => {
		const sizes = {latest: 100, samples: 1_000, ...pageSizes};
		return connectMemory(world, request, {
			people,
			timeSeries: memorySeries(series, request, {pageSizes: sizes, followers, isListed: people.isListed}),
			sharing: memorySharing(people, request),
			tokens: memoryTokens(people, request),
		});
	};
	return {
		...connect(),
		requests,
		connect,
		directoryId,
		addFile: (id, name, content = '') => world.makeFile(id, name, content).dataStoreFileId,
		idsOf: (path, name) =>
			world
				.contentsOf(directoryId(path))
				.filter(entry => entryName(entry) === name)
				.map(entryId),
		textOf: id => new TextDecoder().decode(world.file(id).bytes),
		failNext: (method, error) => {
			failures.set(method, error);
		},
		database,
		answers: series.rules.answers,
		people,
		followers,
		published: series.taken,
		refuse: reason => {
			series.rules.refuse = reason;
		},
		emit: (name, assetId, values, time, type = 'DOUBLE') => {
			const {timeSeriesDbId} = database(name);
			const timestamp = new Date(time).toISOString();
			for (const [attribute, value] of Object.entries(values)) {
				const sample = {timestamp, value: String(value), version: Number.MAX_SAFE_INTEGER};
				series.put(timeSeriesDbId, {assetId}, attribute, type, sample);
			}
			for (const follower of followers) {
				if (follower.timeSeriesDbId === timeSeriesDbId && follower.assetIds.has(assetId)) follower.refresh();
			}
		},
	};
}

function connectMemory(
	world: MemoryWorld,
	request: Request,
	{
		people,
		timeSeries,
		sharing,
		tokens,
	}: {
		readonly people: MemorySharingWorld;
		readonly timeSeries: ReturnType<typeof memorySeries>;
		readonly sharing: ReturnType<typeof memorySharing>;
		readonly tokens: Tokens;
	},
): Exchange {
	const {listings, put, remove, dropGone} = memoryListings(world, request);
	const fresh = new Set<'user' | 'listDataStores'>();
	const once = async (method: 'user' | 'listDataStores', {signal, maxAge}: Read = {}) => {
		throwIfAborted(signal);
		if (!fresh.has(method) || maxAge === 0) await request(method, '', signal);
		fresh.add(method);
	};
	return {
		endpoint: 'memory:',
		user: async read => {
			await once('user', read);
			return people.user;
		},
		listDataStores: async read => {
			await once('listDataStores', read);
			return world.stores.filter(({name}) => people.isListed(name));
		},
		...listings,
		timeSeries,
		sharing,
		tokens,
		forget: () => {
			timeSeries.forget();
			sharing.forget();
			fresh.clear();
			listings.forget();
		},
		getDirectory: async (id, call) => {
			await request('getDirectory', id, call?.signal);
			return world.directory(id);
		},
		getFile: async (id, call) => {
			await request('getFile', id, call?.signal);
			return world.file(id).details;
		},
		createDirectory: async ({dataStoreId, parentDirectoryId, name}, call) => {
			await request('createDirectory', name, call?.signal);
			world.directory(parentDirectoryId);
			const row = rowOf(world.makeDirectory(dataStoreId, parentDirectoryId, name));
			put(parentDirectoryId, row);
			await listings.listDirectory(row.dataStoreDirectoryId, {made: true});
			return row;
		},
		updateDirectory: async ({dataStoreDirectoryId, from, to, name}, call) => {
			await request('updateDirectory', dataStoreDirectoryId, call?.signal);
			const old = world.directory(dataStoreDirectoryId);
			const changed = {...old, name: name ?? old.name, parentDirectoryId: to ?? old.parentDirectoryId};
			world.directories.set(dataStoreDirectoryId, changed);
			if (to !== undefined && to !== from) remove(from, dataStoreDirectoryId);
			put(to ?? from, rowOf(changed));
			return rowOf(changed);
		},
		deleteDirectory: async ({dataStoreDirectoryId, from}, call) => {
			await request('deleteDirectory', dataStoreDirectoryId, call?.signal);
			world.directory(dataStoreDirectoryId);
			world.removeDirectory(dataStoreDirectoryId);
			remove(from, dataStoreDirectoryId);
			dropGone();
		},
		updateFile: async ({dataStoreFileId, from, to, name, description}, call) => {
			await request('updateFile', dataStoreFileId, call?.signal);
			const {details, bytes} = world.file(dataStoreFileId);
			const changed = {
				...details,
				name: name ?? details.name,
				description: description ?? details.description,
				dataStoreDirectoryId: to ?? details.dataStoreDirectoryId,
			};
			world.files.set(dataStoreFileId, {details: changed, bytes});
			if (to !== undefined && to !== from) remove(from, dataStoreFileId);
			put(to ?? from, rowOf(changed));
			return rowOf(changed);
		},
		deleteFile: async ({dataStoreFileId, from}, call) => {
			await request('deleteFile', dataStoreFileId, call?.signal);
			world.file(dataStoreFileId);
			world.files.delete(dataStoreFileId);
			remove(from, dataStoreFileId);
		},
		upload: async (upload, call) => {
			await request('upload', upload.fileName, call?.signal);
			const {dataStoreDirectoryId, fileName: name, description} = upload;
			world.directory(dataStoreDirectoryId);
			const bytes = await receive(upload, call?.signal);
			const row = rowOf(world.makeFile(dataStoreDirectoryId, name, bytes, description));
			put(dataStoreDirectoryId, row);
			return row;
		},
		download: async ({dataStoreFileId, offset = 0, length = Number.POSITIVE_INFINITY}, call) => {
			await request('download', dataStoreFileId, call?.signal);
			const bytes = world.file(dataStoreFileId).bytes.slice(offset, offset + length);
			return {size: bytes.length, body: chunks(bytes, call?.signal)};
		},
		downloadZip: async (objects, call) => {
			await request('downloadZip', `${objects.length}`, call?.signal);
			return zip(world, objects, call?.signal);
		},
		inFlight: () => 0,
		close: () => {},
	};
}

type Kept = {-readonly [K in keyof Listing]: Listing[K]};

/** One client's listings, kept until forgotten; own writes change them. */
function memoryListings(world: MemoryWorld, request: Request) {
	const cache = new Map<string, Kept>();
	const underWay = new Map<string, Promise<Listing>>();
	const ask = async (id: string, made: boolean): Promise<Listing> => {
		if (!made) await request('listDirectory', id, undefined);
		world.directory(id);
		const entries = world.contentsOf(id);
		let kept = cache.get(id);
		if (!kept || !isDeepStrictEqual(kept.entries, entries)) {
			kept = {directoryId: id, entries, fetchedAt: 0};
			cache.set(id, kept);
		}
		kept.fetchedAt = Date.now();
		return kept;
	};
	const edit = (id: string, change: (entries: readonly Entry[]) => readonly Entry[]) => {
		const kept = cache.get(id);
		if (kept) cache.set(id, {...kept, entries: change(kept.entries)});
	};
	return {
		listings: {
			listDirectory: async (
				id: string,
				{signal, maxAge = 30_000, made = false}: Read & {readonly made?: boolean} = {},
			): Promise<Listing> => {
				throwIfAborted(signal);
				const kept = cache.get(id);
				if (kept && Date.now() - kept.fetchedAt < maxAge) return kept;
				const asked = underWay.get(id) ?? ask(id, made).finally(() => underWay.delete(id));
				underWay.set(id, asked);
				const listing = await asked;
				throwIfAborted(signal);
				return listing;
			},
			cachedListing: (id: string): Listing | undefined => cache.get(id),
			forget: () => cache.clear(),
		},
		put: (id: string, entry: Entry) =>
			edit(id, entries => {
				const at = entries.findIndex(other => entryId(other) === entryId(entry));
				return at === -1 ? [...entries, entry] : entries.with(at, entry);
			}),
		remove: (id: string, removed: string) =>
			edit(id, entries => entries.filter(entry => entryId(entry) !== removed)),
		dropGone: () => {
			for (const id of cache.keys()) if (!world.directories.has(id)) cache.delete(id);
		},
	};
}

function throwIfAborted(signal: AbortSignal | undefined): void {
	if (signal?.aborted) throw new ShellError('cancelled', 'cancelled');
}

async function receive(upload: Upload, signal: AbortSignal | undefined): Promise<Uint8Array> {
	const parts: Uint8Array[] = [];
	let sent = 0;
	for await (const part of upload.body()) {
		throwIfAborted(signal);
		parts.push(part);
		sent += part.length;
		upload.onProgress?.(sent);
	}
	if (sent !== upload.size) {
		throw new ShellError('failed', `${upload.fileName}: ${sent} of ${upload.size} bytes came`);
	}
	return Buffer.concat(parts);
}

async function* chunks(bytes: Uint8Array, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
	for (let offset = 0; offset < bytes.length; offset += 65_536) {
		throwIfAborted(signal);
		yield bytes.subarray(offset, offset + 65_536);
	}
}

async function zip(
	world: MemoryWorld,
	objects: readonly ObjectId[],
	signal?: AbortSignal,
): Promise<Download> {
	const archive = new ZipFile();
	const add = (object: ObjectId, path: string) => {
		if (object.objectType === 'FILE') {
			const {details, bytes} = world.file(object.dataStoreFileId);
			archive.addBuffer(Buffer.from(bytes), path + fileName(details));
			return;
		}
		const {name, dataStoreDirectoryId} = world.directory(object.dataStoreDirectoryId);
		for (const entry of world.contentsOf(dataStoreDirectoryId)) add(entry, `${path}${name}/`);
	};
	for (const object of objects) add(object, '');
	archive.end();
	const bytes = await buffer(archive.outputStream);
	return {size: bytes.length, body: chunks(bytes, signal)};
}
