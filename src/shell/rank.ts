import {go, type Prepared, prepare} from 'fuzzysort';

/** Candidates at most. */
const limit = 100;
/** Names that one call compares fuzzily: keeps a keypress under 10 ms in a directory of any size. */
const fuzzyLimit = 1_000;

/** Names in the order in which equals are shown. */
export type NameIndex = {
	readonly names: readonly string[];
	readonly lower: readonly string[];
	readonly prepared: (Prepared | undefined)[];
};

export type Ranked = {
	/** Places in the index, best first, with the matched characters of the name. */
	readonly matches: readonly {readonly place: number; readonly indexes: readonly number[]}[];
	readonly total: number;
	/** Whether the matches begin as typed; else they only hold what was typed. */
	readonly begins: boolean;
	/** The longest start that all names share which begin with the query; undefined when none does. */
	readonly common: string | undefined;
};

export function indexNames(names: readonly string[]): NameIndex {
	return {
		names,
		lower: names.map(name => name.toLowerCase()),
		prepared: new Array<Prepared | undefined>(names.length),
	};
}

/**
 * The names that begin with `query`, case apart last. Only when there is none: those that hold it, then
 * those that hold its characters in order. Names with a leading dot only when the query has one.
 */
export function rankNames(index: NameIndex, query: string): Ranked {
	const lowerQuery = query.toLowerCase();
	const {names, lower} = index;
	const exact: number[] = [];
	const folded: number[] = [];
	const inside: number[] = [];
	const others: number[] = [];
	for (let place = 0; place < names.length; place++) {
		const name = names[place]!;
		if (name.startsWith('.') && !query.startsWith('.')) continue;
		const at = lower[place]!.indexOf(lowerQuery);
		if (at === 0) (name.startsWith(query) ? exact : folded).push(place);
		else (at > 0 ? inside : others).push(place);
	}
	const starting = [...exact, ...folded];
	const begins = starting.length > 0;
	const direct = begins ? starting : inside;
	const matches = direct.slice(0, limit).map(place => {
		const at = lower[place]!.indexOf(lowerQuery);
		return {place, indexes: Array.from({length: query.length}, (_, offset) => at + offset)};
	});
	if (begins) {
		const common = starting.map(place => names[place]!).reduce(sharedStart);
		return {matches, total: starting.length, begins, common};
	}
	const scattered = others.filter(place => holdsInOrder(lower[place]!, lowerQuery));
	if (matches.length < limit) matches.push(...fuzzy(index, query, scattered, limit - matches.length));
	return {matches, total: inside.length + scattered.length, begins, common: undefined};
}

function fuzzy(index: NameIndex, query: string, places: readonly number[], count: number) {
	const targets = places.slice(0, fuzzyLimit).map(place => {
		index.prepared[place] ??= prepare(index.names[place]!);
		return {place, prepared: index.prepared[place]};
	});
	return go(query, targets, {key: ({prepared}) => prepared, limit: count, threshold: 0}).map(result => ({
		place: result.obj.place,
		indexes: [...result.indexes],
	}));
}

function holdsInOrder(name: string, query: string): boolean {
	let from = 0;
	for (const character of query) {
		const at = name.indexOf(character, from);
		if (at === -1) return false;
		from = at + character.length;
	}
	return true;
}

function sharedStart(a: string, b: string): string {
	let length = 0;
	while (length < a.length && a[length] === b[length]) length++;
	// Never half a character.
	if (/[\ud800-\udbff]/.test(a[length - 1] ?? '')) length--;
	return a.slice(0, length);
}
