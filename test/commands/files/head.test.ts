import {afterAll, beforeAll, expect, test} from 'vitest';
import type {Exchange} from '../../../src/shell/ports.ts';
import {type Desk, openDesk} from './desk.ts';

const rows = (count: number) => Array.from({length: count}, (_, index) => `row ${index}\n`).join('');
let desk: Desk;
beforeAll(async () => {
	desk = await openDesk({
		Store: {
			'rows.csv': rows(20),
			'big.csv': rows(200_000),
			'open.txt': 'one\ntwo',
			'umlauts.txt': 'äöü',
			'e.txt': '',
		},
	});
});
afterAll(() => desk.close());

test.each([
	['ten lines by itself', 'head rows.csv', rows(10)],
	['-n', 'head -n 2 rows.csv', rows(2)],
	['-NUMBER', 'head -3 rows.csv', rows(3)],
	['-n 0', 'head -n 0 rows.csv', ''],
	['more than there are', 'head -n 9 open.txt', 'one\ntwo'],
	['-c', 'head -c 5 rows.csv', 'row 0'],
	['-c 0', 'head -c 0 rows.csv', ''],
	['-c of more than there is', 'head -c 1M open.txt', 'one\ntwo'],
	['an empty file', 'head e.txt', ''],
	['-c of an empty file', 'head -c 3 e.txt', ''],
	['several files', 'head -n 1 rows.csv open.txt', '==> rows.csv <==\nrow 0\n\n==> open.txt <==\none\n'],
])('%s', async (_title, line, text) => {
	const ran = await desk.run(line);
	expect(ran.errors).toEqual([]);
	expect(ran.text).toBe(text);
});

test('on a screen no character is cut in two', async () => {
	expect((await desk.run('head -c 3 umlauts.txt', {interactive: true})).screen).toEqual(['ä']);
});

test('no more is downloaded than is needed', async () => {
	let taken = 0;
	let left = false;
	const exchange: Exchange = {
		...desk.exchange,
		download: async (file, call) => {
			const {size, body} = await desk.exchange.download(file, call);
			return {
				size,
				body: (async function* () {
					try {
						for await (const chunk of body) {
							taken += chunk.length;
							yield chunk;
						}
					} finally {
						left = true;
					}
				})(),
			};
		},
	};
	expect((await desk.run('head big.csv', {exchange})).text).toBe(rows(10));
	expect(left).toBe(true);
	expect(taken).toBeLessThan(300_000);

	taken = 0;
	expect((await desk.run('head -c 7 big.csv', {exchange})).text).toBe(rows(2).slice(0, 7));
	expect(taken).toBe(7);
});

test('all but the last bytes is refused, not mistaken', async () => {
	expect(await desk.run('head -c -5 big.csv')).toMatchObject({
		text: '',
		status: 2,
		errors: ['-5: all but the last bytes cannot be shown (try `tail`)'],
	});
});
