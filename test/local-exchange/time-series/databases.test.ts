import {existsSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {migrations} from '../../../src/local-exchange/catalogue/migrations.ts';
import {startExchange, type TestExchange} from '../../support/exchange.ts';
import {newDatabase, sample, seriesClient} from './series-client.ts';

let exchange: TestExchange;
beforeEach(async () => {
	exchange = await startExchange();
});
afterEach(() => exchange.close());

const fields = 'timeSeriesDbId name description ownerUserId databaseName tableName';
const creation = `mutation ($name: String!, $description: String) {
	database: timeSeriesDb_createDatabase(name: $name, description: $description) {${fields}}
}`;
const update = `mutation ($id: ID!, $name: String, $description: String) {
	database: timeSeriesDb_updateDatabase(timeSeriesDbId: $id, name: $name, description: $description) {${fields}}
}`;
const deletion = `mutation ($id: ID!) {
	database: timeSeriesDb_deleteDatabase(timeSeriesDbId: $id) {name}
}`;
const list = async () =>
	(await exchange.ask(`{databases: timeSeriesDb_listDatabases {${fields}}}`)).databases as {name: string}[];
const create = async (name: string, description?: string) =>
	(await exchange.ask(creation, {name, description})).database;
const firstError = async (query: string, variables: object) => {
	const {body} = await exchange.post(query, variables);
	return (body as {errors: {errorType: string; message: string}[]}).errors[0];
};

test('databases are made, listed in that order, got, renamed and described', async () => {
	const feeders = await create('Feeders, Lind (WA)', 'Hourly');
	const weather = await create('Weather');
	expect(feeders).toEqual({
		timeSeriesDbId: expect.stringMatching(/^timeSeriesDbId\.[0-9a-f-]{36}$/),
		name: 'Feeders, Lind (WA)',
		description: 'Hourly',
		ownerUserId: expect.stringMatching(/^userId\./),
		databaseName: 'feeders_lind_wa',
		tableName: 'samples',
	});
	expect(await list()).toEqual([feeders, weather]);
	const {database: renamed} = await exchange.ask(update, {id: feeders.timeSeriesDbId, name: 'Lind'});
	expect(renamed).toEqual({...feeders, name: 'Lind'});
	const {database: described} = await exchange.ask(update, {id: feeders.timeSeriesDbId, description: 'All'});
	expect(described).toEqual({...renamed, description: 'All'});
	await exchange.server.close();
	await exchange.reopen();
	expect(await list()).toEqual([described, weather]);
});

test('no two databases have the same name in SQL, whatever people call them', async () => {
	const names = [
		'Lind',
		'lind!',
		'LIND',
		'ſelect',
		'select',
		'12 kV',
		'気候',
		'🙂',
		'Überlandwerk',
		'_',
		'a',
	];
	for (const name of names) await create(name);
	const databases = (await list()) as unknown as {databaseName: string}[];
	expect(databases.map(({databaseName}) => databaseName)).toEqual([
		'lind',
		'lind_2',
		'lind_3',
		'database_select',
		'database_select_2',
		'database_12_kv',
		'database',
		'database_2',
		'uberlandwerk',
		'database_3',
		'database_a',
	]);
});

test.each([
	['an empty name', creation, {name: ''}, 'BadRequest', 'A time-series database needs a name'],
	['an empty new name', update, {name: ''}, 'BadRequest', 'A time-series database needs a name'],
	['a name too long', creation, {name: 'x'.repeat(1025)}, 'BadRequest', 'A name has at most 1024 characters'],
])('%s is refused', async (_, query, variables, errorType, message) => {
	const {timeSeriesDbId: id} = await create('Feeders');
	expect(await firstError(query, {id, ...variables})).toMatchObject({errorType, message});
});

test('a database that is not there is not found, whatever is asked of it', async () => {
	const id = 'timeSeriesDbId.x';
	const missing = {errorType: 'NotFound', message: 'Time-series database timeSeriesDbId.x does not exist'};
	for (const query of [update, deletion]) expect(await firstError(query, {id})).toMatchObject(missing);
	const client = seriesClient(exchange, id);
	const period = {assets: [{assetId: 'a'}], startTime: '2026-01-01', endTime: '2026-01-02'};
	for (const answer of [
		await client.publish('a', [sample('kW', 1, 0)]),
		await client.query(period),
		await client.exportFile('q'),
		await client.sql('SELECT 1'),
	]) {
		expect(answer).toMatchObject({data: null, errors: [missing]});
	}
	await expect(client.latest()).rejects.toThrow(missing.message);
	await expect(client.cancel('q')).rejects.toThrow(missing.message);
});

test('a deleted database takes its samples along, and a new one of that name starts empty', async () => {
	const former = await newDatabase(exchange, 'Feeders');
	await former.fill('f1', 'kW', [1, 2, 3]);
	await exchange.ask(deletion, {id: former.timeSeriesDbId});
	expect(await list()).toEqual([]);
	await expect(former.latest()).rejects.toThrow('does not exist');
	const later = await newDatabase(exchange, 'Feeders');
	expect((await later.latest()).data).toEqual([]);
});

test('samples that a deletion could not remove at once are removed when the engine is next opened', async () => {
	const former = await newDatabase(exchange, 'Feeders');
	await former.fill('f1', 'kW', [1, 2, 3]);
	await exchange.server.close();
	await exchange.reopen();
	await exchange.ask(deletion, {id: former.timeSeriesDbId});
	await exchange.server.close();
	await exchange.reopen();
	await newDatabase(exchange, 'Other');
	await exchange.server.close();
	const {openEngine} = await import('../../../src/local-exchange/timestream/engine.ts');
	const engine = await openEngine({file: join(exchange.directory, 'series.duckdb')});
	expect(await engine.databaseIds()).not.toContain(former.timeSeriesDbId);
	await engine.close();
	await exchange.reopen();
});

test('samples survive a restart', async () => {
	const {timeSeriesDbId} = await newDatabase(exchange);
	const client = seriesClient(exchange, timeSeriesDbId);
	await client.fill('f1', 'kW', [1, 2, 3]);
	const before = await client.latest();
	await exchange.server.close();
	await exchange.reopen();
	expect((await client.latest()).data).toEqual(before.data);
});

test('the engine is not opened for those who look at files and names of databases only', async () => {
	await exchange.addStore('Study', {'a.txt': 'a'});
	await list();
	await exchange.server.close();
	expect(existsSync(join(exchange.directory, 'series.duckdb'))).toBe(false);
	await exchange.reopen();
});

test('a reset forgets databases and their samples', async () => {
	const resetting = await startExchange({reset: true});
	const {timeSeriesDbId} = await newDatabase(resetting);
	await seriesClient(resetting, timeSeriesDbId).fill('f1', 'kW', [1]);
	const file = join(resetting.directory, 'series.duckdb');
	await resetting.server.close();
	expect(existsSync(file)).toBe(true);
	await resetting.reopen();
	expect(existsSync(file)).toBe(false);
	expect((await resetting.ask('{databases: timeSeriesDb_listDatabases {name}}')).databases).toEqual([]);
	const fresh = await newDatabase(resetting);
	expect((await fresh.latest()).data).toEqual([]);
	await resetting.close();
});

test('a damaged file of samples is said to be so, and does not stop the rest', async () => {
	const {timeSeriesDbId} = await newDatabase(exchange);
	await exchange.server.close();
	const file = join(exchange.directory, 'series.duckdb');
	writeFileSync(file, 'no database'.repeat(10_000));
	await exchange.reopen();
	const client = seriesClient(exchange, timeSeriesDbId);
	await expect(client.latest()).rejects.toThrow(`${file}: not a file of time series, or damaged`);
	expect(await list()).toHaveLength(1);
	await exchange.addStore('Study', {'a.txt': 'a'});
});

test('a data folder from before there were databases gets them, with the sample ones', async () => {
	const older = await startExchange({seed: true});
	await older.server.close();
	for (const suffix of ['', '-wal', '-shm']) {
		rmSync(join(older.directory, `catalogue.sqlite${suffix}`), {force: true});
	}
	const {DatabaseSync} = process.getBuiltinModule('node:sqlite');
	const catalogue = new DatabaseSync(join(older.directory, 'catalogue.sqlite'));
	catalogue.exec(`${migrations[0]}; PRAGMA user_version = 1; INSERT INTO facts VALUES ('seeded', '1')`);
	catalogue.close();
	await older.reopen();
	const {session, stores, databases} = await older.ask(`{
		session: user_getUserSession {user {userId}}
		stores: storage_listDataStores {ownerUserId}
		databases: timeSeriesDb_listDatabases {name ownerUserId}
	}`);
	const own = (list: {ownerUserId: string}[]) =>
		list.filter(({ownerUserId}) => ownerUserId === session.user.userId);
	const {sampleDatabases} = await import('../../../src/local-exchange/sample/databases.ts');
	expect(own(databases)).toMatchObject([...sampleDatabases()].map(({name}) => ({name})));
	expect(own(stores)).toEqual([]);
	await older.close();
});
