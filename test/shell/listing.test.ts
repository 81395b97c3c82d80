import {expect, test} from 'vitest';
import {entriesNamed, sortedEntries} from '../../src/shell/listing.ts';
import {entryName, splitFileName} from '../../src/shell/paths.ts';
import type {Entry, Listing} from '../../src/shell/ports.ts';

const file = (name: string, storageSizeBytes: number | null, lastModified: string | null): Entry => ({
	objectType: 'FILE',
	dataStoreFileId: `dataStoreFileId.${name}`,
	...splitFileName(name),
	storageSizeBytes,
	s3ConfirmedUpload: true,
	lastModified,
});
const listing: Listing = {
	directoryId: 'dataStoreDirectoryId.1',
	fetchedAt: 0,
	entries: [
		file('Feeder 12.csv', 5, '2026-01-02T00:00:00.000Z'),
		{objectType: 'DIRECTORY', dataStoreDirectoryId: 'dataStoreDirectoryId.2', name: 'feeders'},
		file('Feeder 2.csv', 7, '2026-01-01T00:00:00.000Z'),
		file('a.csv', null, null),
		file('a.csv', 5, '2026-01-03T00:00:00.000Z'),
	],
};

test('all entries of a name are found', () => {
	expect(entriesNamed(listing, 'a.csv')).toHaveLength(2);
	expect(entriesNamed(listing, 'a')).toEqual([]);
});

test.each([
	['name', ['a.csv', 'a.csv', 'Feeder 2.csv', 'Feeder 12.csv', 'feeders']],
	['size', ['Feeder 2.csv', 'a.csv', 'Feeder 12.csv', 'a.csv', 'feeders']],
	['time', ['a.csv', 'Feeder 12.csv', 'Feeder 2.csv', 'a.csv', 'feeders']],
	['none', ['Feeder 12.csv', 'feeders', 'Feeder 2.csv', 'a.csv', 'a.csv']],
] as const)('by %s', (order, names) => {
	const entries = sortedEntries(listing, order);
	expect(entries.map(entryName)).toEqual(names);
	expect(sortedEntries(listing, order)).toBe(entries);
});
