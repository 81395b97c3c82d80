import {entryName} from './paths.ts';
import type {Entry, Listing} from './ports.ts';

/** Order of `sortedEntries`: by name; newest first; largest first; the Exchange's own. */
export type Order = 'name' | 'time' | 'size' | 'none';

const indexes = new WeakMap<Listing, ReadonlyMap<string, readonly Entry[]>>();
const sorted = new WeakMap<Listing, Map<Order, readonly Entry[]>>();

/** All entries of that whole name, duplicates included; empty when there is none. Indexed once a listing. */
export function entriesNamed(listing: Listing, name: string): readonly Entry[] {
	let index = indexes.get(listing);
	if (!index) {
		index = Map.groupBy(listing.entries, entryName);
		indexes.set(listing, index);
	}
	return index.get(name) ?? [];
}

/** The entries in order, made once a listing. Directories have neither time nor size: they come last there. */
export function sortedEntries(listing: Listing, by: Order): readonly Entry[] {
	let orders = sorted.get(listing);
	if (!orders) {
		orders = new Map();
		sorted.set(listing, orders);
	}
	let entries = orders.get(by);
	if (!entries) {
		entries = by === 'none' ? listing.entries : sort(listing, by);
		orders.set(by, entries);
	}
	return entries;
}

function sort(listing: Listing, by: 'name' | 'time' | 'size'): readonly Entry[] {
	if (by === 'name') {
		// A name is joined once, not once a comparison.
		const names = listing.entries.map(entryName);
		const places = Array.from(names, (_, place) => place);
		places.sort((a, b) => compareNames(names[a]!, names[b]!));
		return places.map(place => listing.entries[place]!);
	}
	const byName = sortedEntries(listing, 'name');
	return by === 'size'
		? byName.toSorted((a, b) => sizeOf(b) - sizeOf(a))
		: byName.toSorted((a, b) => (timeOf(a) === timeOf(b) ? 0 : timeOf(a) < timeOf(b) ? 1 : -1));
}

const sizeOf = (entry: Entry) => (entry.objectType === 'FILE' ? (entry.storageSizeBytes ?? 0) : -1);
const timeOf = (entry: Entry) => (entry.objectType === 'FILE' ? (entry.lastModified ?? '') : '');

const collator = new Intl.Collator('en', {numeric: true});

/** Alphabetical as people read it: case apart last, numbers by value (`Feeder 2` before `Feeder 12`). */
export function compareNames(a: string, b: string): number {
	return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}
