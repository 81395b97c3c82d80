import {expect, test} from 'vitest';
import {geometryOf} from '../../../src/ui/state/geometry.ts';

test.each([
	[80, 24, 'shell', 80, undefined],
	[80, 24, 'tree', undefined, 80],
	[120, 40, 'shell', 72, 48],
	[200, 60, 'shell', 100, 100],
	[300, 60, 'tree', 104, 196],
] as const)('%i x %i with the %s focused: shell %s, tree %s', (columns, rows, focus, shell, tree) => {
	const geometry = geometryOf({columns, rows}, focus, false);
	expect([geometry.shell?.width, geometry.tree?.width]).toEqual([shell, tree]);
	expect((geometry.shell ?? geometry.tree)?.height).toBe(rows - 2);
});

test('zoomed, the focused pane has the window', () => {
	expect(geometryOf({columns: 200, rows: 60}, 'tree', true)).toEqual({
		kind: 'panes',
		tree: {width: 200, height: 58},
	});
});

test.each([
	[59, 40],
	[120, 15],
])('%i x %i is too small for panes', (columns, rows) => {
	expect(geometryOf({columns, rows}, 'tree', true)).toEqual({
		kind: 'plain',
		shell: {width: columns, height: rows - 1},
	});
});

test.each([
	[120, 40, ['collaboratives', 'tree'], {tree: 23, collaboratives: 15}],
	[120, 40, ['collaboratives', 'series'], {series: 23, collaboratives: 15}],
	[200, 60, ['tree', 'series', 'collaboratives'], {series: 23, tree: 17, collaboratives: 18}],
] as const)('%i x %i has %j in one order, the heights %o', (columns, rows, sides, heights) => {
	const {kind, shell, ...beside} = geometryOf({columns, rows}, 'shell', false, sides);
	expect(Object.entries(beside).map(([pane, extent]) => [pane, extent?.height])).toEqual(
		Object.entries(heights),
	);
});

test('the shell keeps its width while panes take turns beside it', () => {
	const width = (sides: readonly ('tree' | 'series' | 'collaboratives')[]) =>
		geometryOf({columns: 120, rows: 40}, 'shell', false, sides, true).shell?.width;
	expect(width(['tree', 'collaboratives'])).toBe(width(['series', 'tree']));
});
