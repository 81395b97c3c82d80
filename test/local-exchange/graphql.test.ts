import {buildSchema} from 'graphql';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {schemaText} from '../../src/local-exchange/schema.ts';
import {startExchange, type TestExchange} from '../support/exchange.ts';

let exchange: TestExchange;
beforeAll(async () => {
	exchange = await startExchange();
});
afterAll(() => exchange.close());

describe('a request', () => {
	test.each(['', 'wrong', 'Bearer x'])('with the token %j is refused as AppSync refuses it', async token => {
		expect(await exchange.post('{__typename}', {}, token)).toEqual({
			status: 401,
			body: {
				errors: [
					{
						errorType: 'UnauthorizedException',
						message: 'You are not authorized to make this call.',
					},
				],
			},
		});
	});

	test.each([
		'',
		'nonsense',
		'[]',
		'null',
		'{}',
		'{"query": 1}',
		'{"query": "{"}',
		'{"query": ""}',
		'{"query": "{__typename}", "variables": []}',
		'{"query": "query a {__typename} query b {__typename}"}',
		'{"query": "subscription {onNotifyUploadComplete(uploadId: \\"x\\") {uploadId}}"}',
	])('with the body %j is malformed', async body => {
		const response = await fetch(exchange.endpoint, {
			method: 'POST',
			headers: {Authorization: exchange.token},
			body,
		});
		expect(response.status).toBe(400);
		expect(await response.json()).toMatchObject({errors: [{errorType: 'MalformedHttpRequestException'}]});
	});

	test('of more than a megabyte is refused', async () => {
		const {status} = await exchange.post(`{__typename} # ${'x'.repeat(1024 * 1024)}`);
		expect(status).toBe(413);
	});

	test('for another path or method is refused', async () => {
		const at = async (path: string, method: string) =>
			(await fetch(new URL(path, exchange.endpoint), {method})).status;
		expect([await at('/', 'GET'), await at('/graphql', 'GET'), await at('/graphql', 'DELETE')]).toEqual([
			404, 405, 405,
		]);
	});
});

const file = 'storage_getDataStoreFile';
const directory = 'storage_createDataStoreDirectory';

describe('an invalid query is answered with status 200 and', () => {
	test.each([
		['{foo}', "FieldUndefined: Field 'foo' in type 'Query' is undefined @ 'foo'"],
		[
			`{${file}(dataStoreFileId: "x") {owner {nick}}}`,
			`FieldUndefined: Field 'nick' in type 'User' is undefined @ '${file}/owner/nick'`,
		],
		[`{${file}(dataStoreFileId: "x", a: 1) {name}}`, `UnknownArgument: Unknown field argument a @ '${file}'`],
		[`{${file} {name}}`, `MissingFieldArgument: Missing field argument dataStoreFileId @ '${file}'`],
		[
			`{${file}(dataStoreFileId: "x")}`,
			`SubSelectionRequired: Sub selection required for type DataStoreFile of field ${file} @ '${file}'`,
		],
		[
			`{${file}(dataStoreFileId: "x") {name {x}}}`,
			`SubSelectionNotAllowed: Sub selection not allowed on leaf type String! of field name @ '${file}/name'`,
		],
		[
			`{${file}(dataStoreFileId: {}) {name}}`,
			`WrongType: argument 'dataStoreFileId' with value '{  }' is not a valid 'ID' @ '${file}'`,
		],
		[`{${file}(dataStoreFileId: $id) {name}}`, `UndefinedVariable: Undefined variable id @ '${file}'`],
		['query ($id: ID) {__typename}', 'UnusedVariable: Unused variable id'],
		[
			`query ($id: Int!) {${file}(dataStoreFileId: $id) {name}}`,
			`VariableTypeMismatch: Variable type 'Int!' does not match expected type 'ID!' @ '${file}'`,
		],
		['query ($id: Nope) {__typename}', 'UnknownType: Unknown type Nope'],
		['{...nope}', 'UndefinedFragment: Undefined fragment nope'],
	])('%s: %s', async (query, message) => {
		const {status, body} = await exchange.post(query);
		expect(status).toBe(200);
		expect(body).toMatchObject({data: null});
		const {errors} = body as {errors: {message: string}[]};
		expect(errors.map(error => error.message)).toContain(`Validation error of type ${message}`);
		expect(Object.keys(errors[0]!).sort()).toEqual(['locations', 'message', 'path']);
		expect(errors[0]).toMatchObject({path: null, locations: [{line: 1}]});
	});
});

test('a missing variable is an error without a path', async () => {
	const {status, body} = await exchange.post(`query ($id: ID!) {${file}(dataStoreFileId: $id) {name}}`);
	expect(status).toBe(200);
	expect(body).toMatchObject({
		data: null,
		errors: [{path: null, message: "Variable 'id' has coerced Null value for NonNull type 'ID!'"}],
	});
});

test('a failing field leaves the other fields their data', async () => {
	const {body} = await exchange.post(
		`mutation {
			a: storage_createDataStore(name: "ok") {name}
			b: ${directory}(dataStoreId: "x", parentDirectoryId: "y", name: "z") {name}
		}`,
	);
	expect(body).toEqual({
		data: {a: {name: 'ok'}, b: null},
		errors: [
			{
				path: ['b'],
				data: null,
				errorType: 'NotFound',
				errorInfo: null,
				locations: [{line: 3, column: 4, sourceName: null}],
				message: 'Data store x does not exist',
			},
		],
	});
});

test('the schema can be introspected', async () => {
	const {__schema} = await exchange.ask('{__schema {queryType {name} types {name}}}');
	expect(__schema.queryType.name).toBe('Query');
});

/** A value that fits `type`, as query text. */
function sample(type: string): string {
	if (type.startsWith('[')) return '[]';
	const known: Record<string, string> = {'Int!': '1', 'TimeSeriesDbDataInput!': '{records: []}'};
	const enums = {ServiceType: 'DATA_STORE', TimeSeriesDbQueryType: 'TIME_PERIOD'};
	return known[type] ?? enums[type.slice(0, -1) as keyof typeof enums] ?? '"x"';
}

test('every operation of the API is either served or says that it is not', async () => {
	const schema = buildSchema(schemaText);
	const unserved: string[] = [];
	for (const [keyword, root] of [
		['query', schema.getQueryType()!],
		['mutation', schema.getMutationType()!],
	] as const) {
		for (const field of Object.values(root.getFields())) {
			const required = field.args.filter(argument => String(argument.type).endsWith('!'));
			const list = required.map(({name, type}) => `${name}: ${sample(String(type))}`).join(', ');
			const {status, body} = await exchange.post(
				`${keyword} {${field.name}${list && `(${list})`} {__typename}}`,
			);
			expect(status, field.name).toBe(200);
			const [error] = (body as {errors?: {errorType: string; message: string}[]}).errors ?? [];
			if (error?.errorType !== 'NotImplemented') continue;
			unserved.push(field.name);
			expect(error.message).toBe(`The local exchange does not serve ${field.name} yet`);
		}
	}
	expect(unserved).not.toEqual([]);
	expect(unserved.filter(name => /^(user|storage)_/.test(name))).toEqual([]);
});
