import {afterEach, expect, test, vi} from 'vitest';
import {createListings} from '../../src/exchange/listings.ts';
import {ListDirectoryDocument} from '../../src/exchange/operations/generated.ts';
import {type FakeExchange, fakeExchange} from './fake-exchange.ts';

let fake: FakeExchange;
afterEach(() => fake.close());

/** A directory of three empty directories. */
const directoryOfThree = (dataStoreDirectoryId: unknown) => ({
	__typename: 'DataStoreDirectory',
	dataStoreDirectoryId,
	contents: ['a', 'b', 'c'].map(name => ({
		objectType: 'DIRECTORY',
		dataStoreDirectory: {dataStoreDirectoryId: `${dataStoreDirectoryId}/${name}`, name},
		dataStoreFile: null,
	})),
});

test('the directories used last are kept, up to a number of rows in all', async () => {
	fake = await fakeExchange(({variables}) => ({
		body: {data: {storage_getDataStoreDirectory: directoryOfThree(variables.dataStoreDirectoryId)}},
	}));
	const listings = createListings(fake.connect().client, 7);
	await listings.listDirectory('one');
	await listings.listDirectory('two');
	await listings.listDirectory('one');
	await listings.listDirectory('three');
	const kept = ['one', 'two', 'three'].map(id => listings.cachedListing(id)?.entries.length);
	expect(kept).toEqual([3, undefined, 3]);
});

test('a directory larger than all that may be kept is kept while it is the last', async () => {
	fake = await fakeExchange(({variables}) => ({
		body: {data: {storage_getDataStoreDirectory: directoryOfThree(variables.dataStoreDirectoryId)}},
	}));
	const listings = createListings(fake.connect().client, 1);
	const listing = await listings.listDirectory('one');
	expect(listings.cachedListing('one')).toBe(listing);
	await listings.listDirectory('two');
	expect(listings.cachedListing('one')).toBeUndefined();
});

test('a refreshed listing keeps the entries that have not changed, wherever they are now', async () => {
	const file = (id: string, storageSizeBytes = 1) => ({
		objectType: 'FILE',
		dataStoreDirectory: null,
		dataStoreFile: {
			dataStoreFileId: id,
			name: id,
			fileExtension: 'csv',
			storageSizeBytes,
			s3ConfirmedUpload: true,
			lastModified: '2026-11-02T17:40:11.000Z',
		},
	});
	const answers = [
		[file('a'), null, file('b'), file('c')],
		[file('new'), file('a'), file('c', 2), file('b')],
	];
	fake = await fakeExchange(({attempt}) => ({
		body: {
			data: {
				storage_getDataStoreDirectory: {
					__typename: 'DataStoreDirectory',
					dataStoreDirectoryId: 'one',
					contents: answers[attempt - 1],
				},
			},
		},
	}));
	const exchange = fake.connect();
	const [a, b, c] = (await exchange.listDirectory('one')).entries;
	const fresh = await exchange.listDirectory('one', {maxAge: 0});
	expect(fresh.entries.map(({name}) => name)).toEqual(['new', 'a', 'c', 'b']);
	expect(fresh.entries[1]).toBe(a);
	expect(fresh.entries[2]).toEqual({...c, storageSizeBytes: 2});
	expect(fresh.entries[3]).toBe(b);
});

const listed = async () => {
	fake = await fakeExchange(({variables}) => ({
		body: {data: {storage_getDataStoreDirectory: directoryOfThree(variables.dataStoreDirectoryId)}},
	}));
	const {client} = fake.connect();
	const listings = createListings(client);
	await listings.listDirectory('one');
	return {client, listings, names: () => listings.cachedListing('one')?.entries.map(({name}) => name)};
};
const directory = (name: string, id = name) =>
	({objectType: 'DIRECTORY', dataStoreDirectoryId: `one/${id}`, name}) as const;

test('own writes change the next listing, in their places, and never one that is held', async () => {
	const {listings, names} = await listed();
	const held = listings.cachedListing('one')!;
	const before = [...held.entries];
	listings.put('one', directory('d'));
	listings.put('one', directory('B', 'b'));
	listings.remove('one', 'one/a');
	listings.put('one', directory('e'));
	listings.remove('one', 'one/d');
	listings.remove('one', 'one/nowhere');
	expect(held.entries).toEqual(before);
	expect(names()).toEqual(['B', 'c', 'e']);
	expect(listings.cachedListing('one')?.entries[1]).toBe(before[2]);
	listings.put('one', directory('a'));
	expect(names()).toEqual(['B', 'c', 'e', 'a']);
	expect(held.entries).toEqual(before);
});

test('a thousand own writes copy the directory once, for the reader that comes after them', async () => {
	const {client, listings, names} = await listed();
	const copies = vi.spyOn(client.cache, 'modify');
	for (let number = 0; number < 1000; number++) listings.put('one', directory(`new ${number}`));
	expect(names()).toHaveLength(1003);
	expect(copies).toHaveBeenCalledTimes(1);
});

test('who watches the cache hears of an own write that nobody asks for', async () => {
	const {client, listings} = await listed();
	const variables = {dataStoreDirectoryId: 'one'};
	const query = client.watchQuery({query: ListDirectoryDocument, variables, fetchPolicy: 'cache-only'});
	const heard = new Promise<unknown>(resolve => {
		query.subscribe(({data}) => {
			const contents = data?.storage_getDataStoreDirectory?.contents;
			if (contents?.length === 4) resolve(contents[3]?.dataStoreDirectory?.name);
		});
	});
	listings.put('one', directory('d'));
	expect(await heard).toBe('d');
});

test('a directory that is forgotten takes its own writes along', async () => {
	const {listings, names} = await listed();
	listings.put('one', directory('d'));
	listings.forget();
	expect(names()).toBeUndefined();
	await listings.listDirectory('one');
	expect(names()).toEqual(['a', 'b', 'c']);
});
