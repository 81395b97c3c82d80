import {afterEach, expect, test, vi} from 'vitest';
import {activity} from '../../src/local-exchange/activity.ts';
import {attendLocalExchange} from '../../src/local-exchange/attend.ts';
import {findLocalExchange} from '../../src/local-exchange/lock.ts';
import {credentialsOf, openSocket} from '../support/appsync-socket.ts';
import {startExchange} from '../support/exchange.ts';

afterEach(() => {
	vi.useRealTimers();
});

async function isIdle(watch: ReturnType<typeof activity>): Promise<boolean> {
	return Promise.race([watch.idle.then(() => true), Promise.resolve().then(() => Promise.resolve(false))]);
}

test('an exchange is idle when nothing was under way for the whole time', async () => {
	vi.useFakeTimers();
	const watch = activity(1000);
	vi.advanceTimersByTime(999);
	const [endOne, endTwo] = [watch.begin(), watch.begin()];
	vi.advanceTimersByTime(5000);
	endOne();
	endOne();
	vi.advanceTimersByTime(5000);
	expect(await isIdle(watch)).toBe(false);
	endTwo();
	vi.advanceTimersByTime(999);
	expect(await isIdle(watch)).toBe(false);
	vi.advanceTimersByTime(1);
	expect(await isIdle(watch)).toBe(true);
});

test('an exchange without a limit is never idle', async () => {
	vi.useFakeTimers();
	const watch = activity(undefined);
	vi.advanceTimersByTime(1e9);
	expect(await isIdle(watch)).toBe(false);
});

test('an idle exchange ends and frees its directory', async () => {
	const {server, directory, close} = await startExchange({idleMs: 1});
	await server.idle;
	expect(await findLocalExchange(directory)).toBeUndefined();
	await close();
});

test('whoever attends or subscribes keeps it from being idle', async () => {
	vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout']});
	const {server, endpoint, token, post, close} = await startExchange({idleMs: 1000});
	const url = `${endpoint.replace('http', 'ws')}?header=${encodeURIComponent(credentialsOf(token))}`;
	const isThere = async () => (await post('{__typename}')).status === 200;
	const socket = await openSocket(url);
	vi.advanceTimersByTime(60_000);
	expect(await isThere()).toBe(true);
	const release = attendLocalExchange(endpoint);
	// Its request goes out before this one, on a connection that is made before this one's.
	expect(await isThere()).toBe(true);
	socket.close();
	await socket.closed;
	expect(await isThere()).toBe(true);
	vi.advanceTimersByTime(60_000);
	expect(await isThere()).toBe(true);
	release();
	let ended = false;
	server.idle.then(() => {
		ended = true;
	});
	while (!ended) {
		vi.advanceTimersByTime(1000);
		await new Promise(setImmediate);
	}
	await close();
});

test('who attends learns that the exchange has gone', async () => {
	const {server, endpoint, close} = await startExchange();
	const lost = Promise.withResolvers<void>();
	attendLocalExchange(endpoint, lost.resolve);
	await server.close();
	await lost.promise;
	await close();
});
