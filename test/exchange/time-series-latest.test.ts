import {afterEach, describe, expect, test} from 'vitest';
import type {Asset, LatestValues} from '../../src/shell/time-series.ts';
import {failure} from './failure.ts';
import {type Asked, type FakeExchange, fakeExchange, type Reply} from './fake-exchange.ts';

let fake: FakeExchange;
afterEach(() => fake.close());

const database = 'timeSeriesDbId.1';
const attribute = (
	name: string,
	lastValue: unknown = '1',
	lastValueTime: unknown = '2026-01-01T00:00:00Z',
) => ({
	name,
	attributeType: 'DOUBLE',
	lastValue,
	lastValueTime,
});
const asset = (id: string, ...attributes: unknown[]) => ({assetId: id, name: `Asset ${id}`, attributes});
const page = (data: unknown, nextToken: string | null = null, clientToken: string | null = null): Reply => ({
	body: {data: {timeSeriesDb_listAllAssetLastValues: {data, nextToken, clientToken}}},
});
const ids = ({assets}: LatestValues) => assets.map(({assetId}) => assetId);
/** Answers the first request with the first page, and so on; the last for ever. */
const pages =
	(...replies: readonly Reply[]) =>
	({attempt}: Asked) =>
		replies[Math.min(attempt, replies.length) - 1]!;
const open = async (answer: (asked: Asked) => Reply | Promise<Reply>) => {
	fake = await fakeExchange(answer);
	return fake.connect().timeSeries;
};

describe('pages', () => {
	test('are followed to the last, also from an empty one, with both tokens', async () => {
		const series = await open(
			pages(
				page([asset('a', attribute('kW'))], 'one', 'client'),
				page([], 'two'),
				page([asset('b', attribute('kW'))], 'three', 'other'),
				page([asset('c')]),
			),
		);
		expect(ids(await series.latest(database))).toEqual(['a', 'b', 'c']);
		expect(fake.asked.map(({variables}) => variables)).toEqual([
			{timeSeriesDbId: database},
			{timeSeriesDbId: database, nextToken: 'one', clientToken: 'client'},
			{timeSeriesDbId: database, nextToken: 'two'},
			{timeSeriesDbId: database, nextToken: 'three', clientToken: 'other'},
		]);
	});

	test('150 of them are no problem', async () => {
		const series = await open(({attempt}) =>
			page([asset(String(attempt))], attempt < 150 ? `token ${attempt}` : null),
		);
		expect((await series.latest(database)).assets).toHaveLength(150);
	});

	test('an asset that spans pages is one asset', async () => {
		const series = await open(
			pages(
				page([asset('a', attribute('kW'))], 'next'),
				page([asset('b'), asset('a', attribute('kV', '2'))]),
			),
		);
		const {assets} = await series.latest(database);
		expect(assets.map(({assetId, attributes}) => [assetId, attributes.map(({name}) => name)])).toEqual([
			['a', ['kW', 'kV']],
			['b', []],
		]);
	});

	test('the assets so far are told after each page but the last', async () => {
		const series = await open(pages(page([asset('a')], '1'), page([asset('b')], '2'), page([asset('c')])));
		const seen: [boolean, string[]][] = [];
		const onPage = (latest: LatestValues) => seen.push([latest.isComplete, ids(latest)]);
		const {isComplete} = await series.latest(database, {onPage});
		expect([seen, isComplete]).toEqual([
			[
				[false, ['a']],
				[false, ['a', 'b']],
			],
			true,
		]);
	});

	test('a token that leads round in a circle is an error, not a loop', async () => {
		const series = await open(() => page([asset('a')], 'same'));
		const error = await failure(series.latest(database));
		expect([error.code, error.message]).toEqual([
			'failed',
			expect.stringContaining('sends the same page again and again'),
		]);
	});

	test('a page that fails leaves what is cached', async () => {
		let broken = false;
		const series = await open(({variables}) => {
			if (!variables.nextToken) return page([asset('a')], 'next');
			return broken ? {body: {data: null, errors: [{message: 'out of order'}]}} : page([asset('b')]);
		});
		const before = await series.latest(database);
		broken = true;
		expect((await failure(series.latest(database, {maxAge: 0}))).message).toBe('out of order');
		expect(series.cachedLatest(database)).toBe(before);
	});
});

describe('what an Exchange leaves out', () => {
	test.each<[string, unknown, readonly Asset[]]>([
		[
			'null rows',
			[null, {assetId: 'a', name: null, attributes: [null]}],
			[{assetId: 'a', name: null, attributes: []}],
		],
		[
			'attributes',
			[{assetId: 'a', name: 'A', attributes: null}],
			[{assetId: 'a', name: 'A', attributes: []}],
		],
		['a name and attributes', [{assetId: 'a'}], [{assetId: 'a', name: null, attributes: []}]],
		['ids', [{assetId: null, name: 'x', attributes: []}, {name: 'y'}], []],
		[
			'a value',
			[{assetId: 'a', name: 'A', attributes: [{name: 'kW', attributeType: 'DOUBLE', lastValue: null}]}],
			[
				{
					assetId: 'a',
					name: 'A',
					attributes: [{name: 'kW', attributeType: 'DOUBLE', lastValue: null, lastValueTime: null}],
				},
			],
		],
		['everything', null, []],
	])('%s', async (_case, data, expected) => {
		const series = await open(() => page(data));
		expect((await series.latest(database)).assets).toEqual(expected);
	});

	test('a database it does not know', async () => {
		const series = await open(() => ({body: {data: {timeSeriesDb_listAllAssetLastValues: null}}}));
		expect((await failure(series.latest(database))).code).toBe('not-found');
	});
});

test.each([
	['2024-01-01 00:00:00.000000000', '2024-01-01T00:00:00.000Z'],
	['2024-01-01 00:00:00.123456789', '2024-01-01T00:00:00.123456789Z'],
	['2024-01-01 00:00:00.120000000', '2024-01-01T00:00:00.120Z'],
	['2024-01-01T00:00:00Z', '2024-01-01T00:00:00.000Z'],
	['2024-01-01T00:00:00.5+02:00', '2023-12-31T22:00:00.500Z'],
	['2024-01-01T00:00:00.123456-0730', '2024-01-01T07:30:00.123456Z'],
	['2024-01-01T00:00:00+00:00', '2024-01-01T00:00:00.000Z'],
	['2024-01-01', '2024-01-01T00:00:00.000Z'],
	['yesterday', null],
	['2024-13-45 00:00:00', null],
])('a sample taken at %s', async (told, expected) => {
	const series = await open(() => page([asset('a', attribute('kW', '1', told))]));
	expect((await series.latest(database)).assets[0]?.attributes[0]?.lastValueTime).toBe(expected);
});

describe('the cache', () => {
	test('answers while it is fresh, and at once whatever its age', async () => {
		const series = await open(() => page([asset('a', attribute('kW'))]));
		expect(series.cachedLatest(database)).toBeUndefined();
		const latest = await series.latest(database);
		expect(await series.latest(database)).toBe(latest);
		expect(series.cachedLatest(database)).toBe(latest);
		expect(fake.asked).toHaveLength(1);
		await series.latest(database, {maxAge: 0});
		expect(fake.asked).toHaveLength(2);
	});

	test('keeps the assets that have not changed, and with all of them the whole', async () => {
		const series = await open(({attempt}) =>
			page([
				asset('a', attribute('kW'), attribute('kV')),
				asset('b', attribute('kW', String(Math.max(2, attempt)))),
			]),
		);
		const first = await series.latest(database);
		expect(await series.latest(database, {maxAge: 0})).toBe(first);
		const third = await series.latest(database, {maxAge: 0});
		expect(third).not.toBe(first);
		expect(third.assets[0]).toBe(first.assets[0]);
		expect(third.assets[1]?.attributes[0]?.lastValue).toBe('3');
	});

	test('several who ask at once share one reading; an abort takes back only its own interest', async () => {
		const asked = Promise.withResolvers<void>();
		const answered = Promise.withResolvers<void>();
		const series = await open(async () => {
			asked.resolve();
			await answered.promise;
			return page([asset('a')]);
		});
		const stop = new AbortController();
		const first = series.latest(database, {signal: stop.signal});
		const second = series.latest(database, {maxAge: 0});
		await asked.promise;
		stop.abort();
		expect((await failure(first)).code).toBe('cancelled');
		answered.resolve();
		expect(ids(await second)).toEqual(['a']);
		expect(fake.asked).toHaveLength(1);
	});

	test('nobody waits any more: no further page is asked for, and who comes then starts anew', async () => {
		const stop = new AbortController();
		const series = await open(({attempt}) => {
			if (attempt === 1) setImmediate(() => stop.abort());
			return attempt === 1 ? 'hang' : page([asset('a')]);
		});
		expect((await failure(series.latest(database, {signal: stop.signal}))).code).toBe('cancelled');
		expect(ids(await series.latest(database))).toEqual(['a']);
	});

	test('forgets when it is told to', async () => {
		fake = await fakeExchange(() => page([asset('a')]));
		const exchange = fake.connect();
		await exchange.timeSeries.latest(database);
		exchange.forget();
		expect(exchange.timeSeries.cachedLatest(database)).toBeUndefined();
	});
});

test('what is sent is lean: no field for the cache alone, no samples', async () => {
	const series = await open(() => page([]));
	await series.latest(database);
	const data = fake.asked[0]!.query.slice(fake.asked[0]!.query.indexOf('data {'));
	expect(data).toContain('lastValueTime');
	expect(data.slice(0, data.indexOf('clientToken'))).not.toMatch(/__typename|timestamp/);
});
