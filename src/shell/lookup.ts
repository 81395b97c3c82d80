import {describeCandidates} from './candidates.ts';
import type {Context} from './command.ts';
import {ShellError, toShellError} from './errors.ts';
import {entriesNamed} from './listing.ts';
import {entryName} from './paths.ts';
import type {DirectoryEntry, Entry, Listing, Read} from './ports.ts';
import {quoteWord} from './quote.ts';
import {directoryOf, fullPath, type Location, pathOf, pathSeenFrom} from './session.ts';
import {closest} from './suggest.ts';

/** The part of a Context that names are looked up with. */
export type Where = Pick<Context, 'session' | 'exchange' | 'signal'>;

type Found<E extends Entry> = {readonly entries: readonly E[]; readonly listing: Listing};

const isDirectory = (entry: Entry): entry is DirectoryEntry => entry.objectType === 'DIRECTORY';
const isAny = (_entry: Entry): _entry is Entry => true;

/** The listing of the directory a location stands for. */
export function listLocation(where: Where, location: Location, read?: Read): Promise<Listing> {
	return allowed(fullPath(location), listBelow(where, location, read));
}

/** The same for somebody who names the place where it is denied. */
export function listBelow({exchange, signal}: Where, location: Location, read?: Read): Promise<Listing> {
	const listing = exchange.listDirectory(directoryOf(location).dataStoreDirectoryId, {signal, ...read});
	return called(`${pathOf(location)}: no such directory any more`, listing);
}

/** `answer`, whose not being there is told in words of the user's: the Exchange knows ids only. */
export async function called<T>(missing: string, answer: Promise<T>): Promise<T> {
	try {
		return await answer;
	} catch (cause) {
		throw toShellError(cause).code === 'not-found' ? new ShellError('not-found', missing, {cause}) : cause;
	}
}

/** `answer`, whose being denied names the thing: what others share may be withdrawn at any time. */
export async function allowed<T>(thing: string, answer: Promise<T>): Promise<T> {
	try {
		return await answer;
	} catch (cause) {
		if (toShellError(cause).code !== 'denied') throw cause;
		throw new ShellError('denied', `${thing}: you have no permission to see it`, {
			hint: 'it may be shared with you no longer; `services` lists what is',
			cause,
		});
	}
}

/**
 * The one directory called `name` in `location`. `path` is what the user typed, for errors.
 * Files of that name do not matter.
 */
export async function findDirectory(
	where: Where,
	location: Location,
	name: string,
	path: string,
	read?: Read,
): Promise<DirectoryEntry> {
	const {entries, listing} = await find(where, location, name, isDirectory, read);
	if (entries.length > 1) throw ambiguous(path, location, entries);
	if (entries[0]) return entries[0];
	if (entriesNamed(listing, name).length > 0) {
		throw new ShellError('not-a-directory', `${path}: ${within(path, name)}a file, not a directory`);
	}
	throw missing(where, {path, name, location, listing, want: 'directory'});
}

/** The one entry called `name` in `location`. */
export async function findEntry(
	where: Where,
	location: Location,
	name: string,
	path: string,
	read?: Read,
): Promise<Entry> {
	const {entries, listing} = await find(where, location, name, isAny, read);
	if (entries.length > 1) throw ambiguous(path, location, entries);
	if (entries[0]) return entries[0];
	throw missing(where, {path, name, location, listing, want: 'file or directory'});
}

/** A name that a cached listing lacks may be new: the Exchange is asked before it counts as missing. */
async function find<E extends Entry>(
	where: Where,
	location: Location,
	name: string,
	accept: (entry: Entry) => entry is E,
	read?: Read,
): Promise<Found<E>> {
	const cached = where.exchange.cachedListing(directoryOf(location).dataStoreDirectoryId);
	const cachedAt = cached?.fetchedAt;
	let listing = await listLocation(where, location, read);
	let entries = entriesNamed(listing, name).filter(accept);
	// An answer asked for just now is the same object, only younger.
	if (entries.length === 0 && listing === cached && listing.fetchedAt === cachedAt) {
		listing = await listLocation(where, location, {...read, maxAge: 0});
		entries = entriesNamed(listing, name).filter(accept);
	}
	return {entries, listing};
}

function ambiguous(path: string, location: Location, entries: readonly Entry[]): ShellError {
	const files = entries.filter(entry => entry.objectType === 'FILE').length;
	const what = files === entries.length ? 'files' : files === 0 ? 'directories' : 'entries';
	return new ShellError(
		'ambiguous',
		`${path} is ambiguous in ${pathOf(location)}: ${entries.length} ${what} bear that name. Name one by id:`,
		{details: describeCandidates(entries)},
	);
}

type Miss = {
	readonly path: string;
	readonly name: string;
	readonly location: Location;
	readonly listing: Listing;
	readonly want: 'directory' | 'file or directory';
};

function missing(where: Where, miss: Miss): ShellError {
	const names = miss.listing.entries
		.filter(entry => miss.want !== 'directory' || entry.objectType === 'DIRECTORY')
		.map(entryName);
	const meant = closest(miss.name, names);
	return new ShellError(
		'not-found',
		`${miss.path}: ${within(miss.path, miss.name)}no such ${miss.want} in ${pathOf(miss.location)}`,
		{hint: meant === undefined ? `try \`${listingOf(where, miss.location)}\`` : `did you mean ${meant}?`},
	);
}

/** The line that lists a directory from where the user is. */
function listingOf({session: {location: here}}: Where, location: Location): string {
	if (here && directoryOf(here).dataStoreDirectoryId === directoryOf(location).dataStoreDirectoryId)
		return 'ls';
	return `ls ${quoteWord(pathSeenFrom(here, location))}`;
}

/** In `a/b/c` the reader has to know which one is meant, unless it is the last. */
function within(path: string, name: string): string {
	const bare = path.replace(/\/+$/, '');
	return bare === name || bare.endsWith(`/${name}`) ? '' : `${name}: `;
}
