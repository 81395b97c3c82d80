import {type Candidate, type CompletionSources, joinOffers, nothing, type Offer} from './completion.ts';
import {entriesNamed, sortedEntries} from './listing.ts';
import {entryId, entryName, isPathName, parsePath, quoteWord, relativePath} from './paths.ts';
import type {DataStore, Entry, Listing} from './ports.ts';
import {indexNames, type NameIndex, rankNames} from './rank.ts';

const indexes = new WeakMap<readonly Entry[], NameIndex>();

/** Paths on the Exchange that `text` may become; at their first name also stores, as `Store name:/`. */
export function completeRemote(text: string, sources: CompletionSources, onlyDirectories: boolean): Offer {
	const cut = text.lastIndexOf('/') + 1;
	const directory = text.slice(0, cut);
	const query = text.slice(cut);
	const listing = listingOf(directory, sources);
	const names = listing ? completeNames(listing, directory, query, onlyDirectories) : undefined;
	// What is here comes first: `sens` is the directory `sensors`, not half of a store's name.
	if (names?.begins) return names;
	const stores = cut === 0 ? storePrefixes(query, sources) : nothing;
	if (names) return joinOffers(names, stores);
	const isNowhere = !sources.session.location && isFromHere(directory);
	const reason = isNowhere ? 'no data store is selected: `use NAME` selects one' : undefined;
	return {...stores, pending: stores.pending || listing === undefined, reason};
}

/** Store names for `use`; duplicates by id. */
export function completeStores(text: string, sources: CompletionSources): Offer {
	return offerStores(text, sources, (store, unique) =>
		unique ? `${quoteWord(store.name)} ` : `id:${store.dataStoreId} `,
	);
}

function storePrefixes(query: string, sources: CompletionSources): Offer {
	// Nothing typed means a name here, as long as there is a here.
	if (query === '' && sources.session.location) return nothing;
	const typed = query.endsWith(':') ? query.slice(0, -1) : query;
	const offer = offerStores(typed, sources, (store, unique) =>
		quoteWord(unique ? `${store.name}:/` : `id:${store.dataStoreId}:/`),
	);
	return {...offer, common: undefined};
}

function offerStores(
	query: string,
	sources: CompletionSources,
	insert: (store: DataStore, unique: boolean) => string,
): Offer {
	const stores = sources.stores();
	if (!stores) return {...nothing, pending: stores === undefined};
	const {matches, ...ranked} = rankNames(indexNames(stores.map(({name}) => name)), query);
	const candidates = matches.map(({place, indexes}): Candidate => {
		const store = stores[place]!;
		const unique = stores.filter(({name}) => name === store.name).length === 1;
		return {
			insert: insert(store, unique),
			label: store.name,
			kind: 'store',
			...(store.description && {summary: store.description}),
			indexes,
		};
	});
	return {...ranked, candidates, pending: false};
}

function completeNames(listing: Listing, directory: string, query: string, onlyDirectories: boolean): Offer {
	const entries = onlyDirectories ? directoriesOf(listing) : sortedEntries(listing, 'name');
	let index = indexes.get(entries);
	if (!index) {
		index = indexNames(entries.map(entryName));
		indexes.set(entries, index);
	}
	const {matches, common, ...ranked} = rankNames(index, query);
	const candidates = matches.map(({place, indexes}): Candidate => {
		const entry = entries[place]!;
		const label = entryName(entry);
		const path = pathTo(listing, directory, entry);
		return entry.objectType === 'DIRECTORY'
			? {insert: quoteWord(`${path}/`), label, kind: 'directory', indexes}
			: {
					insert: `${quoteWord(path)} `,
					label,
					kind: 'file',
					bytes: entry.storageSizeBytes,
					modified: entry.lastModified,
					indexes,
				};
	});
	const start = directory === '' ? relativePath(common ?? '') : directory + common;
	const shared = common === undefined ? undefined : start;
	return {...ranked, candidates, common: shared, pending: false};
}

const directories = new WeakMap<Listing, readonly Entry[]>();

function directoriesOf(listing: Listing): readonly Entry[] {
	let entries = directories.get(listing);
	if (!entries) {
		entries = sortedEntries(listing, 'name').filter(({objectType}) => objectType === 'DIRECTORY');
		directories.set(listing, entries);
	}
	return entries;
}

function pathTo(listing: Listing, directory: string, entry: Entry): string {
	const name = entryName(entry);
	if (!isPathName(name) || entriesNamed(listing, name).length > 1) return `id:${entryId(entry)}`;
	return directory === '' ? relativePath(name) : directory + name;
}

/** Whether a path begins in the selected store. */
function isFromHere(path: string): boolean {
	const {from} = parsePath(path).start;
	return from === 'here' || from === 'root';
}

/** The cached listing of a directory as typed; undefined while something on the way is fetched, null when there is none. */
function listingOf(directory: string, sources: CompletionSources): Listing | undefined | null {
	const {start, names} = parsePath(directory);
	const {location} = sources.session;
	let trail: readonly string[] = [];
	if (isFromHere(directory)) {
		if (!location) return null;
		const ids = location.trail.map(step => step.dataStoreDirectoryId);
		trail = start.from === 'here' ? ids : ids.slice(0, 1);
	} else if (start.from === 'directory-id') {
		trail = [start.id];
	} else {
		const stores = sources.stores();
		if (!stores) return stores;
		const store = stores.filter(({name, dataStoreId}) =>
			start.from === 'store' ? name === start.name : 'id' in start && dataStoreId === start.id,
		);
		if (store.length !== 1 || store[0]!.homeDirectoryId === null) return null;
		trail = [store[0]!.homeDirectoryId];
	}
	for (const name of names) {
		if (name === '..') {
			trail = trail.slice(0, Math.max(1, trail.length - 1));
			continue;
		}
		const listing = sources.listing(trail.at(-1)!);
		if (!listing) return listing;
		const [entry, other] = entriesNamed(listing, name).filter(({objectType}) => objectType === 'DIRECTORY');
		if (!entry || other) return null;
		trail = [...trail, entryId(entry)];
	}
	return sources.listing(trail.at(-1)!);
}
