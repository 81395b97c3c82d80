import fc from 'fast-check';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {startExchange, type TestExchange} from '../support/exchange.ts';

const hostile = [
	'"quoted"',
	"it's",
	'back\\slash',
	'line\nfeed',
	'nul\u0000byte',
	'\u001b[31m',
	'🙂\u202e',
	'%s $1 $&',
	'\u007f',
];

let exchange: TestExchange;
let home: string;
beforeAll(async () => {
	exchange = await startExchange();
	const tree = Object.fromEntries(hostile.map(name => [name, 'x'.repeat(name.length)]));
	const store = await exchange.addStore('Study', {...tree, 'sub\u0000"\\': {...tree, empty: {}}, none: {}});
	home = store.homeDirectoryId;
	await exchange.ask(
		`mutation ($s: ID!, $d: ID!) {storage_createDataStoreFile(
			dataStoreId: $s, dataStoreDirectoryId: $d, name: "pending", fileExtension: "csv", description: "d"
		) {itemId}}`,
		{s: store.dataStoreId, d: home},
	);
});
afterAll(() => exchange.close());

async function contents(selection: string): Promise<unknown> {
	const query = `query ($id: ID!) {
		a: storage_getDataStoreDirectory(dataStoreDirectoryId: $id) {name ${selection} homeDirectory}
	}
	fragment File on DataStoreFile {name fileExtension}
	fragment Row on DataStoreObject {objectType dataStoreFile {...File lastModified}}`;
	const used = query.includes('...Row') ? query : query.replace(/fragment [\s\S]*/, '');
	const {status, body} = await exchange.post(used, {id: home});
	expect(status).toBe(200);
	expect(body).not.toHaveProperty('errors');
	return body;
}

const file =
	'dataStoreFileId dataStoreId dataStoreDirectoryId name fileExtension description storageSizeBytes s3ConfirmedUpload lastModified contentType ownerUserId __typename';
const directory =
	'dataStoreDirectoryId dataStoreId name homeDirectory parentDirectoryId ownerUserId __typename';

describe('a listing that SQLite makes is the one that GraphQL makes:', () => {
	/** A directive has no effect here but to leave the work to GraphQL's executor. */
	const byExecutor = (selection: string) => selection.replace('{', '{... @include(if: true) {__typename} ');
	const bySqlite = (selection: string) => selection.replace('{', '{__typename ');

	test.each([
		`contents {objectType dataStoreFile {${file}} dataStoreDirectory {${directory}}}`,
		'contents {dataStoreFile {name}}',
		'contents {objectType}',
		'contents {kind: objectType f: dataStoreFile {a: name b: name} d: dataStoreDirectory {id: dataStoreDirectoryId}}',
		'contents {...Row dataStoreDirectory {... on DataStoreDirectory {name}}}',
		'contents {dataStoreFile {name} dataStoreFile {fileExtension}}',
		'contents {dataStoreFile {name name}}',
		'contents {one: dataStoreFile {name} two: dataStoreFile {fileExtension}}',
		`contents {objectType dataStoreFile {${file} owner {firstName} dataViewIds}}`,
		`contents {objectType dataStoreDirectory {name contents {objectType dataStoreFile {${file}} dataStoreDirectory {${directory}}}}}`,
		'contents {objectType dataStoreFile {name}} rest: contents {objectType dataStoreDirectory {name}}',
		'contents {objectType} contents {dataStoreFile {name}}',
	])('%s', async selection => {
		expect(await contents(bySqlite(selection))).toEqual(await contents(byExecutor(selection)));
	});

	test('any fields in any order', async () => {
		const some = (names: string) => fc.shuffledSubarray(names.split(' '), {minLength: 1});
		await fc.assert(
			fc.asyncProperty(some(file), some(directory), async (fileFields, directoryFields) => {
				const selection = `contents {
					objectType dataStoreFile {${fileFields.join(' ')}} dataStoreDirectory {${directoryFields.join(' ')}}
				}`;
				expect(await contents(bySqlite(selection))).toEqual(await contents(byExecutor(selection)));
			}),
			{numRuns: 20},
		);
	});
});
