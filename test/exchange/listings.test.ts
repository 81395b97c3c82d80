import {afterEach, expect, test} from 'vitest';
import {createListings} from '../../src/exchange/listings.ts';
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
