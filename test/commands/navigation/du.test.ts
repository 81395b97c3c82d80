import {expect, test} from 'vitest';
import {ShellError} from '../../../src/shell/errors.ts';
import type {Exchange} from '../../../src/shell/ports.ts';
import {memoryExchange} from '../../support/memory-exchange.ts';
import {runCommands} from '../../support/run.ts';

const tree = {a: {x: '1'.repeat(1_000), deep: {y: '22'}}, b: {}, z: '333'};
const of = () => memoryExchange({Store: tree});

test('adds up each directory, after those in it, with one request each', async () => {
	const exchange = of();
	expect((await runCommands('du', {exchange})).text).toBe('2\ta/deep\n1002\ta\n0\tb\n1005\t.\n');
	expect(exchange.requests.filter(request => request.startsWith('listDirectory'))).toHaveLength(4);
});

test.each([
	['du -s', '1005\t.\n'],
	['du -sh /', '1 kB\t/\n'],
	['du -d 1', '1002\ta\n0\tb\n1005\t.\n'],
	['du a', '2\ta/deep\n1002\ta\n'],
	['du z', '3\tz\n'],
	['du -s *', '1002\ta\n0\tb\n3\tz\n'],
	['du z nope a', '3\tz\n2\ta/deep\n1002\ta\n'],
])('%s prints %j', async (line, text) => {
	expect((await runCommands(line, {exchange: of()})).text).toBe(text);
});

test('says what it could not count', async () => {
	const exchange = of();
	const vague: Exchange = {
		...exchange,
		listDirectory: async (id, read) => {
			const listing = await exchange.listDirectory(id, read);
			if (id === exchange.directoryId('Store:/b')) throw new ShellError('denied', 'no permission');
			return {
				...listing,
				entries: listing.entries.map(entry =>
					entry.objectType === 'FILE' && entry.name === 'x' ? {...entry, storageSizeBytes: null} : entry,
				),
			};
		},
	};
	const {text, screen, status} = await runCommands('du', {exchange: vague});
	expect(text).toBe('2\ta/deep\n2\ta\n0\tb\n5\t.\n');
	expect(screen).toContain('du: b: no permission');
	expect(screen.at(-1)).toBe('warning: 1 file of unknown size not counted');
	expect(status).toBe(1);
});
