import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import {type ConnectedExchange, connectExchange} from '../../src/exchange/connect.ts';
import {UploadCompleteDocument} from '../../src/exchange/operations/generated.ts';
import type {ShellError} from '../../src/shell/errors.ts';
import {type FakeRealtime, fakeRealtime, type Peer, type Sent} from './fake-realtime.ts';

const token = 'a-token-nobody-may-see';
const fresh = 'a-fresh-token-nobody-may-see';
let fake: FakeRealtime;
let exchange: ConnectedExchange;

beforeEach(async () => {
	fake = await fakeRealtime();
});
afterEach(async () => {
	exchange.close();
	await fake.close();
});

const connect = (renewToken: (why: ShellError) => Promise<string | undefined>) => {
	exchange = connectExchange({endpoint: fake.endpoint, token, patience: {backoff: 1}, renewToken});
};

function subscribe(uploadId = 'u') {
	const ended = Promise.withResolvers<ShellError>();
	const live = Promise.withResolvers<void>();
	const subscription = exchange.client
		.subscribe({query: UploadCompleteDocument, variables: {uploadId}, context: {onLive: live.resolve}})
		.subscribe({
			next: ({error}) => error && ended.resolve(error as ShellError),
			error: (error: ShellError) => ended.resolve(error),
		});
	return {ended: ended.promise, live: live.promise, unsubscribe: () => subscription.unsubscribe()};
}

const errors = [{errorType: 'UnauthorizedException', message: `no ${token}`, errorCode: 401}];

/** The token a connection was opened with. */
const tokenOf = (peer: Peer) => {
	const header = new URL(peer.url, fake.endpoint).searchParams.get('header') ?? '';
	return JSON.parse(Buffer.from(header, 'base64').toString()).Authorization;
};
const startedWith = ({payload}: Sent) =>
	(payload as {extensions?: {authorization?: {Authorization?: string}}} | undefined)?.extensions
		?.authorization?.Authorization;

/** A connection that is refused for its token. */
async function refused(): Promise<Peer> {
	const peer = await fake.nextPeer();
	await peer.next('connection_init');
	peer.send({type: 'connection_error', payload: {errors}});
	return peer;
}

async function admitted(): Promise<Peer> {
	const peer = await fake.nextPeer();
	await peer.next('connection_init');
	peer.send({type: 'connection_ack', payload: {connectionTimeoutMs: 300_000}});
	return peer;
}

describe('a connection refused for its token', () => {
	test('is made again with the one that is given, for all subscriptions', async () => {
		const renewToken = vi.fn(async () => fresh);
		connect(renewToken);
		const subscriptions = [subscribe('1'), subscribe('2')];
		expect(tokenOf(await refused())).toBe(token);
		const peer = await admitted();
		expect(tokenOf(peer)).toBe(fresh);
		for (const subscription of subscriptions) {
			const start = await peer.next('start');
			expect(startedWith(start)).toBe(fresh);
			peer.send({type: 'start_ack', id: start.id});
			await subscription.live;
		}
		expect(renewToken).toHaveBeenCalledTimes(1);
	});

	test('fails for good when it is refused a second time, whatever other tokens there are', async () => {
		const renewToken = vi.fn(async (): Promise<string> => `${fresh}-${renewToken.mock.calls.length}`);
		connect(renewToken);
		const {ended} = subscribe();
		await refused();
		await refused();
		const error = await ended;
		expect(error.code).toBe('unauthorized');
		expect(`${error.message} ${error.hint}`).not.toContain('nobody-may-see');
		expect(renewToken).toHaveBeenCalledTimes(1);
		expect(fake.connections()).toBe(2);
	});

	test('asks for nothing when nobody waits for it', async () => {
		const renewToken = vi.fn(async () => fresh);
		connect(renewToken);
		const {unsubscribe} = subscribe();
		const peer = await fake.nextPeer();
		await peer.next('connection_init');
		unsubscribe();
		peer.send({type: 'connection_error', payload: {errors}});
		await peer.closed;
		expect(renewToken).not.toHaveBeenCalled();
	});

	test('fails when there is no other', async () => {
		connect(async () => undefined);
		const {ended} = subscribe();
		await refused();
		expect((await ended).code).toBe('unauthorized');
		expect(fake.connections()).toBe(1);
	});

	test('fails with why there is no other', async () => {
		connect(async () => {
			throw new Error('password_command: exit 1');
		});
		const {ended} = subscribe();
		await refused();
		expect((await ended).message).toBe('password_command: exit 1');
	});

	test('is not made again when nobody waits for it any more', async () => {
		const asked = Promise.withResolvers<void>();
		const answer = Promise.withResolvers<string>();
		connect(() => {
			asked.resolve();
			return answer.promise;
		});
		const {unsubscribe} = subscribe();
		await refused();
		await asked.promise;
		unsubscribe();
		answer.resolve(fresh);
		const {live} = subscribe('later');
		const peer = await admitted();
		const {id} = await peer.next('start');
		peer.send({type: 'start_ack', id});
		await live;
		expect(fake.connections()).toBe(2);
	});

	test('later may be renewed again: the token lasts only so long', async () => {
		const tokens = [fresh, 'a-third-token-nobody-may-see'];
		connect(async () => tokens.shift());
		const {live} = subscribe();
		await refused();
		const peer = await admitted();
		const {id} = await peer.next('start');
		peer.send({type: 'start_ack', id});
		await live;
		peer.drop();
		expect(tokenOf(await refused())).toBe(fresh);
		expect(tokenOf(await admitted())).toBe('a-third-token-nobody-may-see');
	});
});

describe('a subscription refused for its token on a connection that stands', () => {
	test('is started again there with another one', async () => {
		connect(async () => fresh);
		const {live} = subscribe();
		const peer = await admitted();
		const first = await peer.next('start');
		expect(startedWith(first)).toBe(token);
		peer.send({type: 'error', id: first.id, payload: {errors}});
		const second = await peer.next('start');
		expect(startedWith(second)).toBe(fresh);
		peer.send({type: 'start_ack', id: second.id});
		await live;
		expect(fake.connections()).toBe(1);
	});

	test('fails when it is refused a second time, whatever other tokens there are', async () => {
		const renewToken = vi.fn(async (): Promise<string> => `${fresh}-${renewToken.mock.calls.length}`);
		connect(renewToken);
		const {ended} = subscribe();
		const peer = await admitted();
		for (let attempt = 0; attempt < 2; attempt++) {
			const {id} = await peer.next('start');
			peer.send({type: 'error', id, payload: {errors}});
		}
		expect((await ended).code).toBe('unauthorized');
		expect(renewToken).toHaveBeenCalledTimes(1);
	});
});
