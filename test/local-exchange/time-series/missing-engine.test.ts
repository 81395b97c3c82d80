import {afterAll, beforeAll, expect, test, vi} from 'vitest';
import {startExchange, type TestExchange} from '../../support/exchange.ts';
import {sample, seriesClient} from './series-client.ts';

vi.mock('@duckdb/node-api', () => {
	throw new Error("Cannot find package '@duckdb/node-api'");
});

const missing = {
	errorType: 'NotSupported',
	message: 'This local exchange has no time-series engine: install the optional package @duckdb/node-api',
};

let exchange: TestExchange;
beforeAll(async () => {
	exchange = await startExchange({seed: true});
});
afterAll(() => exchange.close());

const databases = async () =>
	(await exchange.ask('{databases: timeSeriesDb_listDatabases {timeSeriesDbId name}}')).databases;

test('files and the names of databases are served without the engine', async () => {
	expect((await exchange.ask('{stores: storage_listDataStores {name}}')).stores).not.toEqual([]);
	expect(await databases()).not.toEqual([]);
});

test('whatever needs samples says what is missing, and that there is a package for it', async () => {
	const [{timeSeriesDbId}] = await databases();
	const client = seriesClient(exchange, timeSeriesDbId);
	const period = {assets: [{assetId: 'a'}], startTime: '2026-01-01', endTime: '2026-01-02'};
	for (const answer of [
		await client.publish('a', [sample('kW', 1, 0)]),
		await client.query(period),
		await client.sql('SELECT 1'),
	]) {
		expect(answer).toMatchObject({data: null, errors: [missing]});
	}
	await expect(client.latest()).rejects.toThrow(missing.message);
});

test('a database into which nothing could be put is not made', async () => {
	const before = await databases();
	const {body} = await exchange.post('mutation {timeSeriesDb_createDatabase(name: "x") {name}}');
	expect(body).toMatchObject({errors: [missing]});
	expect(await databases()).toEqual(before);
});

test('a database can be renamed and deleted', async () => {
	const [{timeSeriesDbId: id}] = await databases();
	const rename = `mutation ($id: ID!) {
		database: timeSeriesDb_updateDatabase(timeSeriesDbId: $id, name: "y") {name}
	}`;
	expect((await exchange.ask(rename, {id})).database).toEqual({name: 'y'});
	await exchange.ask('mutation ($id: ID!) {timeSeriesDb_deleteDatabase(timeSeriesDbId: $id) {name}}', {id});
	expect(await databases()).not.toContainEqual(expect.objectContaining({timeSeriesDbId: id}));
});
