import {afterAll, beforeAll, expect, test} from 'vitest';
import {sampleStores} from '../../src/local-exchange/sample/sample.ts';
import {startExchange, type TestExchange} from '../support/exchange.ts';

let exchange: TestExchange;
beforeAll(async () => {
	exchange = await startExchange({seed: true});
});
afterAll(() => exchange.close());

const ownStores = `query ($userId: ID!) {
	stores: storage_listDataStores(userId: $userId) {name description homeDirectoryId}
}`;
const listing = `query ($id: ID!) {
	directory: storage_getDataStoreDirectory(dataStoreDirectoryId: $id) {contents {
		dataStoreFile {
			dataStoreFileId name fileExtension description contentType lastModified s3ConfirmedUpload storageSizeBytes
		}
		dataStoreDirectory {dataStoreDirectoryId name}
	}}
}`;

type Found = {
	id: string;
	description: string | null;
	modified: string;
	confirmed: boolean;
	size: number | null;
};

/** Every object under a directory, by its path; several files of one path stand together. */
async function walk(id: string, path: readonly string[], found: Map<string, Found[]>): Promise<void> {
	for (const {dataStoreFile: file, dataStoreDirectory: directory} of (await exchange.ask(listing, {id}))
		.directory.contents) {
		if (directory) {
			found.set(JSON.stringify([...path, directory.name, '']), []);
			await walk(directory.dataStoreDirectoryId, [...path, directory.name], found);
			continue;
		}
		const name = file.name + (file.fileExtension === '' ? '' : `.${file.fileExtension}`);
		const key = JSON.stringify([...path, name]);
		const entry: Found = {
			id: file.dataStoreFileId,
			description: file.description,
			modified: file.lastModified,
			confirmed: file.s3ConfirmedUpload,
			size: file.storageSizeBytes,
		};
		found.set(key, [...(found.get(key) ?? []), entry]);
	}
}

test('a new exchange holds the sample, object for object and byte for byte', async () => {
	const {session} = await exchange.ask('{session: user_getUserSession {user {userId}}}');
	const {stores} = await exchange.ask(ownStores, {userId: session.user.userId});
	const samples = [...sampleStores()];
	expect(
		stores.map(({name, description}: {name: string; description: string}) => [name, description]),
	).toEqual(samples.map(({name, description}) => [name, description]));
	for (const [index, sample] of samples.entries()) {
		const found = new Map<string, Found[]>();
		await walk(stores[index].homeDirectoryId, [], found);
		const taken = new Map<string, number>();
		let count = 0;
		for (const object of sample.objects) {
			if (object.kind === 'directory') {
				expect(found.has(JSON.stringify([...object.path, '']))).toBe(true);
				continue;
			}
			const key = JSON.stringify([...object.path, object.fileName]);
			const nth = taken.get(key) ?? 0;
			taken.set(key, nth + 1);
			const file = found.get(key)?.[nth];
			const confirmed = object.confirmed !== false;
			expect(file).toMatchObject({
				description: object.description ?? null,
				modified: object.modified,
				confirmed,
				size: confirmed ? object.bytes.length : null,
			});
			// A look at each of the large directory's files takes too long.
			if (confirmed && count++ % 97 === 0) expect(await bytesOf(file!.id)).toEqual(Buffer.from(object.bytes));
		}
		expect([...found.values()].flat()).toHaveLength([...taken.values()].reduce((a, b) => a + b, 0));
	}
});

async function bytesOf(id: string): Promise<Buffer> {
	const query = 'query ($id: ID!) {file: storage_getDataStoreFileDownloadUrl(dataStoreFileId: $id) {url}}';
	const {file} = await exchange.ask(query, {id});
	return Buffer.from(await (await fetch(file.url)).arrayBuffer());
}

test('a file of the sample can be deleted without harm to those beside it', async () => {
	const {stores} = await exchange.ask('{stores: storage_listDataStores {homeDirectoryId}}');
	const found = new Map<string, Found[]>();
	await walk(stores[0].homeDirectoryId, [], found);
	const [first, second] = [...found.values()].flat().filter(({confirmed}) => confirmed);
	const before = await bytesOf(second!.id);
	await exchange.ask('mutation ($id: ID!) {storage_deleteDataStoreFile(dataStoreFileId: $id) {name}}', {
		id: first!.id,
	});
	await exchange.server.close();
	await exchange.reopen();
	expect(await bytesOf(second!.id)).toEqual(before);
});
