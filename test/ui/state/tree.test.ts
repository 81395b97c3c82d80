import {describe, expect, test} from 'vitest';
import {entryName} from '../../../src/shell/paths.ts';
import type {Entry, Listing} from '../../../src/shell/ports.ts';
import {
	emptyTree,
	lastBeneath,
	selectedIndex,
	type Tree,
	treeFolded,
	treeMoved,
	treeRows,
	treeTop,
	treeUnfolded,
} from '../../../src/ui/state/tree.ts';

const directory = (name: string): Entry => ({
	objectType: 'DIRECTORY',
	dataStoreDirectoryId: `dir.${name}`,
	name,
});
const file = (name: string): Entry => ({
	objectType: 'FILE',
	dataStoreFileId: `file.${name}`,
	name,
	fileExtension: null,
	storageSizeBytes: 1,
	s3ConfirmedUpload: true,
	lastModified: null,
});
const listings = new Map<string, Listing | null>(
	Object.entries({
		'dir.': [directory('b'), file('c'), directory('a')],
		'dir.a': [file('x'), directory('deep')],
		'dir.b': [],
	}).map(([directoryId, entries]) => [directoryId, {directoryId, entries, fetchedAt: 0}]),
);
listings.set('dir.locked', null);
const look = (directoryId: string) => listings.get(directoryId);
const rowsOf = (tree: Tree) => treeRows({dataStoreDirectoryId: 'dir.', name: ''}, tree, look);
const shown = (tree: Tree) =>
	rowsOf(tree).map(
		row => '  '.repeat(row.depth) + (row.kind === 'entry' ? entryName(row.entry) : `(${row.text})`),
	);

describe('rows', () => {
	test('are sorted, directories unfolded where they stand', () => {
		expect(shown(emptyTree)).toEqual(['a', 'b', 'c']);
		expect(shown(treeUnfolded(emptyTree, ['dir.a']))).toEqual(['a', '  deep', '  x', 'b', 'c']);
	});

	test('say what is empty and what is on its way', () => {
		expect(shown(treeUnfolded(emptyTree, ['dir.b']))).toEqual(['a', 'b', '  (empty)', 'c']);
		expect(shown(treeUnfolded(emptyTree, ['dir.a', 'dir.deep']))).toContain('    (listing…)');
		const rows = treeRows({dataStoreDirectoryId: 'dir.locked', name: ''}, emptyTree, look);
		expect(rows).toEqual([{kind: 'note', depth: 0, text: 'cannot be listed'}]);
	});

	test('a filter keeps what it names, and the directories on the way there', () => {
		const tree = {...treeUnfolded(emptyTree, ['dir.a', 'dir.b']), filter: 'X'};
		expect(shown(tree)).toEqual(['a', '  x']);
		expect(shown({...tree, filter: 'zzz'})).toEqual([]);
	});
});

describe('the mark', () => {
	const tree = treeUnfolded(emptyTree, ['dir.a', 'dir.b']);
	const names = (steps: readonly number[]) => {
		const moved = steps.reduce((current, by) => treeMoved(current, rowsOf(current), by), tree);
		return shown(moved)[selectedIndex(rowsOf(moved), moved)]?.trim();
	};

	test.each([
		[[], 'a'],
		[[1], 'deep'],
		[[1, 1, 1], 'b'],
		[[1, 1, 1, 1], 'c'],
		[[99], 'c'],
		[[99, -1], 'b'],
		[[99, -99], 'a'],
	])('after %j rows is on %s', (steps, name) => {
		expect(names(steps)).toBe(name);
	});

	test('goes to the first entry when its own is gone', () => {
		expect(selectedIndex(rowsOf(tree), {...tree, selected: 'file.gone'})).toBe(0);
	});

	test('folding folds, and folding again goes up', () => {
		const inside = {...tree, selected: 'file.x'};
		const up = treeFolded(inside, rowsOf(inside)[selectedIndex(rowsOf(inside), inside)]);
		expect(up.selected).toBe('dir.a');
		const folded = treeFolded(up, rowsOf(up)[selectedIndex(rowsOf(up), up)]);
		expect(shown(folded)).toEqual(['a', 'b', '  (empty)', 'c']);
	});

	test.each([
		[14, 5, 17, 8],
		[14, 5, 14, 5],
		[14, 5, 60, 14],
		[3, 5, 6, 3],
	])(
		'with row %i selected and row %i the first, what is unfolded up to row %i begins with row %i',
		(selected, top, last, next) => {
			expect(treeTop(selected, top, 100, 10, last)).toBe(next);
		},
	);

	test.each([
		[0, 100, 3],
		[0, 2, 2],
		[1, 100, 2],
		[3, 100, 3],
		[4, 100, 5],
	])('beneath row %i, looked at no further than %i rows, row %i is the last', (index, height, last) => {
		const nested = [0, 1, 2, 1, 0, 1].map(depth => ({depth}));
		expect(lastBeneath(nested, index, height)).toBe(last);
	});

	test.each([
		[0, 5, 100, 10, 0],
		[7, 5, 100, 10, 5],
		[15, 5, 100, 10, 6],
		[3, 95, 8, 10, 0],
		[99, 0, 100, 10, 90],
	])(
		'on row %i, the first of %i to %i rows in a pane of %i is row %i',
		(selected, top, count, height, next) => {
			expect(treeTop(selected, top, count, height)).toBe(next);
		},
	);
});
