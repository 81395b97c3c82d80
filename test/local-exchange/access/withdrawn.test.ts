import {readdirSync} from 'node:fs';
import {request} from 'node:http';
import {join} from 'node:path';
import {text} from 'node:stream/consumers';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {put} from '../../support/api-client.ts';
import {startMessage} from '../../support/appsync-socket.ts';
import {sample, seriesClient} from '../time-series/series-client.ts';
import {type Cast, openCast, type Relation} from './cast.ts';
import {type Things, thingsOf} from './things.ts';

const minuteMs = 60_000;
let now: number;
let cast: Cast;
let things: Things;
beforeEach(async () => {
	now = Date.now();
	cast = await openCast({now: () => now});
	things = thingsOf(cast);
});
afterEach(() => cast.close());

const unauthorized = {errorType: 'Unauthorized', message: 'Unauthorized'};
const refusal = [expect.objectContaining(unauthorized)];

const storeQueries = {
	store: 'query ($id: ID!) {answer: storage_getDataStore(dataStoreId: $id) {name}}',
	directory: `query ($id: ID!) {
		answer: storage_getDataStoreDirectory(dataStoreDirectoryId: $id) {contents {dataStoreFile {name}}}
	}`,
	file: 'query ($id: ID!) {answer: storage_getDataStoreFile(dataStoreFileId: $id) {name}}',
	url: 'query ($id: ID!) {answer: storage_getDataStoreFileDownloadUrl(dataStoreFileId: $id) {url}}',
	zip: `query ($id: ID!) {answer: storage_getDataStoreZipDownloadUrl(
		dataStoreObjectIds: [{objectType: DIRECTORY, dataStoreDirectoryId: $id}]
	) {url}}`,
};

/** Each way to lose sight of what was shared. */
const losses: readonly (readonly [
	string,
	(serviceType: 'DATA_STORE' | 'TIME_SERIES_DB', id: string) => unknown,
])[] = [
	['it is unshared', (serviceType, id) => things.unshareIt(serviceType, id)],
	[
		'the organization is denied access',
		() =>
			cast.change(
				"UPDATE memberOrganizations SET memberState = 'DENIED_ACCESS' WHERE memberState = 'APPROVED'",
			),
	],
	[
		'the person is taken out',
		() => cast.change('DELETE FROM memberUsers WHERE userId = ?', cast.userIdOf('writer')),
	],
];

describe.each(losses)('when %s', (_, lose) => {
	test('a store, its directories and files are gone at once; a URL lives until it expires', async () => {
		const {dataStoreId, homeDirectoryId, dataStoreDirectoryId, dataStoreFileId} = await things.sharedStore();
		const {url} = (await cast.sure('writer', storeQueries.url, {id: dataStoreFileId})).answer;
		const zip = (await cast.sure('writer', storeQueries.zip, {id: dataStoreDirectoryId})).answer;
		await lose('DATA_STORE', dataStoreId);
		const asked = [
			[storeQueries.store, dataStoreId],
			[storeQueries.directory, homeDirectoryId],
			[storeQueries.directory, dataStoreDirectoryId],
			[storeQueries.file, dataStoreFileId],
			[storeQueries.url, dataStoreFileId],
			[storeQueries.zip, dataStoreDirectoryId],
		] as const;
		for (const [query, id] of asked) {
			expect(await cast.ask('writer', query, {id})).toMatchObject({data: {answer: null}, errors: refusal});
		}
		const {stores} = await cast.sure('writer', '{stores: storage_listDataStores {name}}');
		expect(stores).toEqual([]);
		now += 14 * minuteMs;
		expect(await (await fetch(url)).text()).toBe('a');
		expect((await fetch(zip.url)).status).toBe(200);
		now += minuteMs;
		expect((await fetch(url)).status).toBe(403);
		expect((await fetch(zip.url)).status).toBe(403);
	});

	test('bytes that come for an upload begun before are refused, and nothing is left of it', async () => {
		const {dataStoreId, homeDirectoryId} = await things.sharedStore();
		const {url, itemId} = await things.beginUpload('writer', dataStoreId, homeDirectoryId);
		const blobs = () => readdirSync(join(cast.exchange.directory, 'blobs')).length;
		const before = blobs();
		await lose('DATA_STORE', dataStoreId);
		const answer = await put(url, Buffer.from('late'));
		expect(answer).toMatchObject({status: 403, text: expect.stringContaining('<Code>AccessDenied</Code>')});
		expect(blobs()).toBe(before);
		expect((await cast.ask('owner', storeQueries.file, {id: itemId})).errors?.[0]?.errorType).toBe(
			'NotFound',
		);
	});

	test('an upload under way is refused at its end', async () => {
		const {dataStoreId, homeDirectoryId} = await things.sharedStore();
		const {url, itemId} = await things.beginUpload('writer', dataStoreId, homeDirectoryId);
		const sent = request(url, {method: 'PUT', headers: {'Content-Length': 4}, agent: false});
		const answered = new Promise<[number | undefined, string]>((done, failed) => {
			sent.on('response', response => text(response).then(body => done([response.statusCode, body]), failed));
			sent.on('error', failed);
		});
		const incoming = join(cast.exchange.directory, 'incoming');
		sent.write('la');
		await expect.poll(() => readdirSync(incoming)).toHaveLength(1);
		await lose('DATA_STORE', dataStoreId);
		sent.end('te');
		expect(await answered).toEqual([403, expect.stringContaining('AccessDenied')]);
		expect((await cast.ask('owner', storeQueries.file, {id: itemId})).errors?.[0]?.errorType).toBe(
			'NotFound',
		);
	});

	test('a running SQL query has no further page', async () => {
		const {timeSeriesDbId, databaseName} = await things.sharedDatabase();
		const client = clientOf('writer', timeSeriesDbId);
		const queryString = `SELECT * FROM "${databaseName}"."samples"`;
		const first = await client.sql(queryString, {maxRows: 1});
		const {NextToken: nextToken, QueryId: queryId} = JSON.parse(first.data.resultJSONString);
		expect(nextToken).toEqual(expect.any(String));
		await lose('TIME_SERIES_DB', timeSeriesDbId);
		const {clientToken} = first.data;
		const next = await client.sql(queryString, {maxRows: 1, nextToken, clientToken});
		expect(next).toMatchObject({data: null, errors: refusal});
		expect(await client.sql('SELECT 1')).toMatchObject({data: null, errors: refusal});
		await expect(client.cancel(queryId)).rejects.toThrow('Unauthorized');
	});

	test('a running SQL query that reads it through a database of one’s own has no further page', async () => {
		const {timeSeriesDbId, databaseName} = await things.sharedDatabase();
		const create = 'mutation {made: timeSeriesDb_createDatabase(name: "Own") {timeSeriesDbId}}';
		const {made} = await cast.sure('writer', create);
		const client = clientOf('writer', made.timeSeriesDbId);
		const queryString = `SELECT * FROM "${databaseName}"."samples"`;
		const first = await client.sql(queryString, {maxRows: 1});
		const {NextToken: nextToken} = JSON.parse(first.data.resultJSONString);
		await lose('TIME_SERIES_DB', timeSeriesDbId);
		const {clientToken} = first.data;
		expect(await client.sql(queryString, {maxRows: 1, nextToken, clientToken})).toMatchObject({
			data: null,
			errors: [{errorType: 'ValidationException'}],
		});
		expect(await client.sql(queryString)).toMatchObject({
			data: null,
			errors: [{errorType: 'ValidationException'}],
		});
		const shown = await client.sql('SHOW DATABASES');
		expect(shown.data.resultJSONString).not.toContain(databaseName);
	});

	test('a structured query has no further page and no export', async () => {
		const {timeSeriesDbId} = await things.sharedDatabase();
		const client = clientOf('writer', timeSeriesDbId);
		const period = {assets: [{assetId: 'f1'}], startTime: '2026-01-01', endTime: '2026-01-02', maxRows: 2};
		const {data: page} = await client.query(period);
		const finished = await things.finishedQuery('writer', timeSeriesDbId);
		await lose('TIME_SERIES_DB', timeSeriesDbId);
		const {queryString, clientToken, nextToken} = page;
		expect(nextToken).toEqual(expect.any(String));
		for (const answer of [
			await client.query({...period, queryString, clientToken, nextToken}),
			await client.query(period),
			await client.exportFile(finished),
		]) {
			expect(answer).toMatchObject({data: null, errors: refusal});
		}
		await expect(client.latest()).rejects.toThrow('Unauthorized');
	});

	test('events stop, and say why', async () => {
		const {timeSeriesDbId} = await things.sharedDatabase();
		const queryId = await things.finishedQuery('writer', timeSeriesDbId);
		const client = clientOf('writer', timeSeriesDbId);
		const socket = await cast.connect('writer');
		const token = cast.tokenOf('writer');
		const start = async (id: string, subscription: string, variables: object) => {
			socket.send(startMessage(id, subscription, token, variables));
			expect(await socket.next()).toEqual({id, type: 'start_ack'});
		};
		const publishes = `subscription ($id: ID!) {
			onTimeSeriesDbPublish(timeSeriesDbId: $id, assetId: "f1") {assetId}
		}`;
		const exported = `subscription ($id: String!) {
			onNotifyTimeSeriesQueryExportComplete(queryId: $id) {url}
		}`;
		await start('heard', publishes, {id: timeSeriesDbId});
		await client.publish('f1', [sample('kW', 9, now)]);
		expect(await socket.next()).toMatchObject({id: 'heard', type: 'data'});
		await start('export', exported, {id: queryId});
		await lose('TIME_SERIES_DB', timeSeriesDbId);
		await clientOf('owner', timeSeriesDbId).publish('f1', [sample('kW', 10, now + 1)]);
		expect(await socket.next()).toEqual({id: 'heard', type: 'error', payload: {errors: [unauthorized]}});
		await clientOf('owner', timeSeriesDbId).publish('f1', [sample('kW', 11, now + 2)]);
		socket.send(startMessage('again', publishes, token, {id: timeSeriesDbId}));
		expect(await socket.next()).toMatchObject({id: 'again', type: 'error', payload: {errors: refusal}});
		socket.send(startMessage('export again', exported, token, {id: queryId}));
		expect(await socket.next()).toMatchObject({
			id: 'export again',
			type: 'error',
			payload: {errors: refusal},
		});
	});
});

test('who hears of an upload in a store hears nothing once it is unshared', async () => {
	const {dataStoreId, uploadId, uploadUrl} = await things.sharedStore();
	const socket = await cast.connect('reader');
	const subscription = 'subscription ($id: ID!) {onNotifyUploadComplete(uploadId: $id) {uploadId}}';
	socket.send(startMessage('1', subscription, cast.tokenOf('reader'), {id: uploadId}));
	expect(await socket.next()).toEqual({id: '1', type: 'start_ack'});
	await things.unshareIt('DATA_STORE', dataStoreId);
	expect((await put(uploadUrl, Buffer.from('owner'))).status).toBe(200);
	expect(await socket.next()).toEqual({id: '1', type: 'error', payload: {errors: [unauthorized]}});
});

test('who may only read from now on writes no more, also not what was begun before', async () => {
	const {dataStoreId, homeDirectoryId, dataStoreFileId} = await things.sharedStore();
	const {timeSeriesDbId} = await things.sharedDatabase();
	const {url} = await things.beginUpload('writer', dataStoreId, homeDirectoryId);
	cast.change("UPDATE memberUsers SET permission = 'READ_ONLY' WHERE userId = ?", cast.userIdOf('writer'));
	expect((await put(url, Buffer.from('late'))).status).toBe(403);
	expect(await cast.sure('writer', storeQueries.file, {id: dataStoreFileId})).toEqual({answer: {name: 'a'}});
	const remove = 'mutation ($id: ID!) {answer: storage_deleteDataStoreFile(dataStoreFileId: $id) {name}}';
	expect((await cast.ask('writer', remove, {id: dataStoreFileId})).errors).toEqual(refusal);
	const published = await clientOf('writer', timeSeriesDbId).publish('f1', [sample('kW', 1, now)]);
	expect(published).toMatchObject({data: null, errors: refusal});
});

test('a store that is shared twice stays in sight until both are withdrawn; the greater permission counts', async () => {
	const second = cast.secondCollaborative();
	const {dataStoreId, dataStoreFileId} = await things.sharedStore();
	const rename = `mutation ($id: ID!) {
		answer: storage_updateDataStoreFile(dataStoreFileId: $id, name: "b") {name}
	}`;
	expect((await cast.ask('reader', rename, {id: dataStoreFileId})).errors).toEqual(refusal);
	await things.shareIt('DATA_STORE', dataStoreId, second);
	expect((await cast.ask('reader', rename, {id: dataStoreFileId})).errors).toBeUndefined();
	await things.unshareIt('DATA_STORE', dataStoreId);
	expect((await cast.ask('reader', rename, {id: dataStoreFileId})).errors).toBeUndefined();
	expect((await cast.ask('writer', storeQueries.store, {id: dataStoreId})).errors).toEqual(refusal);
	await things.unshareIt('DATA_STORE', dataStoreId, second);
	expect((await cast.ask('reader', storeQueries.store, {id: dataStoreId})).errors).toEqual(refusal);
});

test('a deleted store and a deleted database are shared no more', async () => {
	const {dataStoreId} = await things.sharedStore();
	const {timeSeriesDbId} = await things.sharedDatabase();
	await cast.sure('owner', 'mutation ($id: ID!) {storage_deleteDataStore(dataStoreId: $id) {name}}', {
		id: dataStoreId,
	});
	await cast.sure('owner', 'mutation ($id: ID!) {timeSeriesDb_deleteDatabase(timeSeriesDbId: $id) {name}}', {
		id: timeSeriesDbId,
	});
	const list =
		'query ($id: ID!) {answer: collaborative_listCollaborativeServices(collaborativeId: $id) {serviceId}}';
	expect(await cast.sure('reader', list, {id: cast.collaborativeId})).toEqual({answer: []});
});

function clientOf(relation: Relation, timeSeriesDbId: string) {
	const post = (query: string, variables?: object) =>
		cast.exchange.post(query, variables, cast.tokenOf(relation));
	return seriesClient({post}, timeSeriesDbId);
}
