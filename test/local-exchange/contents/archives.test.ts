import {afterEach, beforeEach, expect, test} from 'vitest';
import {startExchange, type TestExchange} from '../../support/exchange.ts';
import {zipEntries} from '../../support/zip-entries.ts';

let exchange: TestExchange;
beforeEach(async () => {
	exchange = await startExchange();
});
afterEach(() => exchange.close());

const urlQuery = `query ($ids: [DataStoreObjectIdInput]!) {
	zip: storage_getDataStoreZipDownloadUrl(dataStoreObjectIds: $ids) {url}
}`;

async function zipOf(ids: object[]): Promise<[string, string][]> {
	const {zip} = await exchange.ask(urlQuery, {ids});
	const response = await fetch(zip.url);
	expect(response.headers.get('content-type')).toBe('application/zip');
	return zipEntries(Buffer.from(await response.arrayBuffer()));
}

test('a zip holds files and whole directories, and leaves out what has no bytes yet', async () => {
	const tree = {weather: {'a.csv': '1,2', old: {'b.csv': ''}, none: {}}};
	const {dataStoreId, homeDirectoryId} = await exchange.addStore('Study', tree);
	const home = {dataStoreId, dataStoreDirectoryId: homeDirectoryId};
	const file = await exchange.addFile(home, 'x.txt', 'x'.repeat(200_000));
	await exchange.ask(
		`mutation ($s: ID!, $d: ID!) {
			storage_createDataStoreFile(dataStoreId: $s, dataStoreDirectoryId: $d, name: "u", fileExtension: "") {url}
		}`,
		{s: dataStoreId, d: homeDirectoryId},
	);
	const whole = {objectType: 'DIRECTORY', dataStoreDirectoryId: homeDirectoryId};
	expect(await zipOf([{objectType: 'FILE', dataStoreFileId: file}, whole])).toEqual([
		['x.txt', 'x'.repeat(200_000)],
		['Study/', ''],
		['Study/x.txt', 'x'.repeat(200_000)],
		['Study/weather/', ''],
		['Study/weather/a.csv', '1,2'],
		['Study/weather/old/', ''],
		['Study/weather/old/b.csv', ''],
		['Study/weather/none/', ''],
	]);
});

test('hostile and equal names stay inside the archive and apart', async () => {
	const {dataStoreId, homeDirectoryId} = await exchange.addStore('../up', {'..': {'/etc/passwd': '1'}});
	const home = {dataStoreId, dataStoreDirectoryId: homeDirectoryId};
	for (const text of ['first', 'second']) await exchange.addFile(home, 'same.csv', text);
	const entries = await zipOf([{objectType: 'DIRECTORY', dataStoreDirectoryId: homeDirectoryId}]);
	expect(entries).toEqual([
		['.._up/', ''],
		['.._up/same.csv', 'first'],
		['.._up/same (2).csv', 'second'],
		['.._up/_../', ''],
		['.._up/_../_etc_passwd', '1'],
	]);
});

test('a zip of nothing, or of what is not there, is refused', async () => {
	await expect(exchange.ask(urlQuery, {ids: []})).rejects.toThrow('at least one object');
	const missing = [{objectType: 'FILE', dataStoreFileId: 'dataStoreFileId.x'}];
	await expect(exchange.ask(urlQuery, {ids: missing})).rejects.toThrow('does not exist');
});
