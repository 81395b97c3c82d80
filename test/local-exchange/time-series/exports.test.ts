import {readdirSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {type AppSyncSocket, credentialsOf, openSocket, startMessage} from '../../support/appsync-socket.ts';
import {startExchange, type TestExchange} from '../../support/exchange.ts';
import {newDatabase, type SeriesClient, textAt} from './series-client.ts';

const start = Date.UTC(2026, 0, 1);
const period = {startTime: '2026-01-01', endTime: '2026-01-02'};
const assets = [{assetId: 'f1'}, {assetId: 'f2'}];
const subscription = `subscription ($id: String!) {
	done: onNotifyTimeSeriesQueryExportComplete(queryId: $id) {queryId fileType fileSizeBytes url}
}`;

let exchange: TestExchange;
let database: SeriesClient;
let sockets: AppSyncSocket[] = [];
beforeAll(async () => {
	exchange = await startExchange();
	database = await newDatabase(exchange, 'Feeders');
	await database.fill('f1', 'kW', [1, 2, 3, 4, 5], start);
	await database.fill('f1', 'kV', [13, 13.5], start + 1000);
	await database.fill('f2', 'kW', [10, 20], start + 500);
	const MeasureValues = [{Name: 'note "n"', Value: 'a "b",\nc 🙂', Type: 'VARCHAR'}];
	const {errors} = await database.publish('f2', [
		{MeasureName: 'notes', MeasureValueType: 'MULTI', MeasureValues, Time: String(start)},
	]);
	expect(errors).toBeUndefined();
});
afterAll(() => exchange.close());
beforeEach(() => {
	sockets = [];
});
afterEach(() => {
	for (const socket of sockets) socket.close();
});

const resultFiles = () => readdirSync(join(exchange.directory, 'results'));

async function subscribe(queryId: string): Promise<AppSyncSocket> {
	const url = new URL('/graphql/realtime', exchange.endpoint.replace('http', 'ws'));
	url.searchParams.set('header', credentialsOf(exchange.token));
	const socket = await openSocket(url.href);
	sockets.push(socket);
	socket.send({type: 'connection_init'});
	expect((await socket.next()).type).toBe('connection_ack');
	socket.send(startMessage('1', subscription, exchange.token, {id: queryId}));
	expect(await socket.next()).toEqual({id: '1', type: 'start_ack'});
	return socket;
}

async function finishedQuery(more: object = {}): Promise<string> {
	const pages = await database.queryAll({assets, ...period, maxRows: 2, ...more});
	return pages.at(-1).queryId;
}

async function notified(socket: AppSyncSocket) {
	const {id, type, payload} = await socket.next();
	expect([id, type]).toEqual(['1', 'data']);
	return payload;
}

test('the whole result as CSV, when its subscriber hears of it', async () => {
	const queryId = await finishedQuery();
	const socket = await subscribe(queryId);
	expect(await database.exportFile(queryId, 'CSV')).toEqual({
		data: {queryId, timeSeriesDbId: database.timeSeriesDbId, fileFormat: 'CSV'},
	});
	const {data} = await notified(socket);
	const text = await textAt(data.done.url);
	expect(data.done).toEqual({
		queryId,
		fileType: 'CSV',
		fileSizeBytes: Buffer.byteLength(text),
		url: expect.any(String),
	});
	expect(text).toBe(`assetId,name,timestamp,kW,kV,"note ""n"""
f1,F1,2026-01-01T00:00:00.000Z,1.0,,
f1,F1,2026-01-01T00:00:01.000Z,2.0,13.0,
f1,F1,2026-01-01T00:00:02.000Z,3.0,13.5,
f1,F1,2026-01-01T00:00:03.000Z,4.0,,
f1,F1,2026-01-01T00:00:04.000Z,5.0,,
f2,,2026-01-01T00:00:00.000Z,,,"a ""b"",
c 🙂"
f2,F2,2026-01-01T00:00:00.500Z,10.0,,
f2,F2,2026-01-01T00:00:01.500Z,20.0,,
`);
});

test('the whole result as JSON, each asset once with its series', async () => {
	const queryId = await finishedQuery();
	const socket = await subscribe(queryId);
	await database.exportFile(queryId, 'JSON');
	const {data} = await notified(socket);
	const response = await fetch(data.done.url);
	expect(response.headers.get('content-type')).toBe('application/json');
	const text = await response.text();
	expect(data.done).toMatchObject({fileType: 'JSON', fileSizeBytes: Buffer.byteLength(text)});
	const at = (second: string) => `2026-01-01T00:00:${second}Z`;
	expect(JSON.parse(text)).toEqual([
		{
			assetId: 'f1',
			name: 'F1',
			attributes: [
				{
					name: 'kW',
					attributeType: 'DOUBLE',
					lastValue: '5.0',
					lastValueTime: at('04.000'),
					data: [1, 2, 3, 4, 5].map((value, index) => ({
						timestamp: at(`0${index}.000`),
						value: `${value}.0`,
					})),
				},
				{
					name: 'kV',
					attributeType: 'DOUBLE',
					lastValue: '13.5',
					lastValueTime: at('02.000'),
					data: [
						{timestamp: at('01.000'), value: '13.0'},
						{timestamp: at('02.000'), value: '13.5'},
					],
				},
			],
		},
		{
			assetId: 'f2',
			name: 'F2',
			attributes: [
				{
					name: 'kW',
					attributeType: 'DOUBLE',
					lastValue: '20.0',
					lastValueTime: at('01.500'),
					data: [
						{timestamp: at('00.500'), value: '10.0'},
						{timestamp: at('01.500'), value: '20.0'},
					],
				},
				{
					name: 'note "n"',
					attributeType: 'VARCHAR',
					lastValue: 'a "b",\nc 🙂',
					lastValueTime: at('00.000'),
					data: [{timestamp: at('00.000'), value: 'a "b",\nc 🙂'}],
				},
			],
		},
	]);
});

test.each([
	['CSV', 'assetId,name,timestamp\n'],
	['JSON', '[]\n'],
])('a result without samples as %s', async (format, expected) => {
	const queryId = await finishedQuery({assets: [{assetId: 'nobody'}]});
	const socket = await subscribe(queryId);
	await database.exportFile(queryId, format);
	const {data} = await notified(socket);
	expect(await textAt(data.done.url)).toBe(expected);
});

describe('a notification', () => {
	test('waits for its subscriber', async () => {
		const queryId = await finishedQuery();
		const first = await subscribe(queryId);
		await database.exportFile(queryId, 'CSV');
		await notified(first);
		// The file is complete: a subscriber from now on would have missed it.
		first.close();
		const second = await subscribe(queryId);
		const {data} = await notified(second);
		expect(data.done).toMatchObject({queryId, fileType: 'CSV'});
		expect(await textAt(data.done.url)).toContain('f1,F1');
	});

	test('comes for each format, and for a format that is asked for again', async () => {
		const queryId = await finishedQuery();
		const socket = await subscribe(queryId);
		const types: string[] = [];
		for (const format of ['CSV', 'JSON', 'CSV']) {
			await database.exportFile(queryId, format);
			types.push((await notified(socket)).data.done.fileType);
		}
		expect(types).toEqual(['CSV', 'JSON', 'CSV']);
		expect(resultFiles().filter(name => name.endsWith('.json'))).not.toEqual([]);
	});

	test('tells of a failure, too, and the export may be tried again', async () => {
		const queryId = await finishedQuery();
		for (const name of resultFiles()) rmSync(join(exchange.directory, 'results', name));
		const socket = await subscribe(queryId);
		await database.exportFile(queryId, 'JSON');
		const {data, errors} = await notified(socket);
		expect(data.done).toBeNull();
		expect(errors[0]).toMatchObject({
			errorType: 'InternalFailure',
			message: expect.stringContaining('export'),
		});
		expect(resultFiles()).toEqual([]);
		expect((await database.exportFile(queryId, 'JSON')).errors).toBeUndefined();
	});
});

test('only a query that has been read to its end can be exported', async () => {
	const {data: first} = await database.query({assets, ...period, maxRows: 2});
	const {data, errors} = await database.exportFile(first.queryId, 'CSV');
	expect(data).toBeNull();
	expect(errors?.[0]).toMatchObject({
		errorType: 'BadRequest',
		message: `Query ${first.queryId} has not finished: read its pages to the last`,
	});
	expect((await database.exportFile('q', 'CSV')).errors?.[0]).toMatchObject({errorType: 'NotFound'});
});

test('a cancelled query takes its exports along', async () => {
	const before = resultFiles();
	const queryId = await finishedQuery();
	const socket = await subscribe(queryId);
	await database.exportFile(queryId, 'CSV');
	const {data} = await notified(socket);
	await database.exportFile(queryId, 'JSON');
	expect(resultFiles().length).toBeGreaterThan(before.length);
	expect(await database.cancel(queryId)).toMatchObject({httpStatusCode: 200});
	expect(resultFiles()).toEqual(before);
	expect((await fetch(data.done.url)).status).toBe(404);
	expect((await database.exportFile(queryId, 'CSV')).errors?.[0]).toMatchObject({errorType: 'NotFound'});
});
