import {afterAll, beforeAll, expect, test} from 'vitest';
import type {FileEntry} from '../../src/shell/ports.ts';
import {startExchange, type TestExchange} from '../support/exchange.ts';

let local: TestExchange;
beforeAll(async () => {
	local = await startExchange({seed: true});
}, 120_000);
afterAll(() => local?.close());

/** The id of the sample's directory of 10,000 files, found as a user gets there. */
async function largeDirectory(): Promise<string> {
	const [store] = await local.exchange.listDataStores();
	let directoryId = store?.homeDirectoryId ?? '';
	for (const name of ['sensors', 'windows']) {
		const {entries} = await local.exchange.listDirectory(directoryId);
		const entry = entries.find(other => other.objectType === 'DIRECTORY' && other.name === name);
		if (entry?.objectType !== 'DIRECTORY') throw new Error(`the sample has no ${name}`);
		directoryId = entry.dataStoreDirectoryId;
	}
	return directoryId;
}

test('opening a store, entering a directory of 10,000 files and listing it twice takes four requests', async () => {
	const {exchange, server} = local;
	const before = server.requests();
	const directoryId = await largeDirectory();
	const listing = await exchange.listDirectory(directoryId);
	expect(listing.entries).toHaveLength(10_000);
	expect(await exchange.listDirectory(directoryId)).toBe(listing);
	expect(server.requests() - before).toBe(4);
});

test('an own write changes one of 10,000 rows and leaves the others as they are', async () => {
	const {exchange} = local;
	const from = await largeDirectory();
	const {entries} = await exchange.listDirectory(from);
	const {dataStoreFileId} = entries[0] as FileEntry;
	const renamed = await exchange.updateFile({dataStoreFileId, from, name: 'renamed'});
	const after = exchange.cachedListing(from)?.entries ?? [];
	expect(after[0]).toEqual(renamed);
	expect(after.slice(1).every((entry, index) => entry === entries[index + 1])).toBe(true);
});
