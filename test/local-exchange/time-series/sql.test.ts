import {request} from 'node:http';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {startExchange, type TestExchange} from '../../support/exchange.ts';
import {newDatabase, type SeriesClient} from './series-client.ts';

const start = Date.UTC(2026, 0, 1);
/** Keeps the engine busy for far longer than any test waits. */
const endless =
	'SELECT count(*) FROM "feeders"."samples" a, "feeders"."samples" b, "feeders"."samples" c, "feeders"."samples" d, "feeders"."samples" e';

let exchange: TestExchange;
let database: SeriesClient;
beforeAll(async () => {
	exchange = await startExchange();
	database = await newDatabase(exchange, 'Feeders');
	await database.fill(
		'f1',
		'kW',
		Array.from({length: 1000}, (_, index) => index),
		start,
	);
});
afterAll(() => exchange.close());

async function answered(query: string, more: object = {}) {
	const {data, errors} = await database.sql(query, more);
	if (errors !== undefined) throw new Error(`${errors[0]?.errorType}: ${errors[0]?.message}`);
	return {...data, result: JSON.parse(data.resultJSONString)};
}

test('a query is answered in the JSON of Timestream', async () => {
	const query = 'SELECT count(*) AS n, max("measure_value::double") AS most FROM "feeders"."samples"';
	const {result} = await answered(query);
	expect(result).toMatchObject({
		Rows: [{Data: [{ScalarValue: '1000'}, {ScalarValue: '999.0'}]}],
		ColumnInfo: [
			{Name: 'n', Type: {ScalarType: 'BIGINT'}},
			{Name: 'most', Type: {ScalarType: 'DOUBLE'}},
		],
		QueryStatus: {ProgressPercentage: 100},
	});
	expect(result.NextToken).toBeUndefined();
});

test('pages lead on by their tokens, bound to the query', async () => {
	const query = 'SELECT time FROM "feeders"."samples" ORDER BY time';
	let page = await answered(query, {maxRows: 400});
	const counts = [page.result.Rows.length];
	while (page.result.NextToken !== undefined) {
		const tokens = {nextToken: page.result.NextToken, clientToken: page.clientToken};
		await expect(answered(`${query} DESC`, {maxRows: 400, ...tokens})).rejects.toThrow(
			'Invalid pagination token',
		);
		page = await answered(query, {maxRows: 400, ...tokens});
		counts.push(page.result.Rows.length);
	}
	expect(counts.reduce((a, b) => a + b)).toBe(1000);
	expect(Math.max(...counts)).toBe(400);
});

test.each([
	[
		'SELECT nonsense FROM "feeders"."samples"',
		'ValidationException',
		"line 1:8: Column 'nonsense' does not exist",
	],
	['SELEKT 1', 'ValidationException', 'The query syntax is invalid at line 1:1'],
	['SELECT * FROM "nobody"."samples"', 'ValidationException', "Requested database 'nobody' not found"],
	['', 'ValidationException', 'queryString'],
	["SELECT * FROM read_csv('/etc/passwd')", 'ValidationException', ''],
	['DROP TABLE "feeders"."samples"', 'ValidationException', ''],
])('%s is refused with the place', async (query, errorType, message) => {
	const {data, errors} = await database.sql(query);
	expect(data).toBeNull();
	expect(errors?.[0]).toMatchObject({errorType, message: expect.stringContaining(message)});
});

test('all databases that the user may read are there, loaded or not', async () => {
	const other = await newDatabase(exchange, 'Other place');
	await other.fill('w1', 'C', [20], start);
	const {result} = await answered('SELECT assetId FROM "other_place"."samples"');
	expect(result.Rows).toEqual([{Data: [{ScalarValue: 'w1'}]}]);
	const names = (await answered('SHOW DATABASES')).result.Rows.map(
		({Data}: {Data: {ScalarValue: string}[]}) => Data[0]?.ScalarValue,
	);
	expect(names).toEqual(expect.arrayContaining(['feeders', 'other_place']));
	const remove = 'mutation ($id: ID!) {timeSeriesDb_deleteDatabase(timeSeriesDbId: $id) {name}}';
	await exchange.ask(remove, {id: other.timeSeriesDbId});
	await expect(answered('SELECT assetId FROM "other_place"."samples"')).rejects.toThrow('not found');
});

describe('a query under way', () => {
	test('is cancelled by its id, known from a page with rows to come', async () => {
		const {result} = await answered('SELECT time FROM "feeders"."samples"', {maxRows: 10});
		expect(await database.cancel(result.QueryId)).toEqual({httpStatusCode: 200, errorMessage: null});
		expect(await database.cancel(result.QueryId)).toMatchObject({httpStatusCode: 404});
		expect(await database.cancel('nonsense')).toMatchObject({httpStatusCode: 404});
	});

	test('ends when its client goes away, and leaves the engine to others', async () => {
		const body = JSON.stringify({
			query:
				'query ($id: ID!, $q: String!) {timeSeriesDb_queryDatabaseWithTimestreamQuery(timeSeriesDbId: $id, queryString: $q) {clientToken}}',
			variables: {id: database.timeSeriesDbId, q: endless},
		});
		const before = process.cpuUsage();
		const sent = request(exchange.endpoint, {
			method: 'POST',
			headers: {Authorization: exchange.token, 'Content-Length': Buffer.byteLength(body)},
		});
		const gone = new Promise(done => sent.once('error', done));
		sent.end(body);
		// The engine has begun when this process, of which it is a part, has used some time of a processor.
		while (process.cpuUsage(before).user < 400_000) await answered('SELECT 1');
		sent.destroy();
		await gone;
		// An exchange that still computed could not end.
		await exchange.server.close();
		await exchange.reopen();
		expect((await answered('SELECT 1')).result.Rows).toEqual([{Data: [{ScalarValue: '1'}]}]);
	});
});
