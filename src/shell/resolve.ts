import {describeStores} from './candidates.ts';
import {ShellError} from './errors.ts';
import {entriesNamed} from './listing.ts';
import {called, findDirectory, findEntry, listLocation, type Where} from './lookup.ts';
import {onlyOne} from './named.ts';
import {isPathName, type PathParts, type PathStart, parsePath} from './paths.ts';
import type {DataStore, Entry, Listing, Read} from './ports.ts';
import {directoryOf, type Location, type Step} from './session.ts';
import {sharedStores} from './shared-services.ts';
import {locateDirectory} from './trail.ts';

/** What a path names. */
export type Target = {
	/** The directory that holds it; for a store's root the root itself. */
	readonly location: Location;
	/** Undefined: the store's root. */
	readonly entry: Entry | undefined;
	/** As typed. */
	readonly path: string;
};

/** Where the user is. Throws `usage` when no store is selected. */
export function currentLocation({session}: Pick<Where, 'session'>): Location {
	if (session.location) return session.location;
	throw new ShellError('usage', 'no data store is selected', {hint: 'try `stores`, then `use NAME`'});
}

/**
 * The directory that `path` names; `-` is the previous one. Throws `not-found`, `not-a-directory`,
 * `ambiguous` (with the ids), `usage`.
 */
export async function resolveDirectory(where: Where, path: string, read?: Read): Promise<Location> {
	if (path === '-') {
		if (where.session.previous) return where.session.previous;
		throw new ShellError('usage', '-: there is no previous directory');
	}
	const parts = parsePath(path);
	if (parts.start.from === 'file-id') {
		throw new ShellError('not-a-directory', `${path}: a file, not a directory`);
	}
	return descend(where, await startOf(where, parts.start, path), parts.names, path, read);
}

/** The file or directory that `path` names. A trailing `/` accepts directories only. Throws as `resolveDirectory`. */
export async function resolveEntry(where: Where, path: string, read?: Read): Promise<Target> {
	const parts = parsePath(path);
	if (parts.start.from === 'file-id') return resolveFileId(where, parts, path);
	const last = parts.names.at(-1);
	if (last === undefined || last === '..' || parts.slash) {
		const location = await descend(where, await startOf(where, parts.start, path), parts.names, path, read);
		return targetOf(location, path);
	}
	const start = await startOf(where, parts.start, path);
	const location = await descend(where, start, parts.names.slice(0, -1), path, read);
	return {location, entry: await findEntry(where, location, last, path, read), path};
}

/**
 * `resolveEntry` for many paths, such as what a glob found: one that lies beside the one before is looked up
 * in the listing at hand.
 */
export function entryResolver(where: Where): (path: string) => Promise<Target> {
	let beside: {readonly start: string; readonly location: Location; readonly listing: Listing} | undefined;
	return async path => {
		const cut = path.lastIndexOf('/') + 1;
		const [start, name] = [path.slice(0, cut), path.slice(cut)];
		const isName = isPathName(name) && (cut > 0 || parsePath(path).start.from === 'here');
		if (isName && beside?.start === start) {
			const [entry, other] = entriesNamed(beside.listing, name);
			if (entry && !other) return {location: beside.location, entry, path};
		}
		const target = await resolveEntry(where, path);
		if (isName) {
			const {location} = target;
			beside = {start, location, listing: await listLocation(where, location)};
		}
		return target;
	};
}

/**
 * Where something called as `path` ends is to be created, and what bears that name there already. The
 * directory before it must exist; a trailing `/` is allowed. Throws `exists` for a root, `.` and `..`,
 * `usage` for an id.
 */
export async function resolveNew(
	where: Where,
	path: string,
	read?: Read,
): Promise<{readonly location: Location; readonly name: string; readonly existing: readonly Entry[]}> {
	const {start, names} = parsePath(path);
	const name = names.at(-1);
	if (path === '') throw new ShellError('usage', "'': a name cannot be empty");
	if (name === undefined && start.from !== 'here' && start.from !== 'root' && start.from !== 'store') {
		throw new ShellError('usage', `${path}: a new name is needed, not an id`);
	}
	if (name === undefined || !isPathName(name)) throw new ShellError('exists', `${path}: exists already`);
	const location = await descend(where, await startOf(where, start, path), names.slice(0, -1), path, read);
	const listing = await listLocation(where, location, read);
	return {location, name, existing: entriesNamed(listing, name)};
}

/**
 * The store of that name or `id:dataStoreId.…`; one that the list leaves out is looked for in what others
 * share. Throws `not-found`, `ambiguous`.
 */
export async function resolveStore(where: Where, name: string, read?: Read): Promise<DataStore> {
	let stores = await where.exchange.listDataStores({signal: where.signal, ...read});
	const bare = name.replace(/:?\/?$/, '');
	const named = () => {
		// First: anybody may give theirs a name that looks like the id of another.
		const meant = stores.filter(store => `id:${store.dataStoreId}` === bare);
		return meant.length > 0 ? meant : stores.filter(store => store.name === name || store.name === bare);
	};
	let called = named();
	if (called.length === 0) {
		stores = [...stores, ...(await sharedStores(where, {maxAge: 0}))];
		called = named();
	}
	return onlyOne(called, called.length > 1 ? name : bare, {
		noun: 'data store',
		list: 'stores',
		names: () => stores.map(store => store.name),
		details: describeStores,
	});
}

/** A store's `/`. Throws `denied` when the Exchange does not show it. */
export function rootOf(store: DataStore): Location {
	if (store.homeDirectoryId === null) {
		throw new ShellError('denied', `${store.name}: its home directory cannot be read`);
	}
	return {store, trail: [{dataStoreDirectoryId: store.homeDirectoryId, name: ''}]};
}

/** The location one step down. */
export function enter(location: Location, step: Step): Location {
	const {dataStoreDirectoryId, name} = step;
	return {store: location.store, trail: [...location.trail, {dataStoreDirectoryId, name}]};
}

/** The location one step up; a root is its own parent. */
function parentOf(location: Location): Location {
	const [home, ...rest] = location.trail;
	return {store: location.store, trail: [home, ...rest.slice(0, -1)]};
}

async function startOf(where: Where, start: PathStart, path: string): Promise<Location> {
	switch (start.from) {
		case 'here':
			return currentLocation(where);
		case 'root':
			return rootOf(currentLocation(where).store);
		case 'store':
			return rootOf(await resolveStore(where, start.name));
		case 'store-id':
			return rootOf(await resolveStore(where, `id:${start.id}`));
		case 'directory-id':
			return locateDirectory(where, start.id, path);
		default:
			throw new ShellError('usage', `${path}: not the id of a data store, directory or file`, {
				hint: 'ids look like `id:dataStoreFileId.…`; `stat` shows them',
			});
	}
}

async function descend(
	where: Where,
	start: Location,
	names: readonly string[],
	path: string,
	read?: Read,
): Promise<Location> {
	let location = start;
	for (const name of names) {
		location =
			name === '..'
				? parentOf(location)
				: enter(location, await findDirectory(where, location, name, path, read));
	}
	return location;
}

function targetOf(location: Location, path: string): Target {
	const {dataStoreDirectoryId, name} = directoryOf(location);
	return location.trail.length === 1
		? {location, entry: undefined, path}
		: {location: parentOf(location), entry: {objectType: 'DIRECTORY', dataStoreDirectoryId, name}, path};
}

async function resolveFileId(where: Where, {start, names, slash}: PathParts, path: string): Promise<Target> {
	const id = start.from === 'file-id' ? start.id : '';
	if (slash || names.length > 0) throw new ShellError('not-a-directory', `${path}: a file, not a directory`);
	const here = where.session.location;
	// A file of a listing at hand needs no request.
	const listing = here && where.exchange.cachedListing(directoryOf(here).dataStoreDirectoryId);
	const known = listing?.entries.find(entry => entry.objectType === 'FILE' && entry.dataStoreFileId === id);
	if (here && known) return {location: here, entry: known, path};

	const file = await called(`${path}: no such file`, where.exchange.getFile(id, {signal: where.signal}));
	if (file.dataStoreDirectoryId === null) {
		throw new ShellError('failed', `${path}: the Exchange does not say which directory holds it`);
	}
	return {location: await locateDirectory(where, file.dataStoreDirectoryId, path), entry: file, path};
}
