import {expect, test} from 'vitest';
import {ShellError} from '../../../src/shell/errors.ts';
import type {Exchange} from '../../../src/shell/ports.ts';
import {memoryExchange} from '../../support/memory-exchange.ts';
import {runCommands} from '../../support/run.ts';

const stores = {
	Store: {
		cases: {'Case 1.csv': '1'.repeat(2_000), 'case2.CSV': '12', deep: {'case3.csv': '123'}},
		'readme.txt': 'hello',
		'.env': '',
	},
};
/** Three days after the files of the in-memory Exchange. */
const now = () => Date.parse('2026-11-05T17:40:11.000Z');
const found = async (line: string) => {
	const {text, screen} = await runCommands(line, {exchange: memoryExchange(stores), now});
	return {paths: text.split('\n').filter(Boolean).toSorted(), screen};
};

test.each([
	[
		'find',
		[
			'.env',
			'cases',
			'cases/Case 1.csv',
			'cases/case2.CSV',
			'cases/deep',
			'cases/deep/case3.csv',
			'readme.txt',
		],
	],
	["find --name '*.csv'", ['cases/Case 1.csv', 'cases/deep/case3.csv']],
	["find -name '*.csv' -size +1k", ['cases/Case 1.csv']],
	["find -iname 'CASE?.csv'", ['cases/case2.CSV', 'cases/deep/case3.csv']],
	['find -type d', ['cases', 'cases/deep']],
	['find /cases -type f -maxdepth 1', ['/cases/Case 1.csv', '/cases/case2.CSV']],
	['find cases --size -3', ['cases/case2.CSV', 'cases/deep/case3.csv']],
	['find --size 5', ['readme.txt']],
	['find cases/deep --newer 4d', ['cases/deep/case3.csv']],
	['find cases/deep -mtime -2', []],
	['find cases/deep -mtime 3', ['cases/deep/case3.csv']],
	['find cases/deep --older 2d', ['cases/deep/case3.csv']],
	['find -type d --newer 9y', []],
])('%s', async (line, paths) => {
	expect((await found(line)).paths).toEqual(paths.toSorted());
});

test('-l shows size and time', async () => {
	expect((await found('find -l -name readme.txt')).paths).toEqual([
		'5\t2026-11-02T17:40:11.000Z\treadme.txt',
	]);
});

test('a bad test is an error that says what is wanted', async () => {
	expect((await found('find -mtime soon')).screen[0]).toContain('soon is neither days nor an age');
	expect((await found('find --size big')).screen[0]).toContain('big is not a size');
});

test('shows hostile names on one harmless line each', async () => {
	const exchange = memoryExchange({Store: {'a\nb\u001b[2J': '', '../../x': ''}});
	const {text} = await runCommands('find', {exchange});
	expect(text.split('\n').toSorted()).toEqual(['', '../../x', 'a\\nb\\x1b[2J']);
});

test('passes a directory it may not read, and fails in the end', async () => {
	const exchange = memoryExchange(stores);
	const closed: Exchange = {
		...exchange,
		listDirectory: async (id, read) => {
			if (id === exchange.directoryId('Store:/cases/deep')) throw new ShellError('denied', 'no permission');
			return exchange.listDirectory(id, read);
		},
	};
	const {screen, status} = await runCommands("find -name 'r*'", {exchange: closed});
	expect([screen, status]).toEqual([['readme.txt', 'find: cases/deep: no permission'], 1]);
});

test('ends when it is cancelled', async () => {
	const abort = new AbortController();
	const exchange = memoryExchange(stores);
	const cancelling: Exchange = {
		...exchange,
		listDirectory: async (id, read) => {
			if (id !== exchange.directoryId('Store:/')) abort.abort();
			return exchange.listDirectory(id, read);
		},
	};
	const {screen, status} = await runCommands('find -name nothing', {
		exchange: cancelling,
		signal: abort.signal,
	});
	expect([screen, status]).toEqual([['find: cancelled'], 130]);
});
