import {beforeEach, describe, expect, test, vi} from 'vitest';
import type {Session} from '../../src/shell/session.ts';
import {createNames} from '../../src/ui/names.ts';
import {type MemoryExchange, memoryExchange} from '../support/memory-exchange.ts';
import {memoryFiles} from '../support/memory-files.ts';
import {patience} from './patience.ts';

let exchange: MemoryExchange;
let connected: MemoryExchange | undefined;
let id: string;
beforeEach(() => {
	const assets = ['a', 'b', 'c'].map(assetId => ({
		assetId,
		attributes: {kW: [['2026-11-21T14:00:00Z', 1]] as const},
	}));
	exchange = memoryExchange({}, {databases: {Microgrid: assets}, pageSizes: {latest: 2}});
	connected = exchange;
	id = exchange.database('Microgrid').timeSeriesDbId;
});

function open() {
	const session: Session = {
		location: undefined,
		previous: undefined,
		database: undefined,
		localDirectory: '/',
		status: 0,
	};
	const onArrival = vi.fn();
	const names = createNames({
		exchange: () => connected,
		listings: () => undefined,
		local: memoryFiles({}),
		session: () => session,
		onArrival,
	});
	const arrival = () => vi.waitFor(() => expect(onArrival).toHaveBeenCalled(), patience);
	return {names, onArrival, arrival};
}

describe('names of time series', () => {
	test('are fetched when they are first asked for, and told when they have come', async () => {
		const {names, arrival} = open();
		expect([names.databases(), names.latest(id)]).toEqual([undefined, undefined]);
		await arrival();
		await vi.waitFor(() => expect(names.latest(id)?.assets).toHaveLength(3), patience);
		expect(names.databases()?.map(({name}) => name)).toEqual(['Microgrid']);
		const requests = exchange.requests.length;
		names.latest(id);
		names.databases();
		expect(exchange.requests).toHaveLength(requests);
	});

	test('of the first page are there before the last has come', async () => {
		const {names, onArrival} = open();
		const seen: unknown[] = [];
		onArrival.mockImplementation(() => seen.push(names.latest(id)?.assets.length));
		names.latest(id);
		await vi.waitFor(() => expect(seen).toContain(3), patience);
		expect(seen[0]).toBe(2);
	});

	test('values are the cached ones, which live events change', async () => {
		const {names} = open();
		await exchange.timeSeries.latest(id);
		const live = exchange.timeSeries.watchLatest(id, {onChange: () => {}});
		live.follow(['a']);
		expect(names.latest(id)?.assets[0]?.attributes[0]?.lastValue).toBe('1');
		exchange.emit('Microgrid', 'a', {kW: 2}, '2026-11-21T14:01:00Z');
		expect(names.latest(id)?.assets[0]?.attributes[0]?.lastValue).toBe('2');
		live.close();
	});

	test('that cannot be had are null, until they are forgotten', async () => {
		const {names, arrival} = open();
		exchange.failNext('latest', new Error('no'));
		names.latest(id);
		await arrival();
		expect(names.latest(id)).toBeNull();
		names.forget();
		names.latest(id);
		await vi.waitFor(() => expect(names.latest(id)?.assets).toHaveLength(3), patience);
	});

	test('are on their way before there is a connection', () => {
		connected = undefined;
		const {names} = open();
		expect([names.databases(), names.latest(id)]).toEqual([undefined, undefined]);
	});
});
