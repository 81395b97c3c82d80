import {entriesNamed} from '../shell/listing.ts';
import {entryId, entryName, isPathName, quoteWord} from '../shell/paths.ts';
import type {FileEntry, Listing} from '../shell/ports.ts';
import type {Action} from './key-table.ts';
import {
	selectedIndex,
	type Tree,
	type TreeRow,
	treeFolded,
	treeMoved,
	treeSelected,
	treeUnfolded,
} from './state/tree.ts';

/** What a key in the tree leads to: another tree, and perhaps a line to run or to put at the prompt. */
export type TreeStep = {
	readonly tree: Tree;
	readonly run?: string;
	readonly fill?: string;
};

type Place = {
	readonly rows: readonly TreeRow[];
	/** Rows in sight. */
	readonly page: number;
	readonly look: (directoryId: string) => Listing | undefined | null;
};

/** A key in the tree speaks the shell's language: it runs a command, or puts one at the prompt. */
export function treeStep(tree: Tree, action: Action, {rows, page, look}: Place): TreeStep {
	const row = rows[selectedIndex(rows, tree)];
	switch (action) {
		case 'tree-up':
			return {tree: treeMoved(tree, rows, -1)};
		case 'tree-down':
			return {tree: treeMoved(tree, rows, 1)};
		case 'tree-page-up':
			return {tree: treeMoved(tree, rows, -page)};
		case 'tree-page-down':
			return {tree: treeMoved(tree, rows, page)};
		case 'tree-first':
			return {
				tree: treeSelected(
					tree,
					rows.find(({kind}) => kind === 'entry'),
				),
			};
		case 'tree-last':
			return {
				tree: treeSelected(
					tree,
					rows.findLast(({kind}) => kind === 'entry'),
				),
			};
		case 'tree-fold':
			return {tree: treeFolded(tree, row)};
		default:
			return row?.kind === 'entry' ? entryStep(treeSelected(tree, row), action, row, look) : {tree};
	}
}

function entryStep(
	tree: Tree,
	action: Action,
	row: TreeRow & {kind: 'entry'},
	look: Place['look'],
): TreeStep {
	const {entry} = row;
	const path = quoteWord(pathTo(row, look));
	switch (action) {
		case 'tree-unfold':
			return entry.objectType === 'DIRECTORY'
				? {tree: treeUnfolded(tree, [entry.dataStoreDirectoryId])}
				: {tree};
		case 'tree-get':
			return {tree, fill: entry.objectType === 'DIRECTORY' ? `get -r ${path} ` : `get ${path} `};
		case 'tree-open':
			if (entry.objectType === 'DIRECTORY') {
				return {tree: treeUnfolded(tree, [entry.dataStoreDirectoryId]), run: `cd ${path}`};
			}
			return {tree, run: isText(entry) ? `head -n 20 ${path}` : `stat ${path}`};
		default:
			return {tree};
	}
}

/** The path from the store's root; by id where names cannot say which entry is meant. */
function pathTo({entry, trail}: TreeRow & {kind: 'entry'}, look: Place['look']): string {
	const name = entryName(entry);
	const names = [...trail.slice(1).map(step => step.name), name];
	const listing = look(trail.at(-1)!.dataStoreDirectoryId);
	const isUnique = !listing || entriesNamed(listing, name).length === 1;
	return isUnique && names.every(isPathName) ? `/${names.join('/')}` : `id:${entryId(entry)}`;
}

const textExtension =
	/^(|csv|tsv|txt|text|md|json|jsonl|geojson|xml|ya?ml|toml|ini|conf|log|glm|dss|py|m|r|js|ts|sh|sql|html?|css)$/i;

/** By its last extension: looking into a binary helps nobody. */
function isText({fileExtension}: FileEntry): boolean {
	return textExtension.test(fileExtension?.split('.').at(-1) ?? '');
}
