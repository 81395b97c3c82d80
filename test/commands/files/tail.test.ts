import {afterAll, beforeAll, expect, test} from 'vitest';
import type {Exchange} from '../../../src/shell/ports.ts';
import {type Desk, openDesk} from './desk.ts';

const rows = (from: number, to: number) =>
	Array.from({length: to - from}, (_, index) => `row ${from + index}\n`).join('');
const all = 200_000;
let desk: Desk;
beforeAll(async () => {
	desk = await openDesk({
		Store: {
			'rows.csv': rows(0, 20),
			'big.csv': rows(0, all),
			'long.txt': `first\n${'x'.repeat(500_000)}\nlast`,
			'open.txt': 'one\ntwo',
			'umlauts.txt': 'äöü',
			'lines.txt': '\n\n\n',
			'e.txt': '',
		},
	});
});
afterAll(() => desk.close());

test.each([
	['ten lines by itself', 'tail rows.csv', rows(10, 20)],
	['-n', 'tail -n 2 rows.csv', rows(18, 20)],
	['-NUMBER', 'tail -3 rows.csv', rows(17, 20)],
	['-n 0', 'tail -n 0 rows.csv', ''],
	['exactly all', 'tail -n 20 rows.csv', rows(0, 20)],
	['more than there are', 'tail -n 900 rows.csv', rows(0, 20)],
	['a last line without an end', 'tail -n 1 open.txt', 'two'],
	['empty lines', 'tail -n 2 lines.txt', '\n\n'],
	['-c', 'tail -c 4 rows.csv', ' 19\n'],
	['-c 0', 'tail -c 0 rows.csv', ''],
	['-c of more than there is', 'tail -c 1M open.txt', 'one\ntwo'],
	['an empty file', 'tail e.txt', ''],
	['from a line on', 'tail -n +19 rows.csv', rows(18, 20)],
	['from the first line on', 'tail -n +1 rows.csv', rows(0, 20)],
	['from a line after the last on', 'tail -n +99 rows.csv', ''],
	['from a line far in', 'tail -n +199999 big.csv', rows(all - 2, all)],
	['from a byte on', 'tail -c +3 open.txt', 'e\ntwo'],
	['from a byte after the last on', 'tail -c +8 open.txt', ''],
	['a line longer than a block', 'tail -n 2 long.txt', `${'x'.repeat(500_000)}\nlast`],
	['more than a block', 'tail -n 30000 big.csv', rows(all - 30_000, all)],
	['all of several blocks', 'tail -n 200000 big.csv', rows(0, all)],
	['several files', 'tail -n 1 rows.csv open.txt', '==> rows.csv <==\nrow 19\n\n==> open.txt <==\ntwo'],
])('%s', async (_title, line, text) => {
	const ran = await desk.run(line);
	expect(ran.errors).toEqual([]);
	expect(ran.text === text).toBe(true);
});

test('on a screen no character is cut in two', async () => {
	expect((await desk.run('tail -c 3 umlauts.txt', {interactive: true})).screen).toEqual(['ü']);
});

test('only the end is asked for', async () => {
	const asked: unknown[] = [];
	const exchange: Exchange = {
		...desk.exchange,
		download: (file, call) => {
			const {offset, length} = file;
			asked.push({offset, length});
			return desk.exchange.download(file, call);
		},
	};
	const size = rows(0, all).length;
	expect((await desk.run('tail -n 3 big.csv', {exchange})).text).toBe(rows(all - 3, all));
	expect(asked).toEqual([{offset: size - 65_536, length: 65_536}]);
});

test('a file whose size nobody has noted', async () => {
	const exchange: Exchange = {
		...desk.exchange,
		listDirectory: async (...call) => {
			const listing = await desk.exchange.listDirectory(...call);
			return {...listing, entries: listing.entries.map(entry => ({...entry, storageSizeBytes: null}))};
		},
	};
	expect((await desk.run('tail -n 1 rows.csv', {exchange})).text).toBe('row 19\n');
});
