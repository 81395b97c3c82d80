import {ShellError, toShellError} from './errors.ts';
import {type Order, sortedEntries} from './listing.ts';
import {listBelow, listLocation, type Where} from './lookup.ts';
import type {DirectoryEntry, Entry} from './ports.ts';
import {enter} from './resolve.ts';
import {directoryOf, type Location} from './session.ts';
import {breather} from './slices.ts';

/** One directory of a walk, with what is in it. */
export type Visit = {
	readonly location: Location;
	/** Names from the start down to here; empty at the start. */
	readonly names: readonly string[];
	/** In order. Empty where `error` says why. */
	readonly entries: readonly Entry[];
	/** The subdirectories that the walk enters next, in order. */
	readonly entered: ReadonlySet<Entry>;
	/** This directory cannot be read or has just gone; the walk goes on without it. */
	readonly error?: ShellError;
};

export type WalkOptions = {
	readonly order?: Order;
	readonly reverse?: boolean;
	/** Levels below the start that are entered; default: all. */
	readonly depth?: number;
	/** Entries it refuses are neither shown nor entered. */
	readonly accept?: (entry: Entry) => boolean;
};

/** Listings asked for at the same time, so that a tree of small directories does not wait for each. */
const ahead = 4;

type Pending = {
	readonly location: Location;
	readonly names: readonly string[];
	entries?: Promise<readonly Entry[] | ShellError>;
};

/**
 * `start` and the directories below it, each before those in it: one listing each, the next few fetched
 * ahead. No directory is visited twice, whatever the Exchange says. What makes all further reads useless
 * (the connection, the token, Ctrl-C) is thrown, as is any failure at the start itself.
 */
export async function* walk(where: Where, start: Location, options: WalkOptions = {}): AsyncGenerator<Visit> {
	const {depth = Number.POSITIVE_INFINITY} = options;
	const breathe = breather(where.signal);
	const seen = new Set([directoryOf(start).dataStoreDirectoryId]);
	// The next directory is the last one, so that adding those in it is cheap.
	const pending: Pending[] = [{location: start, names: []}];

	for (let next = pending.pop(); next; next = pending.pop()) {
		await breathe();
		next.entries ??= fetchEntries(where, next, options);
		const found = await next.entries;
		const {location, names} = next;
		if (found instanceof ShellError) {
			yield {location, names, entries: [], entered: new Set(), error: found};
			continue;
		}
		const below = found.filter((entry): entry is DirectoryEntry => {
			if (entry.objectType !== 'DIRECTORY' || names.length >= depth) return false;
			const isNew = !seen.has(entry.dataStoreDirectoryId);
			seen.add(entry.dataStoreDirectoryId);
			return isNew;
		});
		for (const entry of below.toReversed()) {
			pending.push({location: enter(location, entry), names: [...names, entry.name]});
		}
		for (const soon of pending.slice(-ahead)) soon.entries ??= fetchEntries(where, soon, options);
		yield {location, names, entries: found, entered: new Set(below)};
	}
}

function fetchEntries(
	where: Where,
	{location, names}: Pending,
	{order = 'name', reverse = false, accept}: WalkOptions,
): Promise<readonly Entry[] | ShellError> {
	const entries = async () => {
		try {
			const list = names.length > 0 ? listBelow : listLocation;
			const sorted = sortedEntries(await list(where, location), order);
			const accepted = accept ? sorted.filter(accept) : sorted;
			return reverse ? accepted.toReversed() : accepted;
		} catch (thrown) {
			const error = toShellError(thrown);
			const passable = error.code === 'denied' || error.code === 'not-found' || error.code === 'failed';
			if (passable && names.length > 0) return error;
			throw error;
		}
	};
	const result = entries();
	// A walk that ends early leaves some unread.
	result.catch(() => {});
	return result;
}

/** What `names` below a directory, that the user called `typed`, are called: `a/b`, `/x/a`, `../a`. */
export function pathBelow(typed: string, names: readonly string[]): string {
	if (names.length === 0) return typed;
	const below = names.join('/');
	if (typed === '' || typed === '.' || typed === './') return below;
	return typed.endsWith('/') ? typed + below : `${typed}/${below}`;
}
