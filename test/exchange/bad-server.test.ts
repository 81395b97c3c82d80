import {afterEach, describe, expect, test} from 'vitest';
import {ShellError, toShellError} from '../../src/shell/errors.ts';
import {type Asked, type FakeExchange, fakeExchange, type Reply} from './fake-exchange.ts';

let fake: FakeExchange;
afterEach(() => fake.close());

async function failure(call: Promise<unknown>): Promise<ShellError> {
	const error = await call.then(
		answer => new Error(`answered ${JSON.stringify(answer)}`),
		(thrown: unknown) => thrown,
	);
	if (!(error instanceof ShellError)) throw error;
	expect(error.message).not.toContain('\n');
	expect(`${error.message}${error.hint}${error.details}`).not.toContain(fake.token);
	return error;
}

const graphqlError = (error: object, data: unknown = null): Reply => ({body: {data, errors: [error]}});
const directory = (contents: unknown): Reply => ({
	body: {
		data: {
			storage_getDataStoreDirectory: {
				__typename: 'DataStoreDirectory',
				dataStoreDirectoryId: 'dataStoreDirectoryId.1',
				contents,
			},
		},
	},
});
const fileRow = (name: string) => ({
	objectType: 'FILE',
	dataStoreDirectory: null,
	dataStoreFile: {
		dataStoreFileId: `dataStoreFileId.${name}`,
		name,
		fileExtension: null,
		storageSizeBytes: 1,
		s3ConfirmedUpload: true,
		lastModified: null,
	},
});
const list = (patience = {}) => fake.connect(patience).listDirectory('dataStoreDirectoryId.1');

describe('a server that fails', () => {
	test.each<[string, Reply, string, string]>([
		['401', {status: 401, text: ''}, 'unauthorized', 'the token is wrong or has expired'],
		[
			'UnauthorizedException at 200',
			graphqlError({errorType: 'UnauthorizedException', message: 'You are not authorized'}),
			'unauthorized',
			'the token is wrong or has expired',
		],
		['Unauthorized', graphqlError({message: 'Unauthorized'}), 'denied', 'you have no permission for this'],
		['403', {status: 403, text: '<html>'}, 'denied', 'refused the request (403)'],
		['429 for ever', {status: 429, text: 'slow down'}, 'throttled', 'too many requests'],
		[
			'ThrottlingException for ever',
			graphqlError({errorType: 'ThrottlingException', message: 'Rate exceeded'}),
			'throttled',
			'too many requests',
		],
		['500', {status: 500, text: '<html>boom</html>'}, 'connection', 'is in trouble (500)'],
		['302', {status: 302, text: ''}, 'failed', 'answered 302, is this an Exchange?'],
		[
			'HTML at 200',
			{text: '<html>hello</html>', type: 'text/html'},
			'failed',
			'the answer is not JSON (200)',
		],
		['half JSON', {text: '{"data":{"storage_getDa'}, 'failed', 'the answer is not JSON (200)'],
		['an empty answer', {text: ''}, 'failed', 'the answer is empty (200)'],
		['JSON that is not GraphQL', {body: ['x']}, 'failed', 'the answer is not GraphQL (200)'],
		['data null without a reason', {body: {data: null}}, 'failed', 'failed without a reason'],
		['a closed socket', 'drop', 'connection', 'the connection dropped'],
		['no answer', 'hang', 'timeout', 'no answer in 0.2 s'],
		[
			'a field the server lacks (AppSync)',
			graphqlError({
				message:
					"Validation error of type FieldUndefined: Field 'storage_getX' in type 'Query' is undefined @ 'storage_getX'",
			}),
			'unsupported',
			'this Exchange does not offer storage_getX',
		],
		[
			'a field the server lacks (graphql-js, 400)',
			{status: 400, body: {errors: [{message: 'Cannot query field "storage_getX" on type "Query".'}]}},
			'unsupported',
			'this Exchange does not offer storage_getX',
		],
		[
			'NotImplemented',
			graphqlError({errorType: 'NotImplemented', message: 'zip comes later'}),
			'unsupported',
			'zip comes later',
		],
		[
			'any other error, on one line',
			graphqlError({errorType: 'Lambda:Unhandled', message: 'Something\n  went wrong'}),
			'failed',
			'Something went wrong',
		],
		['errors of no shape', {body: {data: null, errors: [null]}}, 'failed', 'failed without a reason'],
		[
			'an unknown directory',
			{body: {data: {storage_getDataStoreDirectory: null}}},
			'not-found',
			'no such directory',
		],
	])('%s', async (_case, reply, code, message) => {
		fake = await fakeExchange(() => reply);
		const error = await failure(list(reply === 'hang' ? {request: 200} : {}));
		expect([error.code, error.message]).toEqual([code, expect.stringContaining(message)]);
	});

	test('an error names no token and no presigned URL, even if the server does', async () => {
		fake = await fakeExchange(() =>
			graphqlError({message: `bad ${fake.token} at https://bucket.s3/x?X-Amz-Signature=abc`}),
		);
		const {message} = await failure(list());
		expect(message).toBe('bad … at https://bucket.s3/x?…');
	});

	test('a refused connection', async () => {
		fake = await fakeExchange(() => 'drop');
		const exchange = fake.connect();
		await fake.close();
		const error = await failure(exchange.user());
		expect([error.code, error.message]).toEqual([
			'connection',
			expect.stringContaining('connection refused'),
		]);
		fake = await fakeExchange(() => 'drop');
	});

	test('an abort while waiting ends the request at once', async () => {
		const stop = new AbortController();
		fake = await fakeExchange(() => {
			setImmediate(() => stop.abort());
			return 'hang';
		});
		const error = await failure(fake.connect().listDirectory('x', {signal: stop.signal}));
		expect(error.code).toBe('cancelled');
	});
});

describe('retries', () => {
	const once =
		(first: Reply) =>
		({attempt}: Asked): Reply =>
			attempt === 1 ? first : directory([fileRow('a')]);

	test.each<[string, Reply]>([
		['429', {status: 429, text: ''}],
		['503', {status: 503, text: ''}],
		[
			'ThrottlingException at 200',
			graphqlError({errorType: 'ThrottlingException', message: 'Rate exceeded'}),
		],
		['a dropped socket', 'drop'],
	])('a query is asked again after %s', async (_case, first) => {
		fake = await fakeExchange(once(first));
		expect((await list()).entries).toHaveLength(1);
		expect(fake.operations()).toEqual(['ListDirectory', 'ListDirectory']);
	});

	test('a query is asked four times at most', async () => {
		fake = await fakeExchange(() => ({status: 429, text: ''}));
		await failure(list());
		expect(fake.asked).toHaveLength(4);
	});

	test.each<[string, Reply]>([
		['401', {status: 401, text: ''}],
		['half an answer', {text: '{'}],
		['a timeout', 'hang'],
	])('a query is not asked again after %s', async (_case, reply) => {
		fake = await fakeExchange(() => reply);
		await failure(list(reply === 'hang' ? {request: 200} : {}));
		expect(fake.asked).toHaveLength(1);
	});

	test.each<[string, Reply]>([
		['429', {status: 429, text: ''}],
		['a dropped socket', 'drop'],
	])('a mutation is never repeated, not after %s either', async (_case, reply) => {
		fake = await fakeExchange(() => reply);
		await failure(fake.connect().deleteFile({dataStoreFileId: 'x', from: 'y'}));
		expect(fake.operations()).toEqual(['DeleteFile']);
	});
});

describe('absent things', () => {
	test('null rows and rows without their object are not listed', async () => {
		const empty = {objectType: 'FILE', dataStoreFile: null, dataStoreDirectory: null};
		fake = await fakeExchange(() => directory([null, fileRow('a'), empty, null]));
		expect((await list()).entries.map(({name}) => name)).toEqual(['a']);
	});

	test('a null list is an empty one', async () => {
		fake = await fakeExchange(({operationName}) =>
			operationName === 'ListDirectory' ? directory(null) : {body: {data: {storage_listDataStores: null}}},
		);
		expect((await list()).entries).toEqual([]);
		const failed = await fake
			.connect()
			.listDataStores()
			.catch((error: unknown) => toShellError(error).message);
		expect(failed).toEqual([]);
	});

	test('null stores are left out', async () => {
		const store = {dataStoreId: 'x', name: 'x', description: null, ownerUserId: null, homeDirectoryId: null};
		fake = await fakeExchange(() => ({body: {data: {storage_listDataStores: [null, store]}}}));
		expect(await fake.connect().listDataStores()).toEqual([store]);
	});

	test('a user without organization is a user', async () => {
		const user = {userId: 'x', firstName: null, lastName: null, email: null, organization: null};
		fake = await fakeExchange(() => ({body: {data: {user_getUserSession: {user}}}}));
		expect(await fake.connect().user()).toEqual(user);
	});

	test('a size too big for the API is null, and its error does not hide the directory', async () => {
		const row = fileRow('big');
		const listed = {...row, dataStoreFile: {...row.dataStoreFile, storageSizeBytes: null}};
		fake = await fakeExchange(() => {
			const {body} = directory([listed]) as {body: object};
			return {body: {...body, errors: [{message: 'Int cannot represent 5000000000'}]}};
		});
		expect((await list()).entries).toMatchObject([{name: 'big', storageSizeBytes: null}]);
	});
});

test('an object without its id makes one clear error', async () => {
	const data = {storage_listDataStores: [{__typename: 'DataStore', name: 'x'}]};
	fake = await fakeExchange(() => ({body: {data}}));
	const error = await failure(fake.connect().listDataStores());
	expect([error.code, error.message]).toEqual(['failed', 'the Exchange’s answer is not complete']);
});

test('an answer without the field that was asked for says that there is nothing', async () => {
	fake = await fakeExchange(() => ({body: {data: {}}}));
	expect((await failure(fake.connect().getFile('f'))).code).toBe('not-found');
	expect((await failure(list())).code).toBe('not-found');
	expect((await failure(fake.connect().deleteFile({dataStoreFileId: 'f', from: 'd'}))).code).toBe(
		'not-found',
	);
});

describe('what is sent', () => {
	test('the raw token, and one lean level of a directory', async () => {
		fake = await fakeExchange(() => directory([]));
		await list();
		const [asked] = fake.asked;
		expect(asked?.headers.authorization).toBe(fake.token);
		expect(asked?.variables).toEqual({dataStoreDirectoryId: 'dataStoreDirectoryId.1'});
		expect(asked?.query.match(/contents/g)).toHaveLength(1);
		const rows = asked?.query.slice(asked.query.indexOf('contents'), asked.query.indexOf('lastModified'));
		expect(rows).toContain('storageSizeBytes');
		expect(rows).not.toMatch(/__typename|description|contentType/);
	});

	test('names are variables, never part of the query', async () => {
		const name = 'x") { evil }\n"';
		fake = await fakeExchange(() => ({
			body: {data: {storage_createDataStoreDirectory: {dataStoreDirectoryId: 'new', name}}},
		}));
		await fake.connect().createDirectory({dataStoreId: 's', parentDirectoryId: 'p', name});
		expect(fake.asked[0]?.variables.name).toBe(name);
		expect(fake.asked[0]?.query).not.toContain('evil');
	});

	test('a token is never sent in the clear to another machine', async () => {
		fake = await fakeExchange(() => 'drop');
		const {connectExchange} = await import('../../src/exchange/connect.ts');
		const connect = () => connectExchange({endpoint: 'http://exchange.example/graphql', token: fake.token});
		expect(connect).toThrow('plain http');
	});
});

describe('a listing overtaken by an own write', () => {
	test('is asked for again, so that the deleted file does not come back', async () => {
		const deleted = Promise.withResolvers<void>();
		fake = await fakeExchange(async ({operationName, attempt}) => {
			if (operationName === 'DeleteFile') {
				return {body: {data: {storage_deleteDataStoreFile: {dataStoreFileId: 'dataStoreFileId.a'}}}};
			}
			if (attempt === 2) await deleted.promise;
			return directory(attempt === 3 ? [fileRow('b')] : [fileRow('a'), fileRow('b')]);
		});
		const exchange = fake.connect();
		await exchange.listDirectory('dataStoreDirectoryId.1');
		const refresh = exchange.listDirectory('dataStoreDirectoryId.1', {maxAge: 0});
		await exchange.deleteFile({dataStoreFileId: 'dataStoreFileId.a', from: 'dataStoreDirectoryId.1'});
		deleted.resolve();
		expect((await refresh).entries.map(({name}) => name)).toEqual(['b']);
	});
});

describe('emptying a directory the Exchange does not delete as it is', () => {
	test('deletes what is in it first', async () => {
		const contents = new Set(['a', 'b']);
		fake = await fakeExchange(({operationName, variables}) => {
			if (operationName === 'ListDirectory') return directory([...contents].map(fileRow));
			if (operationName === 'DeleteFile') {
				contents.delete(String(variables.dataStoreFileId).replace('dataStoreFileId.', ''));
				return {body: {data: {storage_deleteDataStoreFile: {dataStoreFileId: variables.dataStoreFileId}}}};
			}
			if (contents.size > 0) return graphqlError({message: 'Directory is not empty'});
			return {
				body: {data: {storage_deleteDataStoreDirectory: {dataStoreDirectoryId: 'dataStoreDirectoryId.1'}}},
			};
		});
		await fake.connect().deleteDirectory({dataStoreDirectoryId: 'dataStoreDirectoryId.1', from: 'root'});
		expect(contents.size).toBe(0);
		expect(fake.operations().at(-1)).toBe('DeleteDirectory');
	});
});
