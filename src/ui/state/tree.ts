import {sortedEntries} from '../../shell/listing.ts';
import {entryId, entryName} from '../../shell/paths.ts';
import type {Entry, Listing} from '../../shell/ports.ts';
import type {Location, Step} from '../../shell/session.ts';

/** What the tree pane remembers; the rows come from the cache. */
export type Tree = {
	/** Directories shown with what is in them. */
	readonly unfolded: ReadonlySet<string>;
	/** Id of the marked entry. */
	readonly selected: string | undefined;
	/** Names must contain it, in any case; undefined: no filter. */
	readonly filter: string | undefined;
	/** The filter is being typed. */
	readonly isTyping: boolean;
};

export type TreeRow = {readonly depth: number} & (
	| {
			readonly kind: 'entry';
			readonly entry: Entry;
			/** The directory that holds it, from the store's home on. */
			readonly trail: Location['trail'];
			readonly isUnfolded: boolean;
	  }
	| {readonly kind: 'note'; readonly text: string}
);

export const emptyTree: Tree = {
	unfolded: new Set(),
	selected: undefined,
	filter: undefined,
	isTyping: false,
};

type Look = (directoryId: string) => Listing | undefined | null;

/** Every row of the store's tree that is unfolded, also those far out of sight. */
export function treeRows(home: Step, tree: Tree, look: Look): TreeRow[] {
	const rows: TreeRow[] = [];
	addDirectory(rows, [{...home, name: ''}], 0, tree, look);
	return rows;
}

function addDirectory(
	rows: TreeRow[],
	trail: Location['trail'],
	depth: number,
	tree: Tree,
	look: Look,
): boolean {
	const listing = look(trail.at(-1)!.dataStoreDirectoryId);
	if (!listing) {
		rows.push({kind: 'note', depth, text: listing === null ? 'cannot be listed' : 'listing…'});
		return true;
	}
	const filter = tree.filter?.toLowerCase() ?? '';
	const before = rows.length;
	for (const entry of sortedEntries(listing, 'name')) {
		const matches = filter === '' || entryName(entry).toLowerCase().includes(filter);
		if (entry.objectType === 'FILE') {
			if (matches) rows.push({kind: 'entry', depth, entry, trail, isUnfolded: false});
			continue;
		}
		const isUnfolded = tree.unfolded.has(entry.dataStoreDirectoryId);
		const at = rows.length;
		rows.push({kind: 'entry', depth, entry, trail, isUnfolded});
		const {dataStoreDirectoryId, name} = entry;
		const holdsMatch =
			isUnfolded && addDirectory(rows, [...trail, {dataStoreDirectoryId, name}], depth + 1, tree, look);
		if (!matches && !holdsMatch) rows.length = at;
	}
	if (rows.length > before) return true;
	if (filter === '') rows.push({kind: 'note', depth, text: 'empty'});
	return false;
}

/** Index of the marked row; the first entry when the marked one is gone. */
export function selectedIndex(rows: readonly TreeRow[], tree: Tree): number {
	const at = rows.findIndex(row => row.kind === 'entry' && entryId(row.entry) === tree.selected);
	return at === -1 ? rows.findIndex(({kind}) => kind === 'entry') : at;
}

/** The mark `by` rows further, over notes, no further than the ends. */
export function treeMoved(tree: Tree, rows: readonly TreeRow[], by: number): Tree {
	const from = selectedIndex(rows, tree);
	const step = by < 0 ? -1 : 1;
	let best = from;
	for (let at = from, left = Math.abs(by); left > 0; left--) {
		at += step;
		const row = rows[at];
		if (!row) break;
		if (row.kind === 'entry') best = at;
		else left++;
	}
	return treeSelected(tree, rows[best]);
}

export function treeSelected(tree: Tree, row: TreeRow | undefined): Tree {
	return row?.kind === 'entry' ? {...tree, selected: entryId(row.entry)} : tree;
}

export function treeUnfolded(tree: Tree, directoryIds: readonly string[]): Tree {
	return {...tree, unfolded: new Set([...tree.unfolded, ...directoryIds])};
}

/** Folds the marked directory; on anything else goes to the directory that holds it. */
export function treeFolded(tree: Tree, row: TreeRow | undefined): Tree {
	if (row?.kind !== 'entry') return tree;
	if (row.isUnfolded) {
		const unfolded = new Set(tree.unfolded);
		unfolded.delete(entryId(row.entry));
		return {...tree, unfolded};
	}
	return row.trail.length > 1 ? {...tree, selected: row.trail.at(-1)!.dataStoreDirectoryId} : tree;
}

/** The tree with the way to a location open and marked. */
export function treeAt(tree: Tree, {trail}: Location): Tree {
	const ids = trail.slice(1).map(step => step.dataStoreDirectoryId);
	return {...treeUnfolded(tree, ids), selected: ids.at(-1) ?? tree.selected};
}

/**
 * The first row to draw so that the marked one is in sight, with those beneath it up to `last` as far as there is
 * room, and the pane moves as little as it must.
 */
export function treeTop(
	selected: number,
	top: number,
	count: number,
	height: number,
	last = selected,
): number {
	const lowest = Math.max(0, count - height);
	const end = Math.min(last, selected + height - 1);
	const moved = end >= top + height ? end - height + 1 : Math.min(top, Math.max(0, selected));
	return Math.min(lowest, moved);
}

/** The last row of what is unfolded beneath a row, its own index where nothing is; looks no further than `height` rows. */
export function lastBeneath(
	rows: readonly {readonly depth: number}[],
	index: number,
	height: number,
): number {
	let last = index;
	while (last - index < height && (rows[last + 1]?.depth ?? 0) > (rows[index]?.depth ?? 0)) last++;
	return last;
}
