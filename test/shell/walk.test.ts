import {describe, expect, test} from 'vitest';
import {ShellError} from '../../src/shell/errors.ts';
import type {Exchange} from '../../src/shell/ports.ts';
import {rootOf} from '../../src/shell/resolve.ts';
import {pathBelow, type WalkOptions, walk} from '../../src/shell/walk.ts';
import {memoryExchange} from '../support/memory-exchange.ts';

const tree = {a: {deep: {x: ''}, y: ''}, b: {}, c: {d: {e: {}}}};

async function visited(exchange: Exchange, options?: WalkOptions, signal = new AbortController().signal) {
	const [store] = await exchange.listDataStores();
	const start = rootOf(store!);
	const paths: string[] = [];
	for await (const {names, error} of walk({exchange, signal, session: {} as never}, start, options)) {
		paths.push(names.join('/') + (error ? `: ${error.message}` : ''));
	}
	return paths;
}

describe('walk', () => {
	test('visits each directory before those in it, in order', async () => {
		expect(await visited(memoryExchange({Store: tree}))).toEqual([
			'',
			'a',
			'a/deep',
			'b',
			'c',
			'c/d',
			'c/d/e',
		]);
	});

	test.each([
		[{reverse: true}, ['', 'c', 'c/d', 'c/d/e', 'b', 'a', 'a/deep']],
		[{depth: 1}, ['', 'a', 'b', 'c']],
		[{depth: 0}, ['']],
		[{accept: entry => entry.name !== 'c'}, ['', 'a', 'a/deep', 'b']],
	] satisfies [WalkOptions, string[]][])('%j visits %j', async (options, paths) => {
		expect(await visited(memoryExchange({Store: tree}), options)).toEqual(paths);
	});

	test('asks for each directory once, a few at a time', async () => {
		const wide = Object.fromEntries(Array.from({length: 20}, (_, index) => [`d${index}`, {}]));
		const exchange = memoryExchange({Store: wide});
		let running = 0;
		let most = 0;
		const counting: Exchange = {
			...exchange,
			listDirectory: async (id, read) => {
				most = Math.max(most, ++running);
				await new Promise(resolve => setImmediate(resolve));
				return exchange.listDirectory(id, read).finally(() => running--);
			},
		};
		expect(await visited(counting)).toHaveLength(21);
		expect(exchange.requests.filter(request => request.startsWith('listDirectory'))).toHaveLength(21);
		expect(most).toBeGreaterThan(1);
		expect(most).toBeLessThanOrEqual(4);
	});

	test('ends on a directory that contains itself', async () => {
		const exchange = memoryExchange({Store: {a: {}}});
		const inside = {
			objectType: 'DIRECTORY',
			dataStoreDirectoryId: exchange.directoryId('Store:/a'),
			name: 'again',
		} as const;
		const ring: Exchange = {
			...exchange,
			listDirectory: async (id, read) => {
				const listing = await exchange.listDirectory(id, read);
				return id === inside.dataStoreDirectoryId ? {...listing, entries: [inside]} : listing;
			},
		};
		expect(await visited(ring)).toEqual(['', 'a']);
	});

	test('passes what it may not read, and stops at a lost connection', async () => {
		const exchange = memoryExchange({Store: tree});
		const failing = (code: 'denied' | 'connection'): Exchange => ({
			...exchange,
			listDirectory: async (id, read) => {
				if (id === exchange.directoryId('Store:/b')) throw new ShellError(code, 'no');
				return exchange.listDirectory(id, read);
			},
		});
		expect(await visited(failing('denied'))).toContain('b: no');
		await expect(visited(failing('connection'))).rejects.toThrow('no');
	});

	test('throws what happens at the start', async () => {
		const exchange = memoryExchange({Store: tree});
		exchange.failNext('listDirectory', new ShellError('denied', 'no'));
		await expect(visited(exchange)).rejects.toThrow('no');
	});
});

test.each([
	['.', ['a', 'b'], 'a/b'],
	['', ['a'], 'a'],
	['/', ['a'], '/a'],
	['../x', ['a'], '../x/a'],
	['x/', ['a'], 'x/a'],
	['Store:/', ['a'], 'Store:/a'],
	['x', [], 'x'],
])('%j and %j are %s', (typed, names, path) => {
	expect(pathBelow(typed, names)).toBe(path);
});
