import {buildSchema, parse, validate} from 'graphql';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {schemaText} from '../../../src/local-exchange/schema.ts';
import {put} from '../../support/api-client.ts';
import {startExchange, type TestExchange} from '../../support/exchange.ts';
import {others2022, storage2022} from './operations-2022.ts';
import {others2024, storage2024} from './operations-2024.ts';

let exchange: TestExchange;
beforeEach(async () => {
	exchange = await startExchange();
});
afterEach(() => exchange.close());

const generations = [
	['2022', storage2022, others2022],
	['2024', storage2024, others2024],
] as const;

describe.each(generations)('the SDK of %s', (_, storage, others) => {
	test('finds every operation it knows', async () => {
		const schema = buildSchema(schemaText);
		const mine = Object.values(storage).map(build =>
			(build as (...words: string[]) => string)('a', 'b', 'c', 'd', 'e'),
		);
		for (const query of [...mine, ...Object.values(others)]) {
			expect(validate(schema, parse(query)).map(({message}) => message)).toEqual([]);
		}
	});

	test("is told in the SDK's own terms what is not served", async () => {
		for (const query of Object.values(others).filter(each => !each.startsWith('subscription'))) {
			const {status, body} = await exchange.post(query);
			expect(status).toBe(200);
			const {errors} = body as {errors?: {errorType?: string; message: string}[]};
			// No validation error: those have no errorType.
			if (errors !== undefined) expect(errors[0]).toMatchObject({errorType: expect.any(String)});
		}
	});

	test('keeps files: makes a directory, uploads, polls, lists, downloads, deletes', async () => {
		const ask = async (query: string) => Object.values(await exchange.ask(query))[0];
		await exchange.addStore('Study');
		expect((await ask(storage.session())).user.organization.name).toBe('Sample Utility');
		const [{dataStoreId}] = await ask(storage.listStores());
		expect(dataStoreId).toMatch(/^dataStoreId\./);
		const {homeDirectoryId} = await ask(storage.getStore(dataStoreId));

		const made = await ask(storage.createDirectory(dataStoreId, homeDirectoryId, 'results'));
		expect(made).toMatchObject({name: 'results', parentDirectoryId: homeDirectoryId, homeDirectory: false});
		const directory = made.dataStoreDirectoryId;
		const created = await ask(storage.createFile(dataStoreId, directory, 'a', 'tar.gz', 'first'));
		expect(created.itemId).toMatch(/^dataStoreFileId\./);
		expect((await put(created.url, Buffer.from('abc'))).status).toBe(200);
		const file = await ask(storage.getFile(created.itemId));
		expect(file).toMatchObject({
			dataStoreId,
			dataStoreDirectoryId: directory,
			name: 'a',
			fileExtension: 'tar.gz',
			description: 'first',
			storageSizeBytes: 3,
			s3ConfirmedUpload: true,
			lastModified: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
		});
		if ('owner' in file) expect(file.owner.firstName).toBe('Local');
		else expect(file.ownerUserId).toMatch(/^userId\./);

		const home = await ask(storage.getDirectory(homeDirectoryId));
		expect(home.contents).toHaveLength(1);
		expect(home.contents[0].dataStoreDirectory.contents).toMatchObject([
			{objectType: 'FILE', dataStoreDirectory: null, dataStoreFile: {dataStoreFileId: created.itemId}},
		]);
		const {url} = await ask(storage.downloadUrl(dataStoreId, created.itemId));
		expect(await (await fetch(url)).text()).toBe('abc');
		expect(await ask(storage.deleteFile(created.itemId))).toMatchObject({name: 'a'});
		expect(await ask(storage.deleteDirectory(directory))).toMatchObject({name: 'results'});
		expect((await ask(storage.getDirectory(homeDirectoryId))).contents).toEqual([]);
	});
});
