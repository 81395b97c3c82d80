import {readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {startExchange, type TestExchange} from '../../support/exchange.ts';
import {newDatabase, type SeriesClient, sample, seriesClient, textAt} from './series-client.ts';

const start = Date.UTC(2026, 0, 1);
const period = {startTime: '2026-01-01T00:00:00.000Z', endTime: '2026-01-02T00:00:00Z'};
const resultFiles = () => readdirSync(join(exchange.directory, 'results'));

let exchange: TestExchange;
let database: SeriesClient;
beforeAll(async () => {
	exchange = await startExchange();
	database = await newDatabase(exchange, 'Feeders');
	await database.fill('f1', 'kW', [1, 2, 3, 4, 5], start);
	await database.fill('f1', 'kV', [13, 13.5], start + 1000);
	await database.fill('f2', 'kW', [10, 20], start + 500);
	const MeasureValues = [
		{Name: 'kvar', Value: '0.5', Type: 'DOUBLE'},
		{Name: 'note, "quoted"', Value: 'a "b",\r\nc', Type: 'VARCHAR'},
		{Name: 'empty', Value: '', Type: 'VARCHAR'},
		{Name: 'closed', Value: 'false', Type: 'BOOLEAN'},
		{Name: 'since', Value: String(start), Type: 'TIMESTAMP'},
	];
	const {errors} = await database.publish('f3', [
		{MeasureName: 'reading', MeasureValueType: 'MULTI', MeasureValues, Time: String(start)},
	]);
	expect(errors).toBeUndefined();
});
afterAll(() => exchange.close());

async function rows(assets: object[], more: object = period): Promise<string[]> {
	const pages = await database.queryAll({assets, ...more});
	const texts = await Promise.all(pages.map(({presignedUrl}) => textAt(presignedUrl)));
	return texts.flatMap((text, index) => text.split('\n').slice(index === 0 ? 0 : 1, -1));
}

test('samples come as rows by asset and time, a column for each attribute', async () => {
	expect(await rows([{assetId: 'f2'}, {assetId: 'f1', attributeNamesFilter: []}])).toEqual([
		'assetId,name,timestamp,kW,kV',
		'f1,F1,2026-01-01T00:00:00.000Z,1.0,',
		'f1,F1,2026-01-01T00:00:01.000Z,2.0,13.0',
		'f1,F1,2026-01-01T00:00:02.000Z,3.0,13.5',
		'f1,F1,2026-01-01T00:00:03.000Z,4.0,',
		'f1,F1,2026-01-01T00:00:04.000Z,5.0,',
		'f2,F2,2026-01-01T00:00:00.500Z,10.0,',
		'f2,F2,2026-01-01T00:00:01.500Z,20.0,',
	]);
});

test('each asset may be asked for attributes of its own; those that none has are no columns', async () => {
	const assets = [
		{assetId: 'f1', attributeNamesFilter: ['kV', 'nonsense']},
		{assetId: 'f2', attributeNamesFilter: ['kW']},
		{assetId: "no'body"},
	];
	expect(await rows(assets)).toEqual([
		'assetId,name,timestamp,kV,kW',
		'f1,F1,2026-01-01T00:00:01.000Z,13.0,',
		'f1,F1,2026-01-01T00:00:02.000Z,13.5,',
		'f2,F2,2026-01-01T00:00:00.500Z,,10.0',
		'f2,F2,2026-01-01T00:00:01.500Z,,20.0',
	]);
	expect(await rows([{assetId: 'nobody'}])).toEqual(['assetId,name,timestamp']);
});

test('values of all types are as in the latest values; texts are quoted so that no row breaks', async () => {
	const text = (await rows([{assetId: 'f3'}])).join('\n');
	expect(text).toBe(
		[
			'assetId,name,timestamp,kvar,"note, ""quoted""",empty,closed,since',
			'f3,,2026-01-01T00:00:00.000Z,0.5,"a ""b"",\r\nc","",false,2026-01-01 00:00:00.000000000',
		].join('\n'),
	);
});

test('the start of the period belongs to it, its end does not', async () => {
	const assets = [{assetId: 'f1', attributeNamesFilter: ['kW']}];
	const times = async (startTime: string, endTime: string) =>
		(await rows(assets, {startTime, endTime})).slice(1).map(row => row.slice(-7, -4));
	expect(await times('2026-01-01T00:00:01Z', '2026-01-01T00:00:03Z')).toEqual(['00Z', '00Z']);
	expect(await times('2026-01-01T00:00:01.000000001Z', '2026-01-01T00:00:03.000000001Z')).toHaveLength(2);
	expect(await times('2026-01-01T01:00:01+01:00', '2026-01-01T00:00:02')).toHaveLength(1);
	expect(await times('2026-01-01T00:00:01Z', '2026-01-01T00:00:01Z')).toEqual([]);
});

test('the newest rows of each asset', async () => {
	const assets = [{assetId: 'f1', attributeNamesFilter: ['kW']}, {assetId: 'f2'}];
	const newest = await rows(assets, {queryType: 'LAST_X_ROWS', maxRows: 1});
	expect(newest.slice(1)).toEqual([
		'f1,F1,2026-01-01T00:00:04.000Z,5.0',
		'f2,F2,2026-01-01T00:00:01.500Z,20.0',
	]);
});

test('different values of one time are different rows', async () => {
	const own = await newDatabase(exchange, 'Phases');
	const at = (phase: string, value: number) => ({
		...sample('A', value, start),
		Dimensions: [{Name: 'phase', Value: phase}],
	});
	await own.publish('f1', [at('a', 1), at('b', 2)]);
	const [{presignedUrl}] = await own.queryAll({assets: [{assetId: 'f1'}], ...period});
	expect((await textAt(presignedUrl)).split('\n')).toHaveLength(4);
});

describe('pages', () => {
	const assets = [{assetId: 'f1'}, {assetId: 'f2'}];

	test('lead on by their tokens and together hold everything once', async () => {
		const pages = await database.queryAll({assets, ...period, maxRows: 2});
		expect(pages.map(({resultChunkIndex}) => resultChunkIndex)).toEqual([0, 1, 2, 3]);
		expect(new Set(pages.map(({queryId}) => queryId)).size).toBe(1);
		const progress = pages.map(({queryProgressPercentage}) => queryProgressPercentage);
		expect(progress).toEqual([...progress].sort((a, b) => a - b));
		expect(progress.at(-1)).toBe(100);
		expect(progress.at(-2)).toBeLessThan(100);
		expect(await rows(assets, {...period, maxRows: 2})).toEqual(await rows(assets));
	});

	test('are the same again for the same token, as after a lost answer', async () => {
		const {data: first} = await database.query({assets, ...period, maxRows: 2});
		const {nextToken, clientToken, queryString} = first;
		const again = async () =>
			(await database.query({assets, ...period, maxRows: 2, nextToken, clientToken, queryString})).data;
		const [one, two] = await Promise.all([again(), again()]);
		expect(await textAt(one.presignedUrl)).toBe(await textAt(two.presignedUrl));
		expect(one.nextToken).toBe(two.nextToken);
	});

	test('are had by a query of type NEXT_TOKEN, too', async () => {
		const {data: first} = await database.query({assets, ...period, maxRows: 2});
		const {data: second} = await database.query({
			queryType: 'NEXT_TOKEN',
			assets,
			nextToken: first.nextToken,
		});
		expect(second).toMatchObject({queryId: first.queryId, resultChunkIndex: 1});
	});

	test('are not changed by what is published meanwhile', async () => {
		const own = await newDatabase(exchange, 'Busy');
		await own.fill('f1', 'kW', [1, 2, 3, 4], start);
		const {data: first} = await own.query({assets: [{assetId: 'f1'}], ...period, maxRows: 2});
		const MeasureValues = [{Name: 'new', Value: '1', Type: 'DOUBLE'}];
		await own.publish('f1', [
			sample('kW', 99, start + 3000, 'F1', 2),
			{MeasureName: 'more', MeasureValueType: 'MULTI', MeasureValues, Time: String(start)},
		]);
		const {data: second} = await own.query({
			assets: [{assetId: 'f1'}],
			...period,
			nextToken: first.nextToken,
		});
		expect(await textAt(second.presignedUrl)).toContain('f1,F1,2026-01-01T00:00:03.000Z,4.0\n');
		expect(second.nextToken).toBeNull();
	});

	test('may be fetched in ranges, by a signed URL only', async () => {
		const {data} = await database.query({assets, ...period});
		const part = await fetch(data.presignedUrl, {headers: {Range: 'bytes=0-6'}});
		expect([part.status, await part.text()]).toEqual([206, 'assetId']);
		expect(part.headers.get('content-type')).toBe('text/csv');
		expect((await fetch(data.presignedUrl.replace(/\?.*/, ''))).status).toBe(403);
	});
});

describe('a question that makes no sense is refused:', () => {
	const assets = [{assetId: 'f1'}];
	test.each([
		['an inverted period', {assets, startTime: '2026-01-02', endTime: '2026-01-01'}, 'lies after endTime'],
		['no period', {assets}, 'needs startTime and endTime'],
		['an unreadable time', {assets, ...period, startTime: 'yesterday'}, "startTime 'yesterday' is no time"],
		['30 February', {assets, ...period, endTime: '2026-02-30'}, "endTime '2026-02-30' is no time"],
		['a time beyond 64 bits of ns', {assets, ...period, endTime: '3000-01-01'}, 'is no time'],
		['no assets', {assets: [], ...period}, 'at least one asset'],
		['only null assets', {assets: [null], ...period}, 'at least one asset'],
		['maxRows of 0', {assets, ...period, maxRows: 0}, 'maxRows must be'],
		['maxRows beyond all measure', {assets, ...period, maxRows: 1e9}, 'maxRows must be'],
		['the newest of how many?', {assets, queryType: 'LAST_X_ROWS'}, 'needs maxRows'],
		['the next of what?', {assets, queryType: 'NEXT_TOKEN'}, 'needs a nextToken'],
		['a token that is none', {assets, ...period, nextToken: 'x'}, 'Invalid pagination token'],
	])('%s', async (_, args, message) => {
		const {data, errors} = await database.query(args);
		expect(data).toBeNull();
		expect(errors?.[0]).toMatchObject({
			errorType: expect.stringMatching(/^(BadRequest|ValidationException)$/),
			message: expect.stringContaining(message),
		});
	});

	test('a token of another query', async () => {
		const {data: first} = await database.query({assets, ...period, maxRows: 1});
		const {data: other} = await database.query({assets, ...period, maxRows: 1});
		const mixed = {assets, ...period, nextToken: first.nextToken, clientToken: other.clientToken};
		expect((await database.query(mixed)).errors?.[0]?.message).toContain('belongs to another query');
		const elsewhere = await newDatabase(exchange, 'Elsewhere');
		expect(
			(await elsewhere.query({assets, ...period, nextToken: first.nextToken})).errors?.[0],
		).toMatchObject({
			errorType: 'NotFound',
		});
	});
});

test('a cancelled query is gone with its files; another cancellation finds none', async () => {
	const before = resultFiles();
	const {data: first} = await database.query({assets: [{assetId: 'f1'}], ...period, maxRows: 2});
	expect(resultFiles()).toHaveLength(before.length + 1);
	expect(await database.cancel(first.queryId)).toEqual({httpStatusCode: 200, errorMessage: null});
	expect(resultFiles()).toEqual(before);
	expect((await fetch(first.presignedUrl)).status).toBe(404);
	const next = {assets: [{assetId: 'f1'}], ...period, nextToken: first.nextToken};
	expect((await database.query(next)).errors?.[0]).toMatchObject({errorType: 'NotFound'});
	expect(await database.cancel(first.queryId)).toMatchObject({httpStatusCode: 404});
});

test('a database that is deleted takes its queries and their files along', async () => {
	const own = await newDatabase(exchange, 'Short-lived');
	await own.fill('f1', 'kW', [1, 2, 3], start);
	const before = resultFiles();
	const {data: first} = await own.query({assets: [{assetId: 'f1'}], ...period, maxRows: 1});
	expect((await fetch(first.presignedUrl)).status).toBe(200);
	const remove = 'mutation ($id: ID!) {timeSeriesDb_deleteDatabase(timeSeriesDbId: $id) {name}}';
	await exchange.ask(remove, {id: own.timeSeriesDbId});
	expect((await fetch(first.presignedUrl)).status).toBe(404);
	expect(resultFiles()).toEqual(before);
});

test('queries of a former process are gone with their files', async () => {
	const client = seriesClient(exchange, database.timeSeriesDbId);
	const {data: first} = await client.query({assets: [{assetId: 'f1'}], ...period, maxRows: 2});
	await exchange.server.close();
	// A process that was killed leaves its files.
	writeFileSync(join(exchange.directory, 'results', 'left.csv'), 'a');
	await exchange.reopen();
	expect(resultFiles()).toEqual([]);
	const {errors} = await client.query({assets: [{assetId: 'f1'}], ...period, nextToken: first.nextToken});
	expect(errors?.[0]).toMatchObject({errorType: 'NotFound'});
});
