import {afterAll, beforeAll, expect, test} from 'vitest';
import {startExchange, type TestExchange} from '../../support/exchange.ts';
import {newDatabase, type SeriesClient, sample} from './series-client.ts';

const noon = Date.UTC(2026, 0, 1, 12);

let exchange: TestExchange;
let database: SeriesClient;
beforeAll(async () => {
	exchange = await startExchange();
	database = await newDatabase(exchange);
	for (let asset = 0; asset < 1203; asset++) {
		const id = `f${String(asset).padStart(4, '0')}`;
		await database.publish(id, [sample('kW', asset, noon, `Feeder ${asset}`), sample('kV', 13, noon)]);
	}
}, 120_000);
afterAll(() => exchange.close());

test('all assets come in pages of 500 that lead on by their tokens', async () => {
	const pages = [await database.latest()];
	while (pages.at(-1).nextToken !== null) pages.push(await database.latest(pages.at(-1).nextToken));
	expect(pages.map(({data}) => data.length)).toEqual([500, 500, 203]);
	expect(pages.map(({clientToken}) => clientToken)).toEqual([null, null, null]);
	expect(new Set(pages.map(({queryId}) => queryId)).size).toBe(1);
	expect(pages.at(-1).queryProgressPercentage).toBe(100);
	const assets = pages.flatMap(({data}) => data);
	expect(new Set(assets.map(({assetId}) => assetId)).size).toBe(1203);
	expect(assets.find(({assetId}) => assetId === 'f0700')).toMatchObject({
		name: 'Feeder 700',
		attributes: expect.arrayContaining([
			{
				name: 'kW',
				attributeType: 'DOUBLE',
				lastValue: '700.0',
				lastValueTime: '2026-01-01T12:00:00.000Z',
				data: [],
			},
		]),
	});
});

test('an asset that comes between two pages makes none appear twice', async () => {
	const {nextToken, data} = await database.latest();
	await database.publish('f0000a', [sample('kW', 1, noon)]);
	const next = await database.latest(nextToken);
	const ids = [...data, ...next.data].map(({assetId}: {assetId: string}) => assetId);
	expect(new Set(ids).size).toBe(ids.length);
});

test('a token of another database, or none of ours, is refused', async () => {
	const other = await newDatabase(exchange, 'Other');
	const {nextToken} = await database.latest();
	await expect(other.latest(nextToken)).rejects.toThrow('Invalid pagination token');
	for (const token of ['', 'x', 'bnVsbA', Buffer.from('[1,2,3]').toString('base64url')]) {
		await expect(database.latest(token)).rejects.toThrow('Invalid pagination token');
	}
});

test('an empty database has one empty page', async () => {
	const empty = await newDatabase(exchange, 'Empty');
	expect(await empty.latest()).toMatchObject({data: [], nextToken: null, queryProgressPercentage: 100});
});

test('the page that is written directly is the one that GraphQL makes', async () => {
	const page = async (selection: string) =>
		exchange.ask(
			`query ($id: ID!) {
				page: timeSeriesDb_listAllAssetLastValues(timeSeriesDbId: $id) {data {${selection}} nextToken}
			}
			fragment Asset on TimeSeriesDbAssetData {id: assetId name}`,
			{id: database.timeSeriesDbId},
		);
	for (const selection of [
		'__typename ...Asset attributes {__typename name v: lastValue lastValueTime attributeType data {timestamp}}',
		'...Asset',
		'...Asset attributes {name}',
		'...Asset a: attributes {name} b: attributes {lastValue}',
	]) {
		// A directive has no effect here but to leave the work to GraphQL's executor.
		const {page: byExecutor} = await page(`... @include(if: true) {name} ${selection}`);
		const {page: direct} = await page(`name ${selection}`);
		expect({...direct, nextToken: ''}).toEqual({...byExecutor, nextToken: ''});
	}
});
