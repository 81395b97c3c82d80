import {randomBytes} from 'node:crypto';
import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {resolve as resolvePath} from 'node:path';
import {type Activity, activity} from './activity.ts';
import {dataDirectory, eraseData, makeDataDirectory} from './data-directory.ts';
import {acquireLock, type Lock} from './lock.ts';
import {openExchange} from './open-exchange.ts';
import {ensurePrivateFile, replacePrivateFile} from './private-file.ts';
import {type Routes, router, upgrade} from './router.ts';
import {sameText} from './same-text.ts';

export type LocalExchangeOptions = {
	/** Where everything is kept; made when missing. One process at a time may serve it. */
	readonly directory: string;
	/** 0, the default: any free one. */
	readonly port?: number;
	/** The token to accept; else the one in the data directory, made at random on first start. */
	readonly token?: string;
	/** Fill a new data directory with the sample data stores. Default: true. */
	readonly seed?: boolean;
	/** Forget everything in the data directory first. */
	readonly reset?: boolean;
	/** End when nobody has used it for so long. Default: never. */
	readonly idleMs?: number;
	/** Takes one line a request, and what went wrong. Never told a token or a signature. */
	readonly log?: (line: string) => void;
	/** Epoch ms; tokens and URLs expire by it. */
	readonly now?: () => number;
};

export type LocalExchange = {
	/** `http://127.0.0.1:PORT/graphql` */
	readonly endpoint: string;
	readonly token: string;
	/** HTTP requests so far: GraphQL and bytes, not the question whether it is alive. */
	readonly requests: () => number;
	/** Resolves when the exchange ends by itself, since nobody has used it for `idleMs`. */
	readonly idle: Promise<void>;
	/** Drops what is under way and ends; resolves when another process may take over. */
	readonly close: () => Promise<void>;
};

/**
 * Starts a server of the Exchange's API on loopback. Throws LocalExchangeBusy when the directory is being served
 * already, and what `listen` throws when the port is taken.
 */
export async function startLocalExchange(options: LocalExchangeOptions): Promise<LocalExchange> {
	const directory = dataDirectory(resolvePath(options.directory));
	makeDataDirectory(directory);
	const lock = await acquireLock(directory);
	try {
		return await start(options, directory, lock);
	} catch (error) {
		lock.release();
		throw error;
	}
}

async function start(
	{
		port = 0,
		token: givenToken,
		seed = true,
		reset,
		idleMs,
		log = () => {},
		now = Date.now,
	}: LocalExchangeOptions,
	directory: ReturnType<typeof dataDirectory>,
	lock: Lock,
): Promise<LocalExchange> {
	if (givenToken !== undefined) replacePrivateFile(directory.token, givenToken);
	const token = ensurePrivateFile(directory.token, () => randomBytes(32).toString('base64url'));
	const watch: Activity = activity(idleMs);
	const ready = Promise.withResolvers<Routes>();
	// Who finds the port before the first request may be served just waits.
	ready.promise.catch(() => {});
	const {handle, requests, settled} = router(ready.promise, watch);
	const server = createServer({keepAliveTimeout: 60_000, requestTimeout: 0}, handle);
	await listen(server, port);
	const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	lock.announce(`${origin}/graphql`);

	const shut = async () => {
		const closed = new Promise(done => server.close(done));
		server.closeAllConnections();
		await closed;
		await settled();
	};

	if (reset) eraseData(directory);
	const ownToken = (given: string) => sameText(given, token);
	const parts = {directory, origin, seed, log, now, activity: watch, ownToken};
	const exchange = await openExchange(parts).catch(async error => {
		watch.stop();
		ready.reject(error);
		await shut();
		throw error;
	});
	server.on('upgrade', (request, socket, head) => upgrade(exchange.realtime, request, socket, head));
	ready.resolve({token, log, ...exchange.routes});

	let closing: Promise<void> | undefined;
	const close = () => {
		closing ??= (async () => {
			watch.stop();
			exchange.realtime.close();
			exchange.interrupt();
			await shut();
			await exchange.close();
			lock.release();
		})();
		return closing;
	};
	const idle = watch.idle.then(close);
	return {endpoint: `${origin}/graphql`, token, requests, idle, close};
}

async function listen(server: Server, port: number): Promise<void> {
	await new Promise<void>((done, failed) => {
		server.once('error', failed);
		server.listen(port, '127.0.0.1', () => {
			server.off('error', failed);
			done();
		});
	});
}
