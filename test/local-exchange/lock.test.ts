import {mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {findLocalExchange, LocalExchangeBusy} from '../../src/local-exchange/lock.ts';
import {type LocalExchange, startLocalExchange} from '../../src/local-exchange/server.ts';
import {startServe} from '../support/serve-process.ts';

let directory: string;
let running: LocalExchange[];
beforeEach(() => {
	directory = mkdtempSync(join(tmpdir(), 'adx-lock-'));
	running = [];
});
afterEach(async () => {
	for (const exchange of running) await exchange.close();
	rmSync(directory, {recursive: true, force: true});
});

async function start(): Promise<LocalExchange> {
	const exchange = await startLocalExchange({directory, seed: false});
	running.push(exchange);
	return exchange;
}

const lockFile = () => join(directory, 'exchange.lock');

describe('a data directory', () => {
	test('belongs to one exchange at a time; the second learns where the first is', async () => {
		const {endpoint, token} = await start();
		const refused = await start().catch(error => error);
		expect(refused).toBeInstanceOf(LocalExchangeBusy);
		expect(refused.endpoint).toBe(endpoint);
		expect(await findLocalExchange(directory)).toEqual({endpoint, token});
	});

	test('is free again, with the same token, when its exchange has ended', async () => {
		const first = await start();
		await first.close();
		expect(await findLocalExchange(directory)).toBeUndefined();
		const second = await start();
		expect(second.token).toBe(first.token);
	});

	test('is for its owner only', async () => {
		const {endpoint} = await start();
		const mode = (name: string) => (statSync(join(directory, name)).mode & 0o777).toString(8);
		expect(['', 'token', 'signing-key', 'exchange.lock'].map(mode)).toEqual(['700', '600', '600', '600']);
		expect(JSON.parse(readFileSync(lockFile(), 'utf8'))).toEqual({
			pid: process.pid,
			endpoint,
			startedAt: expect.stringMatching(/Z$/),
		});
	});

	test('of which many processes want to be the one gets exactly one', async () => {
		const starters = await Promise.all(Array.from({length: 4}, () => startServe({directory, quiet: true})));
		const winners = starters.filter(({endpoint}) => endpoint !== '');
		expect(winners).toHaveLength(1);
		const [winner] = winners;
		for (const loser of starters.filter(each => each !== winner)) {
			expect(await loser.ended).toBe(2);
			expect(loser.stderr()).toContain(`already serves it at ${winner!.endpoint}`);
		}
		winner!.child.kill();
		await winner!.ended;
	});
});

describe('what a crash leaves', () => {
	test('is taken over, also when other processes have its pid and its port now', async () => {
		const crashed = await startServe({directory, quiet: true});
		crashed.child.kill('SIGKILL');
		await crashed.ended;
		const left = JSON.parse(readFileSync(lockFile(), 'utf8'));
		expect(await findLocalExchange(directory)).toBeUndefined();
		const stranger = await strangerAt(new URL(left.endpoint).port);
		writeFileSync(lockFile(), JSON.stringify({...left, pid: process.pid}));
		expect(await findLocalExchange(directory)).toBeUndefined();
		const {endpoint} = await start();
		expect(endpoint).not.toBe(left.endpoint);
		expect(await findLocalExchange(directory)).toMatchObject({endpoint});
		expect(stranger.seen.join()).not.toContain(crashed.token);
		stranger.server.close();
	});

	test.each(['', '{', '[]', '{"endpoint": 1}'])('is no exchange when the lock says %j', async text => {
		await (await start()).close();
		writeFileSync(lockFile(), text);
		expect(await findLocalExchange(directory)).toBeUndefined();
		await start();
	});
});

test('a catalogue of a newer version is refused and left alone, and the directory is free again', async () => {
	await (await start()).close();
	const {DatabaseSync} = process.getBuiltinModule('node:sqlite');
	const setVersion = (version: number): number => {
		const database = new DatabaseSync(join(directory, 'catalogue.sqlite'));
		const former = Number(database.prepare('PRAGMA user_version').get()?.user_version);
		database.exec(`PRAGMA user_version = ${version}`);
		database.close();
		return former;
	};
	const former = setVersion(99);
	await expect(start()).rejects.toThrow('written by a newer adx-shell');
	expect(await findLocalExchange(directory)).toBeUndefined();
	setVersion(former);
	await start();
});

test('nobody is found where nothing has ever run', async () => {
	expect(await findLocalExchange(join(directory, 'nowhere'))).toBeUndefined();
});

/** Another program on a port, which answers everything with 200. */
async function strangerAt(port: string): Promise<{server: Server; seen: string[]}> {
	const seen: string[] = [];
	const server = createServer((request, response) => {
		seen.push(`${request.url} ${JSON.stringify(request.headers)}`);
		response.end('ok');
	});
	await new Promise<void>(done => server.listen(Number(port), '127.0.0.1', done));
	expect((server.address() as AddressInfo).port).toBe(Number(port));
	return {server, seen};
}
