import {expect, test} from 'vitest';
import {memoryExchange} from '../../support/memory-exchange.ts';
import {runCommands} from '../../support/run.ts';

const stores = {Store: {'a.csv': '1', 'b.csv': '2', sub: {}}};

test('asks anew and says what is new, changed and gone', async () => {
	const exchange = memoryExchange(stores);
	const root = exchange.directoryId('Store:/');
	const before = await exchange.listDirectory(root);
	const [, b] = before.entries.filter(entry => entry.objectType === 'FILE');
	const shrunk = {
		...before,
		entries: before.entries.map(entry => (entry === b ? {...b!, storageSizeBytes: 1_000} : entry)),
	};
	const gone = {
		objectType: 'DIRECTORY',
		dataStoreDirectoryId: 'dataStoreDirectoryId.x',
		name: 'old',
	} as const;
	const cached = {...shrunk, entries: [...shrunk.entries, gone]};
	exchange.addFile(root, 'c.csv', '3');
	const {screen} = await runCommands('refresh', {exchange: {...exchange, cachedListing: () => cached}});
	expect(screen.map(line => line.replace(/ +\d+ B.*/, ''))).toEqual([
		'changed  b.csv',
		'new      c.csv',
		'gone     old/',
		'4 entries',
	]);
});

test('says when nothing changed, and asked all the same', async () => {
	const exchange = memoryExchange(stores);
	const {screen} = await runCommands(['ls', 'refresh'], {exchange});
	expect(screen).toEqual(['nothing changed · 3 entries']);
	expect(exchange.requests.filter(request => request.startsWith('listDirectory'))).toHaveLength(2);
});

test('without a store looks for stores again', async () => {
	const exchange = memoryExchange(stores);
	const {screen} = await runCommands('refresh', {exchange, session: {location: undefined}});
	expect([screen, exchange.requests]).toEqual([['1 data store'], ['listDataStores']]);
});
