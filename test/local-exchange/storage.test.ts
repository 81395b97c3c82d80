import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {startExchange, type TestExchange} from '../support/exchange.ts';

let exchange: TestExchange;
beforeEach(async () => {
	exchange = await startExchange();
});
afterEach(() => exchange.close());

const listing = `query ($id: ID!) {
	directory: storage_getDataStoreDirectory(dataStoreDirectoryId: $id) {
		name homeDirectory parentDirectoryId
		contents {
			objectType
			dataStoreFile {dataStoreFileId name fileExtension storageSizeBytes s3ConfirmedUpload contentType}
			dataStoreDirectory {dataStoreDirectoryId name}
		}
	}
}`;

describe('a directory', () => {
	test('lists its sub-directories and its files as they were made', async () => {
		const store = await exchange.addStore('Study', {'a.tar.gz': 'abc', weather: {'x.csv': '1'}, LICENSE: ''});
		const {directory} = await exchange.ask(listing, {id: store.homeDirectoryId});
		expect(directory).toMatchObject({name: '/', homeDirectory: true, parentDirectoryId: null});
		expect(directory.contents).toMatchObject([
			{objectType: 'DIRECTORY', dataStoreFile: null, dataStoreDirectory: {name: 'weather'}},
			{
				objectType: 'FILE',
				dataStoreDirectory: null,
				dataStoreFile: {
					name: 'a',
					fileExtension: 'tar.gz',
					storageSizeBytes: 3,
					s3ConfirmedUpload: true,
					contentType: 'application/gzip',
				},
			},
			{objectType: 'FILE', dataStoreFile: {name: 'LICENSE', fileExtension: '', storageSizeBytes: 0}},
		]);
	});
});
