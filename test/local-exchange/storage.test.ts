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
			dataStoreFile {
				dataStoreFileId name fileExtension description storageSizeBytes s3ConfirmedUpload contentType
			}
			dataStoreDirectory {dataStoreDirectoryId name contents {dataStoreFile {name}}}
		}
	}
}`;

async function list(id: string) {
	return (await exchange.ask(listing, {id})).directory.contents;
}

async function names(id: string): Promise<string[]> {
	return (await list(id)).map((row: Row) => (row.dataStoreFile ?? row.dataStoreDirectory)?.name);
}

type Row = {
	dataStoreFile: {name: string; dataStoreFileId: string} | null;
	dataStoreDirectory: {name: string; dataStoreDirectoryId: string} | null;
};

async function directoryNamed(parent: string, name: string): Promise<string> {
	const row = (await list(parent)).find((each: Row) => each.dataStoreDirectory?.name === name);
	return row.dataStoreDirectory.dataStoreDirectoryId;
}

describe('a directory', () => {
	test('lists its sub-directories and its files as they were made, two levels when asked', async () => {
		const tree = {'a.tar.gz': 'abc', weather: {'x.csv': '1'}, LICENSE: ''};
		const store = await exchange.addStore('Study', tree);
		const {directory} = await exchange.ask(listing, {id: store.homeDirectoryId});
		expect(directory).toMatchObject({name: '/', homeDirectory: true, parentDirectoryId: null});
		expect(directory.contents).toMatchObject([
			{
				objectType: 'DIRECTORY',
				dataStoreFile: null,
				dataStoreDirectory: {name: 'weather', contents: [{dataStoreFile: {name: 'x'}}]},
			},
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

	test('may hold several things of one name, and names of any characters', async () => {
		const {dataStoreId, homeDirectoryId} = await exchange.addStore('Study');
		const home = {dataStoreId, dataStoreDirectoryId: homeDirectoryId};
		const odd = '../"\\n\n\u001b[31m\u202e🙂 \u0000';
		for (const name of ['same', 'same', odd]) await exchange.addFile(home, name, 'x');
		expect(await names(homeDirectoryId)).toEqual(['same', 'same', '']);
		const [, , strange] = await list(homeDirectoryId);
		expect(strange.dataStoreFile.fileExtension).toBe(odd.slice(1));
	});

	test('is renamed and moved, but not into itself or another store', async () => {
		const {homeDirectoryId: home} = await exchange.addStore('Study', {a: {b: {}}, c: {}});
		const other = await exchange.addStore('Other');
		const a = await directoryNamed(home, 'a');
		const b = await directoryNamed(a, 'b');
		const c = await directoryNamed(home, 'c');
		const update = `mutation ($id: ID!, $to: ID, $name: String) {
			storage_updateDataStoreDirectory(dataStoreDirectoryId: $id, parentDirectoryId: $to, name: $name) {name}
		}`;
		await exchange.ask(update, {id: a, name: 'A'});
		await exchange.ask(update, {id: a, to: c});
		expect(await names(home)).toEqual(['c']);
		expect(await names(c)).toEqual(['A']);
		for (const to of [a, b]) {
			await expect(exchange.ask(update, {id: a, to})).rejects.toThrow('into itself');
		}
		await expect(exchange.ask(update, {id: a, to: other.homeDirectoryId})).rejects.toThrow(
			'another data store',
		);
		await expect(exchange.ask(update, {id: home, name: 'root'})).rejects.toThrow('home directory');
		await expect(exchange.ask(update, {id: a, name: ''})).rejects.toThrow('needs a name');
		expect(await names(c)).toEqual(['A']);
	});

	test('goes with everything in it', async () => {
		const {homeDirectoryId: home} = await exchange.addStore('Study', {
			a: {b: {'x.txt': '1'}, 'y.txt': '2'},
			z: '3',
		});
		const a = await directoryNamed(home, 'a');
		const b = await directoryNamed(a, 'b');
		const remove = `mutation ($id: ID!) {
			gone: storage_deleteDataStoreDirectory(dataStoreDirectoryId: $id) {dataStoreDirectoryId name}
		}`;
		const {gone} = await exchange.ask(remove, {id: a});
		expect(gone).toEqual({dataStoreDirectoryId: a, name: 'a'});
		expect(await names(home)).toEqual(['z']);
		for (const id of [a, b]) await expect(list(id)).rejects.toThrow('does not exist');
		await expect(exchange.ask(remove, {id: home})).rejects.toThrow('only with its data store');
	});

	test('is not made in the directory of another store', async () => {
		const [one, two] = [await exchange.addStore('One'), await exchange.addStore('Two')];
		const create = `mutation ($store: ID!, $parent: ID!) {
			storage_createDataStoreDirectory(dataStoreId: $store, parentDirectoryId: $parent, name: "x") {name}
		}`;
		const variables = {store: one.dataStoreId, parent: two.homeDirectoryId};
		await expect(exchange.ask(create, variables)).rejects.toThrow('another data store');
	});
});

describe('a file', () => {
	const update = `mutation ($id: ID!, $to: ID, $name: String, $description: String) {
		file: storage_updateDataStoreFile(
			dataStoreFileId: $id, dataStoreDirectoryId: $to, name: $name, description: $description
		) {name fileExtension description dataStoreDirectoryId storageSizeBytes}
	}`;

	test('is renamed, described and moved, each leaving the rest', async () => {
		const {dataStoreId, homeDirectoryId: home} = await exchange.addStore('Study', {a: {}});
		const id = await exchange.addFile({dataStoreId, dataStoreDirectoryId: home}, 'x.csv', '123');
		const a = await directoryNamed(home, 'a');
		await exchange.ask(update, {id, name: 'y'});
		await exchange.ask(update, {id, description: 'text "quoted"\nand more'});
		const {file} = await exchange.ask(update, {id, to: a});
		expect(file).toEqual({
			name: 'y',
			fileExtension: 'csv',
			description: 'text "quoted"\nand more',
			dataStoreDirectoryId: a,
			storageSizeBytes: 3,
		});
	});

	test('has its record, unconfirmed and without a size, before its bytes', async () => {
		const {dataStoreId, homeDirectoryId} = await exchange.addStore('Study');
		await exchange.ask(
			`mutation ($s: ID!, $d: ID!) {storage_createDataStoreFile(
				dataStoreId: $s, dataStoreDirectoryId: $d, name: "x", fileExtension: "csv"
			) {itemId}}`,
			{s: dataStoreId, d: homeDirectoryId},
		);
		const [row] = await list(homeDirectoryId);
		expect(row.dataStoreFile).toMatchObject({s3ConfirmedUpload: false, storageSizeBytes: null});
	});

	test('once deleted is not there, for any operation', async () => {
		const {dataStoreId, homeDirectoryId: home} = await exchange.addStore('Study');
		const id = await exchange.addFile({dataStoreId, dataStoreDirectoryId: home}, 'x.csv', '123');
		const remove = 'mutation ($id: ID!) {gone: storage_deleteDataStoreFile(dataStoreFileId: $id) {name}}';
		expect((await exchange.ask(remove, {id})).gone).toEqual({name: 'x'});
		for (const [query, variables] of [
			[remove, {id}],
			[update, {id, name: 'y'}],
			['query ($id: ID!) {storage_getDataStoreFile(dataStoreFileId: $id) {name}}', {id}],
			['query ($id: ID!) {storage_getDataStoreFileDownloadUrl(dataStoreFileId: $id) {url}}', {id}],
		] as const) {
			const {body} = await exchange.post(query, variables);
			expect(body).toMatchObject({errors: [{errorType: 'NotFound', message: `File ${id} does not exist`}]});
		}
		expect(await list(home)).toEqual([]);
	});
});

describe('a data store', () => {
	test('is made, renamed, described, listed by owner, and deleted with what it holds', async () => {
		const store = await exchange.addStore('Study', {a: {'x.txt': '1'}});
		const {user_getUserSession: session} = await exchange.ask(
			'{user_getUserSession {user {userId firstName lastName organization {organizationId name}}}}',
		);
		const {userId, organization} = session.user;
		expect(session.user).toMatchObject({
			firstName: 'Local',
			lastName: 'User',
			organization: {name: 'Sample Utility'},
		});
		const update = `mutation ($id: ID!, $name: String, $description: String) {
			store: storage_updateDataStore(dataStoreId: $id, name: $name, description: $description) {name description}
		}`;
		const id = store.dataStoreId;
		await exchange.ask(update, {id, name: 'Renamed'});
		expect((await exchange.ask(update, {id, description: 'd'})).store).toEqual({
			name: 'Renamed',
			description: 'd',
		});
		const count = async (userId?: string, organizationId?: string) => {
			const query = `query ($userId: ID, $organizationId: ID) {
				stores: storage_listDataStores(userId: $userId, organizationId: $organizationId) {dataStoreId}
			}`;
			return (await exchange.ask(query, {userId, organizationId})).stores.length;
		};
		expect([
			await count(),
			await count(userId),
			await count(undefined, organization.organizationId),
			await count('userId.nobody'),
		]).toEqual([1, 1, 1, 0]);
		await exchange.ask('mutation ($id: ID!) {storage_deleteDataStore(dataStoreId: $id) {name}}', {id});
		expect(await count()).toBe(0);
		await expect(list(store.homeDirectoryId)).rejects.toThrow('does not exist');
	});
});
