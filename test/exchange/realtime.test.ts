import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import {type ConnectedExchange, connectExchange} from '../../src/exchange/connect.ts';
import {UploadCompleteDocument} from '../../src/exchange/operations/generated.ts';
import {realtimeUrl} from '../../src/exchange/realtime-socket.ts';
import type {ShellError} from '../../src/shell/errors.ts';
import {type FakeRealtime, fakeRealtime, type Peer} from './fake-realtime.ts';

const token = 'a-token-nobody-may-see';
let fake: FakeRealtime;
let exchange: ConnectedExchange;

beforeEach(async () => {
	fake = await fakeRealtime();
	exchange = connectExchange({endpoint: fake.endpoint, token, patience: {backoff: 1}});
});
afterEach(async () => {
	exchange.close();
	await fake.close();
});

/** A subscription, and what comes of it as promises and lists. */
function subscribe(uploadId = 'u') {
	const events: unknown[] = [];
	const ended = Promise.withResolvers<'completed' | ShellError>();
	const live: (() => void)[] = [];
	const heard: (() => void)[] = [];
	const subscription = exchange.client
		.subscribe({
			query: UploadCompleteDocument,
			variables: {uploadId},
			context: {onLive: () => live.shift()?.()},
		})
		.subscribe({
			next: ({data, error}) => {
				if (error) return ended.resolve(error as ShellError);
				events.push(data?.onNotifyUploadComplete);
				heard.shift()?.();
			},
			error: (error: ShellError) => ended.resolve(error),
			complete: () => ended.resolve('completed'),
		});
	return {
		events,
		ended: ended.promise,
		nextLive: () => new Promise<void>(resolve => live.push(resolve)),
		nextEvent: () => new Promise<void>(resolve => heard.push(resolve)),
		unsubscribe: () => subscription.unsubscribe(),
	};
}

const event = (uploadId: string) => ({
	type: 'data',
	payload: {data: {onNotifyUploadComplete: {uploadId, httpStatusCode: 200, errorMessage: null}}},
});

/** A connection that has been let in. */
async function admitted(): Promise<Peer> {
	const peer = await fake.nextPeer();
	await peer.next('connection_init');
	peer.send({type: 'connection_ack', payload: {connectionTimeoutMs: 300_000}});
	return peer;
}

/** That, with its first subscription acknowledged. */
async function live(): Promise<{peer: Peer; id: string | undefined}> {
	const peer = await admitted();
	const {id} = await peer.next('start');
	peer.send({type: 'start_ack', id});
	return {peer, id};
}

test.each([
	[
		'https://abcdefghijklmnopqrstuvwxyz.appsync-api.us-west-2.amazonaws.com/graphql',
		'wss://abcdefghijklmnopqrstuvwxyz.appsync-realtime-api.us-west-2.amazonaws.com/graphql',
	],
	['https://exchange.example/graphql', 'wss://exchange.example/graphql/realtime'],
	['http://127.0.0.1:4321/graphql', 'ws://127.0.0.1:4321/graphql/realtime'],
])('events of %s are at %s', (endpoint, expected) => {
	expect(realtimeUrl({url: new URL(endpoint)}).href).toBe(expected);
});

describe('a subscription', () => {
	test('says who it is as AppSync asks for it', async () => {
		subscribe('it"s');
		const peer = await admitted();
		const url = new URL(peer.url, fake.endpoint);
		const {host} = new URL(fake.endpoint);
		expect(url.pathname).toBe('/graphql/realtime');
		expect(JSON.parse(Buffer.from(url.searchParams.get('header') ?? '', 'base64').toString())).toEqual({
			host,
			Authorization: token,
		});
		expect(url.searchParams.get('payload')).toBe('e30=');
		expect(peer.protocol).toBe('graphql-ws');
		const {payload} = await peer.next('start');
		expect(payload).toMatchObject({extensions: {authorization: {host, Authorization: token}}});
		expect(JSON.parse(payload?.data ?? '')).toMatchObject({
			query: expect.stringContaining('subscription UploadComplete'),
			variables: {uploadId: 'it"s'},
		});
	});

	test('is live when the Exchange has acknowledged it, not before', async () => {
		const subscription = subscribe();
		let isLive = false;
		const becoming = subscription.nextLive().then(() => {
			isLive = true;
		});
		const peer = await admitted();
		const {id} = await peer.next('start');
		expect(isLive).toBe(false);
		peer.send({type: 'start_ack', id});
		await becoming;
	});

	test('gets its own events, also one that comes before start_ack', async () => {
		const first = subscribe('first');
		const second = subscribe('second');
		const peer = await admitted();
		const starts = [await peer.next('start'), await peer.next('start')];
		const idOf = (uploadId: string) =>
			starts.find(({payload}) => payload?.data?.includes(`"${uploadId}"`))?.id;
		const heard = [first.nextEvent(), second.nextEvent()];
		peer.send({...event('first'), id: idOf('first')});
		peer.send({type: 'start_ack', id: idOf('second')});
		peer.send({...event('second'), id: idOf('second')});
		await Promise.all(heard);
		expect(first.events).toMatchObject([{uploadId: 'first'}]);
		expect(second.events).toMatchObject([{uploadId: 'second'}]);
		expect(fake.connections()).toBe(1);
	});

	test('is started again after the connection has dropped, and says that it is live again', async () => {
		const subscription = subscribe();
		let again = subscription.nextLive();
		const {peer} = await live();
		await again;
		again = subscription.nextLive();
		peer.drop();
		const {peer: second, id} = await live();
		await again;
		const heard = subscription.nextEvent();
		second.send({...event('u'), id});
		await heard;
		expect(subscription.events).toHaveLength(1);
	});

	test('is started again when the Exchange falls silent for longer than it said', async () => {
		subscribe();
		const silent = await fake.nextPeer();
		await silent.next('connection_init');
		silent.send({type: 'connection_ack', payload: {connectionTimeoutMs: 20}});
		const {peer} = await live();
		expect(peer).not.toBe(silent);
		await silent.closed;
	});

	test.each([0, -1, 1e12, 'soon', null])('is not given up for a silence of %j', async connectionTimeoutMs => {
		const subscription = subscribe();
		const peer = await fake.nextPeer();
		await peer.next('connection_init');
		peer.send({type: 'connection_ack', payload: {connectionTimeoutMs}});
		const {id} = await peer.next('start');
		peer.send({type: 'start_ack', id});
		const heard = subscription.nextEvent();
		peer.send({...event('u'), id});
		await heard;
		expect(fake.connections()).toBe(1);
	});

	test('is started again ever more rarely where the Exchange lets in and drops', async () => {
		exchange.close();
		exchange = connectExchange({endpoint: fake.endpoint, token, patience: {backoff: 7}});
		const timers = vi.spyOn(globalThis, 'setTimeout');
		const chance = vi.spyOn(Math, 'random').mockReturnValue(1);
		try {
			subscribe();
			for (let attempt = 0; attempt < 4; attempt++) (await live()).peer.drop();
			await live();
			const pauses = timers.mock.calls.map(([, pause]) => pause);
			expect(pauses.filter(pause => [7, 14, 28, 56].includes(pause ?? 0))).toEqual([7, 14, 28, 56]);
		} finally {
			timers.mockRestore();
			chance.mockRestore();
		}
	});

	test('completes when the Exchange says so', async () => {
		const subscription = subscribe();
		const {peer, id} = await live();
		peer.send({type: 'complete', id});
		expect(await subscription.ended).toBe('completed');
	});

	test('survives what is no message at all', async () => {
		const subscription = subscribe();
		const {peer, id} = await live();
		const heard = subscription.nextEvent();
		peer.send([]);
		peer.send({type: 'data', id: 'nobody'});
		peer.send({type: 'ka'});
		peer.send({...event('u'), id});
		await heard;
	});
});

describe('a subscription fails', () => {
	test('when the token is refused, without another try', async () => {
		const subscription = subscribe();
		const peer = await fake.nextPeer();
		await peer.next('connection_init');
		const errors = [{errorType: 'UnauthorizedException', message: 'no', errorCode: 401}];
		peer.send({type: 'connection_error', payload: {errors}});
		expect(await subscription.ended).toMatchObject({code: 'unauthorized'});
		await peer.closed;
		expect(fake.connections()).toBe(1);
	});

	test('when the Exchange refuses it', async () => {
		const subscription = subscribe();
		const peer = await admitted();
		const {id} = await peer.next('start');
		peer.send({type: 'error', id, payload: {errors: [{message: 'Unauthorized'}]}});
		expect(await subscription.ended).toMatchObject({code: 'denied'});
	});

	test('when an event has errors instead of what it tells; the Exchange is told to end it', async () => {
		const subscription = subscribe();
		const {peer, id} = await live();
		const stopped = peer.next('stop');
		const payload = {data: {onNotifyUploadComplete: null}, errors: [{message: 'the disk is full'}]};
		peer.send({type: 'data', id, payload});
		expect(await subscription.ended).toMatchObject({code: 'failed', message: 'the disk is full'});
		expect(await stopped).toMatchObject({id});
	});

	test('when the Exchange does not acknowledge it', async () => {
		exchange = connectExchange({endpoint: fake.endpoint, token, patience: {request: 300}});
		const subscription = subscribe();
		await admitted();
		expect(await subscription.ended).toMatchObject({code: 'timeout'});
	});

	test('when nobody lets it in, after a few tries', async () => {
		const subscription = subscribe();
		for (let attempt = 0; attempt < 5; attempt++) (await fake.nextPeer()).drop();
		const ended = await subscription.ended;
		expect(ended).toMatchObject({code: 'connection'});
		expect(String(ended)).not.toContain(token);
		expect(fake.connections()).toBe(5);
	});
});

describe('leaving', () => {
	test('stops the subscription and, as the last one, ends the connection', async () => {
		const subscription = subscribe();
		const becoming = subscription.nextLive();
		const {peer, id} = await live();
		await becoming;
		subscription.unsubscribe();
		expect((await peer.next('stop')).id).toBe(id);
		await peer.closed;
	});

	test('before the Exchange has let us in starts nothing', async () => {
		const subscription = subscribe();
		const peer = await fake.nextPeer();
		await peer.next('connection_init');
		subscription.unsubscribe();
		peer.send({type: 'connection_ack'});
		await peer.closed;
		expect(peer.sent.map(({type}) => type)).toEqual(['connection_init']);
	});

	test('close ends the connection at once', async () => {
		subscribe();
		const {peer} = await live();
		exchange.close();
		await peer.closed;
		expect(peer.sent.map(({type}) => type)).not.toContain('stop');
	});
});
