import {afterEach, beforeEach, expect, test} from 'vitest';
import {startMessage} from '../../support/appsync-socket.ts';
import {sample, seriesClient} from '../time-series/series-client.ts';
import {type Cast, openCast, type Relation} from './cast.ts';
import {operations} from './documents.ts';
import {rows, rules} from './rows.ts';
import {type Things, thingsOf} from './things.ts';

let cast: Cast;
let things: Things;
beforeEach(async () => {
	cast = await openCast();
	things = thingsOf(cast);
});
afterEach(() => cast.close());

const refusal = [expect.objectContaining({errorType: 'Unauthorized', message: 'Unauthorized'})];

function clientOf(relation: Relation, timeSeriesDbId: string) {
	const post = (query: string, variables?: object) =>
		cast.exchange.post(query, variables, cast.tokenOf(relation));
	return seriesClient({post}, timeSeriesDbId);
}

/** Everything the owner sees of a store and a database. */
async function everything(dataStoreId: string, homeDirectoryId: string, timeSeriesDbId: string) {
	const query = `query ($store: ID!, $home: ID!, $database: ID!) {
		store: storage_getDataStore(dataStoreId: $store) {name description}
		directory: storage_getDataStoreDirectory(dataStoreDirectoryId: $home) {contents {
			dataStoreFile {name s3ConfirmedUpload}
			dataStoreDirectory {name contents {dataStoreFile {name description}}}
		}}
		database: timeSeriesDb_getDatabase(timeSeriesDbId: $database) {name description}
		values: timeSeriesDb_listAllAssetLastValues(timeSeriesDbId: $database) {
			data {assetId attributes {name lastValue}}
		}
		stores: collaborative_listCollaborativesServiceSharedWith(serviceId: $store, serviceType: DATA_STORE) {name}
		databases: collaborative_listCollaborativesServiceSharedWith(
			serviceId: $database, serviceType: TIME_SERIES_DB
		) {name}
	}`;
	return cast.sure('owner', query, {store: dataStoreId, home: homeDirectoryId, database: timeSeriesDbId});
}

test.each(['reader', 'colleague', 'pending', 'denied', 'stranger'] as const)(
	'what a %s is refused changes nothing',
	async relation => {
		const store = await things.sharedStore();
		const database = await things.sharedDatabase();
		const before = await everything(store.dataStoreId, store.homeDirectoryId, database.timeSeriesDbId);
		const given: Readonly<Record<string, unknown>> = {
			...store,
			...database,
			parentDirectoryId: store.homeDirectoryId,
			name: 'taken over',
			fileExtension: 'txt',
			description: 'taken over',
			collaborativeId: cast.collaborativeId,
			serviceId: store.dataStoreId,
			serviceType: 'DATA_STORE',
			assetId: 'f1',
			data: {records: [sample('kW', 99, Date.now())]},
			queryId: await things.finishedQuery('owner', database.timeSeriesDbId),
		};
		const refused = operations.filter(({kind, name}) => {
			const rule = rows[name]!.rule;
			return (
				kind === 'mutation' &&
				!name.startsWith('user_') &&
				rule !== 'notServed' &&
				!(rules[rule] as readonly Relation[]).includes(relation)
			);
		});
		expect(refused.length).toBeGreaterThan(9);
		for (const {argumentNames, document} of refused) {
			const variables = Object.fromEntries(argumentNames.map(name => [name, given[name]]));
			expect((await cast.ask(relation, document, variables)).errors).toEqual(refusal);
		}
		expect(await everything(store.dataStoreId, store.homeDirectoryId, database.timeSeriesDbId)).toEqual(
			before,
		);
	},
);

test('a writer adds, changes and removes what a shared store and database hold', async () => {
	const {dataStoreId, homeDirectoryId, dataStoreFileId} = await things.sharedStore();
	const {timeSeriesDbId} = await things.sharedDatabase();
	const make = `mutation ($dataStoreId: ID!, $parentDirectoryId: ID!) {
		made: storage_createDataStoreDirectory(
			dataStoreId: $dataStoreId, parentDirectoryId: $parentDirectoryId, name: "theirs"
		) {dataStoreDirectoryId ownerUserId}
	}`;
	const {made} = await cast.sure('writer', make, {dataStoreId, parentDirectoryId: homeDirectoryId});
	expect(made.ownerUserId).toBe(cast.userIdOf('writer'));
	const move = `mutation ($id: ID!, $to: ID!) {
		storage_updateDataStoreFile(dataStoreFileId: $id, dataStoreDirectoryId: $to) {name}
	}`;
	await cast.sure('writer', move, {id: dataStoreFileId, to: made.dataStoreDirectoryId});
	await clientOf('writer', timeSeriesDbId).fill('f2', 'kW', [5]);
	const listing = `query ($id: ID!) {
		there: storage_getDataStoreDirectory(dataStoreDirectoryId: $id) {contents {dataStoreFile {name}}}
	}`;
	const {there} = await cast.sure('reader', listing, {id: made.dataStoreDirectoryId});
	expect(there.contents).toEqual([{dataStoreFile: {name: 'a'}}]);
	expect((await clientOf('reader', timeSeriesDbId).latest()).data).toHaveLength(2);
});

test('what a writer has made in a store of somebody else’s goes with the permission', async () => {
	const {dataStoreId, homeDirectoryId} = await things.sharedStore();
	const {itemId} = await things.beginUpload('writer', dataStoreId, homeDirectoryId);
	await things.unshareIt('DATA_STORE', dataStoreId);
	const remove = 'mutation ($id: ID!) {answer: storage_deleteDataStoreFile(dataStoreFileId: $id) {name}}';
	expect((await cast.ask('writer', remove, {id: itemId})).errors).toEqual(refusal);
	expect((await cast.ask('owner', remove, {id: itemId})).errors).toBeUndefined();
});

test('a zip of things of which one is not for the asker is refused', async () => {
	const shared = await things.sharedStore();
	const hidden = await things.newStore();
	const zip = `query ($ids: [DataStoreObjectIdInput]!) {
		answer: storage_getDataStoreZipDownloadUrl(dataStoreObjectIds: $ids) {url}
	}`;
	const file = ({dataStoreFileId}: {dataStoreFileId: string}) => ({objectType: 'FILE', dataStoreFileId});
	const directory = ({dataStoreDirectoryId}: {dataStoreDirectoryId: string}) => ({
		objectType: 'DIRECTORY',
		dataStoreDirectoryId,
	});
	for (const ids of [
		[file(shared), file(hidden)],
		[directory(shared), file(shared), directory(hidden)],
	]) {
		expect(await cast.ask('reader', zip, {ids})).toMatchObject({data: {answer: null}, errors: refusal});
	}
	const {answer} = await cast.sure('reader', zip, {ids: [directory(shared), file(shared)]});
	expect((await fetch(answer.url)).status).toBe(200);
});

test('nothing goes from a store one may write into another, nor from one that one may only read', async () => {
	const shared = await things.sharedStore();
	const hidden = await things.newStore();
	const move = `mutation ($id: ID!, $to: ID!) {
		answer: storage_updateDataStoreDirectory(dataStoreDirectoryId: $id, parentDirectoryId: $to) {name}
	}`;
	const into = await cast.ask('writer', move, {id: shared.dataStoreDirectoryId, to: hidden.homeDirectoryId});
	expect(into.errors).toEqual(refusal);
	const create = `mutation ($store: ID!, $home: ID!) {
		answer: storage_createDataStoreDirectory(dataStoreId: $store, parentDirectoryId: $home, name: "x") {name}
	}`;
	const variables = {store: shared.dataStoreId, home: hidden.homeDirectoryId};
	expect((await cast.ask('writer', create, variables)).errors).toEqual(refusal);
});

test('SQL names no database that is not for the asker', async () => {
	const shared = await things.sharedDatabase();
	const hidden = await things.newDatabase('Hidden');
	const client = clientOf('reader', shared.timeSeriesDbId);
	const notFound = {data: null, errors: [{errorType: 'ValidationException'}]};
	expect(await client.sql(`SELECT * FROM "${hidden.databaseName}"."samples"`)).toMatchObject(notFound);
	const joined = `SELECT * FROM "${shared.databaseName}"."samples" s, "${hidden.databaseName}"."samples" h`;
	expect(await client.sql(joined)).toMatchObject(notFound);
	for (const query of ['SHOW DATABASES', `SHOW TABLES FROM "${shared.databaseName}"`]) {
		const {data} = await client.sql(query);
		expect(data?.resultJSONString ?? '').not.toContain(hidden.databaseName);
	}
	expect(await client.sql(`DESCRIBE "${hidden.databaseName}"."samples"`)).toMatchObject(notFound);
});

test('a query is for whoever asked it, also on a database that both see', async () => {
	const {timeSeriesDbId, databaseName} = await things.sharedDatabase();
	const owners = clientOf('owner', timeSeriesDbId);
	const readers = clientOf('reader', timeSeriesDbId);
	const queryId = await things.finishedQuery('owner', timeSeriesDbId);
	expect(await readers.exportFile(queryId)).toMatchObject({data: null, errors: refusal});
	await expect(readers.cancel(queryId)).rejects.toThrow('Unauthorized');
	const first = await owners.sql(`SELECT * FROM "${databaseName}"."samples"`, {maxRows: 1});
	const {QueryId: sqlId} = JSON.parse(first.data.resultJSONString);
	await expect(readers.cancel(sqlId)).rejects.toThrow('Unauthorized');
	expect(await owners.cancel(sqlId)).toMatchObject({httpStatusCode: 200});
	const socket = await cast.connect('reader');
	const exported = 'subscription ($id: String!) {onNotifyTimeSeriesQueryExportComplete(queryId: $id) {url}}';
	socket.send(startMessage('1', exported, cast.tokenOf('reader'), {id: queryId}));
	expect(await socket.next()).toMatchObject({type: 'error', payload: {errors: refusal}});
});

test('a token of somebody else’s cannot be deleted, and goes on working', async () => {
	const create =
		'mutation {token: user_createAuthenticationToken(name: "x", daysBeforeExpiration: 1) {tokenId tokenValue}}';
	const {token} = await cast.sure('reader', create);
	const remove = 'mutation ($id: ID!) {answer: user_deleteAuthenticationToken(tokenId: $id) {tokenId}}';
	expect((await cast.ask('writer', remove, {id: token.tokenId})).errors).toEqual(refusal);
	expect((await cast.exchange.post('{__typename}', {}, token.tokenValue)).status).toBe(200);
	await cast.sure('reader', remove, {id: token.tokenId});
	expect((await cast.exchange.post('{__typename}', {}, token.tokenValue)).status).toBe(401);
});

test('events stop when the token they are for is deleted', async () => {
	const {timeSeriesDbId} = await things.sharedDatabase();
	const create =
		'mutation {token: user_createAuthenticationToken(name: "x", daysBeforeExpiration: 1) {tokenId tokenValue}}';
	const {token} = await cast.sure('reader', create);
	const socket = await cast.connect('reader');
	const publishes = `subscription ($id: ID!) {
		onTimeSeriesDbPublish(timeSeriesDbId: $id, assetId: "f1") {assetId}
	}`;
	socket.send(startMessage('1', publishes, token.tokenValue, {id: timeSeriesDbId}));
	expect(await socket.next()).toEqual({id: '1', type: 'start_ack'});
	await cast.sure('reader', 'mutation ($id: ID!) {user_deleteAuthenticationToken(tokenId: $id) {name}}', {
		id: token.tokenId,
	});
	await clientOf('owner', timeSeriesDbId).publish('f1', [sample('kW', 9, Date.now())]);
	expect(await socket.next()).toMatchObject({
		id: '1',
		type: 'error',
		payload: {errors: [{errorType: 'UnauthorizedException'}]},
	});
});

test('an account that is disabled has no access any more', async () => {
	const session = '{user_getUserSession {user {firstName}}}';
	expect((await cast.ask('writer', session)).status).toBe(200);
	cast.change("UPDATE users SET userAccountState = 'DISABLED' WHERE userId = ?", cast.userIdOf('writer'));
	expect((await cast.ask('writer', session)).status).toBe(401);
});
