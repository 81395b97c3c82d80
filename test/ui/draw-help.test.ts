import {expect, test} from 'vitest';
import {drawHelp} from '../../src/ui/components/draw-keys.ts';
import {bindings} from '../../src/ui/key-table.ts';
import {theme} from '../../src/ui/theme.ts';

const plain = theme(false);

test('every key that has a word of help is told, those that all panes share once', () => {
	const page = drawHelp({width: 80, height: 20}, 'shell', plain).join('\n');
	for (const {help} of bindings) if (help) expect(page).toContain(help.slice(0, 50));
	expect(page.match(/a page down/g)).toHaveLength(2);
	expect(page.match(/back to the prompt/g)).toHaveLength(1);
});

test('two columns break between two sections', () => {
	const lines = drawHelp({width: 116, height: 36}, 'shell', plain);
	expect(lines[0]).toMatch(/^At the prompt +In the panes beside the shell/);
	expect(lines.length).toBeLessThan(50);
});

test.each([
	['shell', 'At the prompt', 'Anywhere'],
	['tree', 'In the tree', 'In the panes beside the shell'],
	['series', 'In the time series', 'In the panes beside the shell'],
	['collaboratives', 'In the collaboratives', 'In the panes beside the shell'],
] as const)('asked for in the %s, the keys begin with those %j, then those %j', (pane, first, second) => {
	const titles = drawHelp({width: 76, height: 20}, pane, plain).filter(line => /^[A-Z]/.test(line));
	expect(titles.slice(0, 2).map(line => line.trimEnd())).toEqual([first, second]);
	expect(titles).toHaveLength(8);
});

test('no pane is shown, hidden, zoomed or left by a key of readline or of tmux', () => {
	const keys = bindings.filter(({action}) => /^(panes|hide|zoom)$/.test(action)).flatMap(one => one.keys);
	expect(keys).toEqual(['f2', 'f3', 'f4']);
	expect(bindings.filter(one => one.place === 'collaboratives').flatMap(one => one.keys)).not.toContain(
		'C-b',
	);
});
