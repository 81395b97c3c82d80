import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import type {Exchange} from '../../src/shell/ports.ts';
import type {Following, TimeSeries} from '../../src/shell/time-series.ts';
import {type FakeEvents, fakeEvents, type Listener} from './fake-events.ts';
import {type Asked, type FakeExchange, fakeExchange, type Reply} from './fake-exchange.ts';
import {queue} from './fake-realtime.ts';
import {cancelDone, database, sqlPage} from './sql-answers.ts';

let fake: FakeExchange;
let events: FakeEvents;
let exchange: Exchange;
let series: TimeSeries;
/** What the Exchange says of an asset's kW when it is asked. */
let values: Map<string, readonly [value: string, second: number]>;
let following: Following | undefined;
const {timeSeriesDbId} = database;

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
const row = (assetId: string, lastValue: string, second: number, more = {}) => ({
	assetId,
	name: null,
	attributes: [{name: 'kW', attributeType: 'DOUBLE', lastValue, lastValueTime: at(second), ...more}],
});
const reply = ({operationName}: Asked): Reply => {
	if (operationName === 'CancelQuery') return cancelDone;
	const data = Array.from(values, ([id, [value, second]]) => row(id, value, second));
	return {body: {data: {timeSeriesDb_listAllAssetLastValues: {data, nextToken: null, clientToken: null}}}};
};
const open = async (
	refuse?: (variables: Listener['variables']) => string | undefined,
	answer: (asked: Asked) => Reply = reply,
) => {
	events = fakeEvents(refuse);
	fake = await fakeExchange(answer, undefined, events.onPeer);
	exchange = fake.connect();
	series = exchange.timeSeries;
	await series.latest(timeSeriesDbId);
};
beforeEach(() => {
	values = new Map([
		['a', ['1', 0]],
		['b', ['2', 0]],
	]);
});
afterEach(async () => {
	following?.close();
	await fake.close();
});

/** Follows assets; what is told comes as queues. */
const watch = (assetIds: readonly string[], pollMs?: number) => {
	const changes = queue<true>();
	const lives = queue<{isLive: boolean}>();
	const errors = queue<Error>();
	let toldErrors = 0;
	following = series.watchLatest(timeSeriesDbId, {
		...(pollMs !== undefined && {pollMs}),
		onChange: () => changes.push(true),
		onLive: isLive => lives.push({isLive}),
		onError: error => {
			toldErrors += 1;
			errors.push(error);
		},
	});
	following.follow(assetIds);
	return {
		changed: changes.take,
		live: async () => (await lives.take()).isLive,
		error: errors.take,
		errors: () => toldErrors,
		follow: following.follow,
	};
};
const kilowatts = (assetId: string) =>
	series.cachedLatest(timeSeriesDbId)?.assets.find(asset => asset.assetId === assetId)?.attributes[0]
		?.lastValue;
const readings = () => fake.operations().filter(name => name === 'LatestValues').length;
/** Waits until the client has asked for the values so often. */
const reading = async (count: number) => expect.poll(readings, {interval: 5}).toBeGreaterThanOrEqual(count);
const published = (assetId: string, lastValue: string, second: number, more = {}) =>
	events.tell('onTimeSeriesDbPublish', {assetId}, [row(assetId, lastValue, second, more)]);

describe('events', () => {
	test('of followed assets are in the cache, and who watches is told; other assets stay as they are', async () => {
		await open();
		const {live, changed} = watch(['a', 'b']);
		expect(await live()).toBe(true);
		const before = series.cachedLatest(timeSeriesDbId)!.assets;
		published('a', '5', 1);
		await changed();
		const {assets} = series.cachedLatest(timeSeriesDbId)!;
		expect(assets.map(({attributes}) => attributes[0]?.lastValue)).toEqual(['5', '2']);
		expect(assets[0]).not.toBe(before[0]);
		expect(assets[1]).toBe(before[1]);
	});

	test('each asset has a subscription of its own, all on one connection', async () => {
		await open();
		const {live} = watch(['a', 'b']);
		await live();
		expect(events.listeners().map(({variables}) => variables)).toEqual([
			{timeSeriesDbId, assetId: 'a'},
			{timeSeriesDbId, assetId: 'b'},
		]);
		expect(events.peers).toHaveLength(1);
	});

	test('come of what is followed now: what goes is ended, what stays is not started again', async () => {
		await open();
		const {follow, live} = watch(['a', 'b']);
		await live();
		await events.nextListener();
		await events.nextListener();
		follow(['b', 'c']);
		expect((await events.nextListener()).variables.assetId).toBe('c');
		expect((await events.nextStop()).variables.assetId).toBe('a');
		expect(events.listeners().map(({variables}) => variables.assetId)).toEqual(['b', 'c']);
	});

	test('of what only scrolls by are not subscribed to', async () => {
		await open();
		const {follow} = watch(['a']);
		for (let start = 0; start < 50; start++) follow([`scrolled ${start}`]);
		follow(['b']);
		expect((await events.nextListener()).variables.assetId).toBe('b');
		expect(events.peers[0]!.sent.filter(({type}) => type === 'start')).toHaveLength(1);
	});

	test('of 200 assets at most', async () => {
		await open();
		const {live} = watch(Array.from({length: 300}, (_, index) => String(index)));
		await live();
		expect(events.listeners()).toHaveLength(200);
	});

	test('many at once are one change', async () => {
		await open();
		const {live, changed} = watch(['a', 'b']);
		await live();
		await reading(2);
		let told = 0;
		const counting = series.watchLatest(timeSeriesDbId, {onChange: () => told++});
		for (let second = 1; second <= 40; second++) {
			published('a', String(second), second);
			published('b', String(second), second);
		}
		await expect.poll(() => [kilowatts('a'), kilowatts('b')], {interval: 2}).toEqual(['40', '40']);
		await changed();
		expect(told).toBeLessThan(10);
		counting.close();
	});

	test('that come late do not bring back an old value', async () => {
		await open();
		values.set('a', ['9', 9]);
		const {live} = watch(['a', 'b']);
		await live();
		await reading(2);
		published('a', '3', 3);
		published('b', '4', 4);
		await expect.poll(() => kilowatts('b'), {interval: 5}).toBe('4');
		expect(kilowatts('a')).toBe('9');
	});

	test('during a reading are not undone by it', async () => {
		const asked = Promise.withResolvers<void>();
		const answered = Promise.withResolvers<void>();
		await open();
		const {live} = watch(['a'], 1_000_000);
		await live();
		await reading(2);
		await fake.close();
		fake = await fakeExchange(
			async question => {
				const answer = reply(question);
				if (question.attempt === 2) {
					asked.resolve();
					await answered.promise;
				}
				return answer;
			},
			undefined,
			events.onPeer,
		);
		series = fake.connect().timeSeries;
		await series.latest(timeSeriesDbId);
		const again = series.latest(timeSeriesDbId, {maxAge: 0});
		await asked.promise;
		const late = series.watchLatest(timeSeriesDbId, {onChange: () => {}, pollMs: 1_000_000});
		late.follow(['a']);
		await expect.poll(() => events.listeners().length, {interval: 5}).toBe(1);
		published('a', '7', 7);
		await expect.poll(() => kilowatts('a'), {interval: 5}).toBe('7');
		answered.resolve();
		await again;
		expect(kilowatts('a')).toBe('7');
		late.close();
	});

	test.each([
		['null', null],
		['no rows', [null]],
		['rows without attributes', [{assetId: 'a', name: null, attributes: null}]],
		[
			'attributes without a value',
			[{assetId: 'a', name: null, attributes: [{name: 'kW', lastValue: null}, null]}],
		],
	])('of %s change nothing', async (_case, payload) => {
		await open();
		const {live, changed} = watch(['a']);
		await live();
		const before = series.cachedLatest(timeSeriesDbId)!.assets[0];
		events.tell('onTimeSeriesDbPublish', {assetId: 'a'}, payload);
		published('a', '5', 5);
		await changed();
		expect(before?.attributes[0]?.lastValue).toBe('1');
		expect(kilowatts('a')).toBe('5');
	});

	test.each([
		['no list', {}],
		['a list of something else', [5, 'x', null, {assetId: 'a', attributes: {}}]],
		['samples that are no list', [row('a', '6', 2, {data: 'x'})]],
	])('with %s do no harm', async (_, payload) => {
		await open();
		const {live, changed} = watch(['a']);
		await live();
		events.tell('onTimeSeriesDbPublish', {assetId: 'a'}, payload as never);
		published('a', '9', 5);
		await changed();
		await expect.poll(() => kilowatts('a'), {interval: 5}).toBe('9');
	});

	test('with samples but without a latest value count, too', async () => {
		await open();
		const {live, changed} = watch(['a']);
		await live();
		const data = [
			{timestamp: '2026-01-01 00:00:03.000000000', value: '3'},
			{timestamp: '2026-01-01 00:00:02.000000000', value: '2'},
		];
		published('a', '', 0, {lastValue: undefined, lastValueTime: undefined, data});
		await changed();
		expect(kilowatts('a')).toBe('3');
	});

	test('are added to the recent past', async () => {
		await open(undefined, asked => {
			if (asked.operationName !== 'SqlQuery') return reply(asked);
			if (String(asked.variables.queryString).startsWith('DESCRIBE')) {
				return sqlPage({
					rows: [
						['assetId', 'varchar', 'DIMENSION'],
						['kW', 'double', 'MULTI'],
					],
				});
			}
			const rows = Array.from({length: 20}, (_, second) => ['a', 'm', at(second), String(second)]);
			return sqlPage({rows});
		});
		await series.recent(database, series.cachedLatest(timeSeriesDbId)!.assets.slice(0, 1));
		const {live, changed} = watch(['a']);
		await live();
		const data = [20, 21].map(second => ({timestamp: at(second), value: String(second)}));
		published('a', '21', 21, {data});
		await changed();
		const recent = series.cachedRecent(timeSeriesDbId, 'a', 'kW');
		expect(recent?.slice(-3).map(({value}) => value)).toEqual(['19', '20', '21']);
		expect(recent).toHaveLength(22);
	});
});

describe('what events miss', () => {
	test('is read once after they have begun, for all assets together', async () => {
		await open();
		values.set('a', ['8', 8]);
		const {changed} = watch(['a', 'b']);
		await changed();
		expect(kilowatts('a')).toBe('8');
		expect(readings()).toBe(2);
	});

	test('is read once after a drop, and said to be live again', async () => {
		await open();
		const {live} = watch(['a', 'b']);
		expect(await live()).toBe(true);
		await reading(2);
		values.set('b', ['9', 9]);
		events.peers[0]!.drop();
		expect(await live()).toBe(false);
		expect(await live()).toBe(true);
		await expect.poll(() => kilowatts('b'), {interval: 5}).toBe('9');
		expect(readings()).toBe(3);
	});

	test('is found by the poll beside them', async () => {
		await open();
		const {live, changed} = watch(['a'], 20);
		await live();
		values.set('b', ['7', 7]);
		await changed();
		expect(kilowatts('b')).toBe('7');
		await reading(6);
	});

	test('is read at once when what was cached is forgotten', async () => {
		await open();
		const {live} = watch(['a'], 1_000_000);
		await live();
		await reading(2);
		values.set('b', ['7', 7]);
		exchange.forget();
		await expect.poll(() => kilowatts('b'), {interval: 5}).toBe('7');
	});

	test('a poll that fails is followed by the next', async () => {
		let broken = false;
		await open(undefined, asked => (broken ? {status: 403, text: ''} : reply(asked)));
		broken = true;
		const {changed} = watch([], 10);
		await reading(3);
		values.set('a', ['6', 6]);
		broken = false;
		await changed();
		expect(kilowatts('a')).toBe('6');
	});
});

describe('a database that may not be seen any more', () => {
	const refusing = (isRefused: () => boolean) => (asked: Asked) =>
		isRefused()
			? {body: {data: null, errors: [{message: 'Unauthorized', errorType: 'Unauthorized'}]}}
			: reply(asked);

	test('is told of by the poll, which finds when it may be seen again', async () => {
		let isRefused = false;
		await open(
			undefined,
			refusing(() => isRefused),
		);
		isRefused = true;
		const {error, changed} = watch([], 10);
		expect(await error()).toMatchObject({code: 'denied'});
		isRefused = false;
		values.set('a', ['6', 6]);
		await changed();
		expect(kilowatts('a')).toBe('6');
	});

	test('is told of as soon as its events end', async () => {
		let isRefused = false;
		await open(
			undefined,
			refusing(() => isRefused),
		);
		const {error, live} = watch(['a'], 1_000_000);
		expect(await live()).toBe(true);
		await reading(2);
		isRefused = true;
		events.listeners()[0]!.end();
		expect(await error()).toMatchObject({code: 'denied'});
		expect(await live()).toBe(false);
	});
});

describe('an Exchange that has no events', () => {
	test('is told of once; the poll goes on', async () => {
		await open(() => 'Unauthorized');
		const {error, errors, live, changed} = watch(['a', 'b'], 30);
		expect((await error()).message).toBe('you have no permission for this');
		expect(await live()).toBe(false);
		values.set('a', ['6', 6]);
		await changed();
		await reading(5);
		expect(errors()).toBe(1);
	});

	test('for one asset has them for the others', async () => {
		await open(({assetId}) => (assetId === 'a' ? 'Unauthorized' : undefined));
		const {live, changed} = watch(['a', 'b']);
		expect(await live()).toBe(false);
		published('b', '5', 5);
		await changed();
		await expect.poll(() => kilowatts('b'), {interval: 5}).toBe('5');
	});
});

describe('after close', () => {
	test('nothing is subscribed to, polled or told', async () => {
		await open();
		const {live} = watch(['a', 'b'], 10);
		await live();
		const peer = events.peers[0]!;
		following?.close();
		await Promise.all([events.nextStop(), events.nextStop()]);
		const before = readings();
		await peer.closed;
		expect(readings()).toBeLessThanOrEqual(before + 1);
		expect(fake.asked.length).toBe(readings());
	});

	test('of the Exchange itself, watching ends with it', async () => {
		await open();
		const {live} = watch(['a']);
		await live();
		const [peer] = events.peers;
		await fake.close();
		await peer!.closed;
		expect(events.peers).toHaveLength(1);
	});
});
