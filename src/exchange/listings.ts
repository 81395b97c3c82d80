import type {ApolloClient} from '@apollo/client';
import {ShellError} from '../shell/errors.ts';
import {entryId} from '../shell/paths.ts';
import type {Entry, Exchange, Listing} from '../shell/ports.ts';
import {ListDirectoryDocument} from './operations/generated.ts';
import {type Contents, type Row, toEntries, toRow, withChanges} from './rows.ts';
import {run} from './run.ts';

/** Directories, out of the cache where it is fresh, and kept true by the shell's own writes. */
export type Listings = Pick<Exchange, 'listDirectory' | 'cachedListing' | 'forget'> & {
	/** Enters `entry` into a cached directory, in the place of the row with its id if there is one. */
	readonly put: (directoryId: string, entry: Entry) => void;
	readonly remove: (directoryId: string, entryId: string) => void;
	/** A directory just made: its listing is known to be empty. */
	readonly made: (directoryId: string) => void;
	/** A directory that is gone. */
	readonly drop: (directoryId: string) => void;
};

type Held = {readonly contents: Contents; readonly listing: {-readonly [K in keyof Listing]: Listing[K]}};

const defaultMaxAge = 30_000;

/** Longest time until those who watch the cache hear of an own write, ms. */
const settleTime = 100;

/** Rows kept in all; 10,000 take 13 MB. The directory used last stays, however long. */
const defaultMaxRows = 100_000;

export function createListings(client: ApolloClient, maxRows = defaultMaxRows): Listings {
	/** What the cache can't say of its contents: their age. Used last comes last. */
	const held = new Map<string, Held>();
	/** Edits of each directory, to know a request that was overtaken by one. */
	const edits = new Map<string, number>();
	/**
	 * Own writes that the cache has yet to learn of: each alone would copy its whole directory, and 10,000
	 * uploads into one directory 50 million rows.
	 */
	const unsettled = new Map<string, Map<string, Row | null>>();

	const cachedContents = (directoryId: string) => {
		const variables = {dataStoreDirectoryId: directoryId};
		// Optimistic as watched queries read: each of the two ways has its own copy of an array.
		const data = client.readQuery({query: ListDirectoryDocument, variables, optimistic: true});
		return data?.storage_getDataStoreDirectory?.contents;
	};

	const hold = (directoryId: string, contents: Contents, fetchedAt: number): Listing => {
		const known = held.get(directoryId);
		held.delete(directoryId);
		// The same answer again is the same listing, only younger.
		const before = known && {contents: known.contents, entries: known.listing.entries};
		const listing =
			known?.contents === contents
				? known.listing
				: {directoryId, entries: toEntries(contents, before), fetchedAt};
		listing.fetchedAt = fetchedAt;
		held.set(directoryId, {contents, listing});
		return listing;
	};

	const settle = (directoryId: string) => {
		const changes = unsettled.get(directoryId);
		if (!changes || !unsettled.delete(directoryId) || cachedContents(directoryId) === undefined) return;
		client.cache.modify<{contents: Contents}>({
			id: cacheId(directoryId),
			fields: {contents: value => withChanges(value as Contents, changes)},
		});
	};

	const settleAll = () => {
		for (const directoryId of [...unsettled.keys()]) settle(directoryId);
	};

	const drop = (directoryId: string) => {
		held.delete(directoryId);
		unsettled.delete(directoryId);
		client.cache.evict({id: cacheId(directoryId), fieldName: 'contents'});
	};

	const bound = () => {
		let rows = 0;
		for (const {listing} of held.values()) rows += listing.entries.length;
		for (const [directoryId, {listing}] of held) {
			if (rows <= maxRows || held.size === 1) return;
			rows -= listing.entries.length;
			drop(directoryId);
		}
	};

	const cachedListing = (directoryId: string) => {
		settle(directoryId);
		const contents = cachedContents(directoryId);
		if (contents === undefined) return undefined;
		// Contents not seen before were fetched by someone else watching the directory, just now.
		return hold(directoryId, contents, held.get(directoryId)?.listing.fetchedAt ?? Date.now());
	};

	const fetch = async (directoryId: string, signal: AbortSignal | undefined): Promise<Listing> => {
		// An answer from before an own write would bring back what the write has changed.
		for (let attempt = 1; ; attempt++) {
			const before = edits.get(directoryId);
			const variables = {dataStoreDirectoryId: directoryId};
			const {storage_getDataStoreDirectory: directory} = await run(client, ListDirectoryDocument, variables, {
				signal,
			});
			if (!directory) throw new ShellError('not-found', `${directoryId}: no such directory on the Exchange`);
			if (edits.get(directoryId) !== before && attempt < 3) continue;
			const listing = hold(directoryId, directory.contents, Date.now());
			bound();
			return listing;
		}
	};

	const edit = (directoryId: string, id: string, row: Row | null) => {
		edits.set(directoryId, (edits.get(directoryId) ?? 0) + 1);
		if (unsettled.size === 0) setTimeout(settleAll, settleTime).unref();
		const changes = unsettled.get(directoryId) ?? new Map<string, Row | null>();
		unsettled.set(directoryId, changes.set(id, row));
	};

	return {
		listDirectory: async (directoryId, {signal, maxAge = defaultMaxAge} = {}) => {
			const known = cachedListing(directoryId);
			const fresh = known && Date.now() - known.fetchedAt < maxAge;
			return fresh && !signal?.aborted ? known : fetch(directoryId, signal);
		},
		cachedListing,
		forget: () => {
			for (const directoryId of [...held.keys()]) drop(directoryId);
			client.cache.gc();
		},
		put: (directoryId, entry) => edit(directoryId, entryId(entry), toRow(entry)),
		remove: (directoryId, id) => edit(directoryId, id, null),
		made: directoryId => {
			client.writeQuery({
				query: client.documentTransform.transformDocument(ListDirectoryDocument),
				variables: {dataStoreDirectoryId: directoryId},
				data: {
					storage_getDataStoreDirectory: {
						__typename: 'DataStoreDirectory',
						dataStoreDirectoryId: directoryId,
						contents: [],
					},
				},
			});
		},
		drop,
	};
}

function cacheId(directoryId: string): string {
	return `DataStoreDirectory:${JSON.stringify({dataStoreDirectoryId: directoryId})}`;
}
