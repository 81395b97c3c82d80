import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {ShellError} from '../../../src/shell/errors.ts';
import type {LatestValues} from '../../../src/shell/time-series.ts';
import {type SeriesWatch, watchSeries} from '../../../src/ui/hooks/series-watch.ts';
import {type MemoryExchange, memoryExchange} from '../../support/memory-exchange.ts';

let exchange: MemoryExchange;
let watch: SeriesWatch;
const onChange = vi.fn();

beforeEach(() => {
	vi.useFakeTimers();
	onChange.mockClear();
	const assets = ['a', 'b', 'c'].map(assetId => ({
		assetId,
		attributes: {kW: [['2026-11-21T14:00:00Z', 1] as const]},
	}));
	exchange = memoryExchange({}, {databases: {Grid: assets, Other: []}});
	watch = watchSeries(exchange, onChange);
});
afterEach(() => {
	watch.close();
	vi.useRealTimers();
});

const grid = () => exchange.database('Grid');
const values = (): LatestValues => watch.latest(grid().timeSeriesDbId)!;
const followed = () => [...exchange.followers].flatMap(({assetIds}) => [...assetIds]);

/** Reads the database and looks at some of its assets. */
async function look(...ids: readonly string[]) {
	watch.look({database: grid(), assets: []});
	await vi.advanceTimersByTimeAsync(0);
	watch.look({database: grid(), assets: values().assets.filter(({assetId}) => ids.includes(assetId))});
	await vi.advanceTimersByTimeAsync(200);
}

test('reads the values, follows what is looked at, and reads its recent samples once', async () => {
	await look('a', 'b');
	expect(values().assets).toHaveLength(3);
	expect(followed()).toEqual(['a', 'b']);
	expect(watch.recent(grid().timeSeriesDbId, 'a', 'kW')).toHaveLength(1);
	expect(watch.recent(grid().timeSeriesDbId, 'c', 'kW')).toBeUndefined();
	await look('b', 'c');
	expect(followed()).toEqual(['b', 'c']);
	expect(exchange.requests.filter(request => request.startsWith('recent'))).toEqual([
		`recent ${grid().timeSeriesDbId} 2`,
		`recent ${grid().timeSeriesDbId} 1`,
	]);
});

test('scrolling past is no reason to ask', async () => {
	await look('a');
	for (const id of ['b', 'c', 'b', 'c']) {
		watch.look({database: grid(), assets: values().assets.filter(({assetId}) => assetId === id)});
		await vi.advanceTimersByTimeAsync(10);
	}
	await vi.advanceTimersByTimeAsync(200);
	expect(exchange.requests.filter(request => request.startsWith('recent'))).toHaveLength(2);
	expect(followed()).toEqual(['c']);
});

test('is live when the Exchange says so, and not before', async () => {
	watch.look({database: grid(), assets: []});
	expect(watch.isLive()).toBe(false);
	await look('a');
	expect(watch.isLive()).toBe(true);
	for (const {fail} of exchange.followers) fail(new ShellError('connection', 'lost'));
	expect(watch.isLive()).toBe(false);
});

test('a change is fresh for a second, and its end is told', async () => {
	await look('a');
	exchange.emit('Grid', 'a', {kW: 2}, '2026-11-21T14:00:05Z');
	expect(watch.changes.isFresh('a', 'kW')).toBe(true);
	expect(watch.changes.isFresh('b', 'kW')).toBe(false);
	expect(watch.changes.sizeOf('a')).toBe(0.5);
	onChange.mockClear();
	await vi.advanceTimersByTimeAsync(1000);
	expect(watch.changes.isFresh('a', 'kW')).toBe(false);
	expect(onChange).toHaveBeenCalled();
	expect(watch.changes.sizeOf('a')).toBe(0.5);
});

test('a flood of changes is told eight times a second', async () => {
	await look('a');
	await vi.advanceTimersByTimeAsync(1000);
	onChange.mockClear();
	for (let value = 0; value < 100; value++) {
		exchange.emit('Grid', 'a', {kW: value}, '2026-11-21T14:00:05Z');
		await vi.advanceTimersByTimeAsync(10);
	}
	expect(onChange.mock.calls.length).toBeLessThanOrEqual(9);
	expect(onChange.mock.calls.length).toBeGreaterThanOrEqual(7);
});

test('what is read at first is not fresh', async () => {
	await look('a');
	expect(watch.changes.isFresh('a', 'kW')).toBe(false);
});

test('nothing goes on once nothing, or another database, is looked at', async () => {
	await look('a');
	watch.look({database: exchange.database('Other'), assets: []});
	await vi.advanceTimersByTimeAsync(200);
	expect([...exchange.followers].map(({timeSeriesDbId}) => timeSeriesDbId)).toEqual([
		exchange.database('Other').timeSeriesDbId,
	]);
	watch.look(undefined);
	expect(exchange.followers.size).toBe(0);
	await look('a');
	watch.close();
	expect(exchange.followers.size).toBe(0);
	expect(vi.getTimerCount()).toBe(0);
});

test('a failure stays until a reading succeeds', async () => {
	exchange.failNext('latest', new ShellError('connection', 'no way to the Exchange'));
	watch.look({database: grid(), assets: []});
	await vi.advanceTimersByTimeAsync(0);
	expect(watch.failure()?.message).toBe('no way to the Exchange');
	watch.retry();
	await vi.advanceTimersByTimeAsync(0);
	expect(watch.failure()).toBeUndefined();
	expect(values().assets).toHaveLength(3);
});

test('values that nobody renews are read again, and the reason told', async () => {
	await look('a');
	await exchange.connect().timeSeries.deleteDatabase(grid().timeSeriesDbId);
	await vi.advanceTimersByTimeAsync(200_000);
	expect(watch.failure()?.code).toBe('not-found');
});

const refused = new ShellError('denied', 'you have no permission for this');

test('a refusal of what watches it is told at once, and ends when it may be seen again', async () => {
	await look('a');
	exchange.failNext('latest', refused);
	for (const {fail} of exchange.followers) fail(refused);
	await vi.advanceTimersByTimeAsync(0);
	expect(watch.failure()?.code).toBe('denied');
	// What is cached is young, and no answer.
	exchange.failNext('latest', refused);
	watch.retry();
	await vi.advanceTimersByTimeAsync(0);
	expect(watch.failure()?.code).toBe('denied');
	watch.retry();
	await vi.advanceTimersByTimeAsync(0);
	expect(watch.failure()).toBeUndefined();
	await look('a');
	expect(exchange.requests.filter(request => request.startsWith('recent'))).toHaveLength(2);
});

test('where events alone are refused, the values are no failure', async () => {
	await look('a');
	for (const {fail} of exchange.followers) fail(refused);
	await vi.advanceTimersByTimeAsync(0);
	expect(watch.isLive()).toBe(false);
	expect(watch.failure()).toBeUndefined();
});

test('values that are not there any more are read again', async () => {
	await look('a');
	exchange.forget();
	exchange.failNext('latest', refused);
	await vi.advanceTimersByTimeAsync(80_000);
	expect(watch.failure()?.code).toBe('denied');
});
