import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import type {SampleDatabase} from '../../../src/local-exchange/sample/sample-database.ts';
import type {StoredRecord} from '../../../src/local-exchange/timestream/types.ts';
import {credentialsOf, openSocket, startMessage} from '../../support/appsync-socket.ts';
import {startExchange, type TestExchange} from '../../support/exchange.ts';
import {type SeriesClient, sample, seriesClient} from './series-client.ts';

const state = vi.hoisted(() => ({databases: [] as SampleDatabase[]}));
vi.mock('../../../src/local-exchange/sample/databases.ts', () => ({
	sampleDatabases: () => state.databases.values(),
}));
vi.mock('../../../src/local-exchange/sample/others.ts', () => ({
	othersStores: () => [],
	othersDatabases: () => [],
}));

const start = Date.UTC(2026, 0, 1);

function record(second: number, value: number): StoredRecord {
	return {
		dimensions: {assetId: 'tide', name: 'Tide'},
		measureName: 'level',
		time: BigInt(start + 1000 * second) * 1_000_000n,
		version: 1n,
		multi: false,
		values: [{name: 'level', type: 'DOUBLE', value: String(value)}],
	};
}

let exchange: TestExchange;
beforeEach(() => {
	state.databases = [
		{name: 'Tides', description: 'A', records: [[record(0, 1), record(1, 2)], [record(2, 3)]]},
	];
});
afterEach(async () => {
	vi.useRealTimers();
	await exchange.close();
});

async function seeded(name = 'Tides'): Promise<SeriesClient> {
	const {databases} = await exchange.ask('{databases: timeSeriesDb_listDatabases {timeSeriesDbId name}}');
	const found = databases.find((each: {name: string}) => each.name === name);
	return seriesClient(exchange, found.timeSeriesDbId);
}

async function restart(): Promise<void> {
	await exchange.server.close();
	await exchange.reopen();
}

async function samples(client: SeriesClient): Promise<string[]> {
	const {data} = await client.query({
		assets: [{assetId: 'tide'}],
		startTime: '2000-01-01',
		endTime: '2100-01-01',
	});
	const text = await (await fetch(data.presignedUrl)).text();
	return text.split('\n').slice(1, -1);
}

test('the names are there from the first start, the samples when somebody asks for them', async () => {
	exchange = await startExchange({seed: true});
	const client = await seeded();
	expect(existsSync(join(exchange.directory, 'series.duckdb'))).toBe(false);
	expect((await client.latest()).data).toMatchObject([{name: 'Tide', attributes: [{lastValue: '3.0'}]}]);
	expect(await samples(client)).toHaveLength(3);
	await restart();
	expect(await samples(client)).toHaveLength(3);
});

test('several that ask at once wait for the same samples', async () => {
	exchange = await startExchange({seed: true});
	const client = await seeded();
	const answers = await Promise.all([
		client.latest(),
		client.latest(),
		client.publish('a', [sample('kW', 1, start)]),
	]);
	expect(answers[0].data[0].attributes[0].lastValue).toBe('3.0');
	expect(answers[1].data[0].attributes[0].lastValue).toBe('3.0');
	expect(await samples(client)).toHaveLength(3);
});

test('loading that fails leaves nothing, and is done anew by the next who asks', async () => {
	let attempts = 0;
	const records = {
		*[Symbol.iterator]() {
			yield [record(0, 1)];
			if (attempts++ === 0) throw new Error('unreadable');
			yield [record(1, 2)];
		},
	};
	state.databases = [{name: 'Tides', description: 'A', records}];
	exchange = await startExchange({seed: true});
	const client = await seeded();
	await expect(client.latest()).rejects.toThrow('The local exchange failed');
	expect(await samples(client)).toHaveLength(2);
});

test('an exchange that ends while it loads does so at once, and loads at its next start', async () => {
	const asked = Promise.withResolvers<void>();
	const endless = {
		*[Symbol.iterator]() {
			for (let second = 0; ; second++) {
				if (second === 3) asked.resolve();
				yield [record(second, 1)];
			}
		},
	};
	state.databases = [{name: 'Tides', description: 'A', records: endless}];
	exchange = await startExchange({seed: true});
	const client = await seeded();
	const waiting = client.latest().catch(() => {});
	await asked.promise;
	await exchange.server.close();
	await waiting;
	state.databases = [{name: 'Tides', description: 'A', records: [[record(0, 1)]]}];
	await exchange.reopen();
	expect(await samples(client)).toHaveLength(1);
});

test('a sample that was deleted does not come back; one that was renamed keeps its samples', async () => {
	const [tides] = state.databases;
	state.databases = [tides!, {...tides!, name: 'Other'}];
	exchange = await startExchange({seed: true});
	const [one, two] = [await seeded(), await seeded('Other')];
	const remove = 'mutation ($id: ID!) {timeSeriesDb_deleteDatabase(timeSeriesDbId: $id) {name}}';
	await exchange.ask(remove, {id: one.timeSeriesDbId});
	const rename =
		'mutation ($id: ID!) {timeSeriesDb_updateDatabase(timeSeriesDbId: $id, name: "Mine") {name}}';
	await exchange.ask(rename, {id: two.timeSeriesDbId});
	await restart();
	const {databases} = await exchange.ask('{databases: timeSeriesDb_listDatabases {name}}');
	expect(databases).toEqual([{name: 'Mine'}]);
	expect(await samples(await seeded('Mine'))).toHaveLength(3);
});

test('a live database is up to date when it is first looked at, and goes on while somebody is there', async () => {
	let now = 10;
	const told: (number | undefined)[] = [];
	state.databases[0] = {
		...state.databases[0]!,
		live: (_, since) => {
			told.push(since);
			return [record(now, now)];
		},
	};
	vi.useFakeTimers({toFake: ['setInterval', 'clearInterval', 'performance']});
	exchange = await startExchange({seed: true});
	const client = await seeded();
	const url = new URL('/graphql', exchange.endpoint.replace('http', 'ws'));
	url.searchParams.set('header', credentialsOf(exchange.token));
	const socket = await openSocket(url.href);
	socket.send({type: 'connection_init'});
	await socket.next();
	const subscription = `subscription ($id: ID!) {onTimeSeriesDbPublish(timeSeriesDbId: $id, assetId: "tide") {
		assetId name attributes {name attributeType lastValue lastValueTime}
	}}`;
	socket.send(startMessage('1', subscription, exchange.token, {id: client.timeSeriesDbId}));
	expect((await socket.next()).type).toBe('start_ack');
	// A subscription alone makes it live.
	const [first] = (await socket.next()).payload.data.onTimeSeriesDbPublish;
	expect(first.attributes[0].lastValue).toBe('10.0');

	now = 20;
	vi.advanceTimersByTime(3000);
	expect((await socket.next()).payload.data.onTimeSeriesDbPublish).toEqual([
		{
			assetId: 'tide',
			name: 'Tide',
			attributes: [
				{
					name: 'level',
					attributeType: 'DOUBLE',
					lastValue: '20.0',
					lastValueTime: '2026-01-01T00:00:20.000Z',
				},
			],
		},
	]);
	expect(told).toEqual([start + 2000, start + 10_000]);
	expect((await client.latest()).data[0].attributes[0].lastValue).toBe('20.0');

	socket.close();
	await socket.closed;
	// Nobody has been there for a minute: nothing is measured.
	const before = told.length;
	vi.advanceTimersByTime(120_000);
	await new Promise(setImmediate);
	vi.advanceTimersByTime(120_000);
	await new Promise(setImmediate);
	expect(told.length).toBeLessThan(before + 25);
	const after = told.length;
	vi.advanceTimersByTime(300_000);
	expect(told.length).toBe(after);
});

test('a live database keeps no exchange that nobody uses', async () => {
	state.databases[0] = {...state.databases[0]!, live: () => [record(10, 10)]};
	vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout']});
	exchange = await startExchange({seed: true, idleMs: 10_000});
	await (await seeded()).latest();
	let ended = false;
	exchange.server.idle.then(() => {
		ended = true;
	});
	// The connection of the last request may still be closing.
	while (!ended) {
		vi.advanceTimersByTime(10_000);
		await new Promise(setImmediate);
	}
});
