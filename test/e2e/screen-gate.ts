import {once} from 'node:events';
import {createServer, type IncomingMessage, request, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {buffer} from 'node:stream/consumers';
import {setTimeout as wait} from 'node:timers/promises';

/** A way to an exchange that a test can close while something is on it. */
export type Gate = {
	readonly endpoint: string;
	/** From now on what a file has beyond so many bytes trickles, ten chunks a second, until `open`. */
	readonly slow: (bytes: number) => void;
	/** From now on no question is answered, until `open`. */
	readonly silence: () => void;
	/** From now on questions are refused as a bad token is, until `open`. */
	readonly refuse: () => void;
	readonly open: () => void;
	/** The GraphQL operations asked for so far. */
	readonly asked: () => readonly string[];
	readonly close: () => Promise<void>;
};

/** Listens on loopback and passes on what an exchange at `target` says, its addresses replaced by the gate's. */
export async function openGate(target: string): Promise<Gate> {
	const {origin} = new URL(target);
	const asked: string[] = [];
	let limit = Number.POSITIVE_INFINITY;
	let mode: 'open' | 'silent' | 'refusing' = 'open';
	let opened = Promise.withResolvers<void>();

	const server = createServer((from, to) => {
		to.on('error', () => undefined);
		if (from.url === '/graphql') void answer(from, to).catch(() => to.destroy());
		else void pass(from, to).catch(() => to.destroy());
	});
	const forward = async (from: IncomingMessage, body?: Buffer) => {
		const {host: _, ...headers} = from.headers;
		const onward = request(new URL(from.url!, origin), {method: from.method, headers, agent: false});
		if (body) onward.end(body);
		else from.pipe(onward);
		const [answered] = (await once(onward, 'response')) as [IncomingMessage];
		return answered;
	};
	const answer = async (from: IncomingMessage, to: ServerResponse) => {
		const body = await buffer(from);
		asked.push(/"operationName":"(\w+)"/.exec(body.toString())?.[1] ?? '');
		if (mode === 'silent') await opened.promise;
		if (mode === 'refusing') {
			to.writeHead(401, {'Content-Type': 'application/json'}).end(
				JSON.stringify({errors: [{errorType: 'UnauthorizedException', message: 'Token has expired.'}]}),
			);
			return;
		}
		const answered = await forward(from, body);
		const text = (await buffer(answered)).toString().replaceAll(origin, addressOf());
		to.writeHead(answered.statusCode!, {'Content-Type': 'application/json'}).end(text);
	};
	const pass = async (from: IncomingMessage, to: ServerResponse) => {
		const answered = await forward(from);
		to.writeHead(answered.statusCode!, answered.headers);
		let sent = 0;
		for await (const chunk of answered) {
			if (sent >= limit) await Promise.race([opened.promise, wait(100)]);
			sent += (chunk as Buffer).length;
			if (to.destroyed) return;
			to.write(chunk);
		}
		to.end();
	};
	const addressOf = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		endpoint: `${addressOf()}/graphql`,
		slow: bytes => {
			limit = bytes;
		},
		silence: () => {
			mode = 'silent';
		},
		refuse: () => {
			mode = 'refusing';
		},
		open: () => {
			limit = Number.POSITIVE_INFINITY;
			mode = 'open';
			opened.resolve();
			opened = Promise.withResolvers();
		},
		asked: () => asked,
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}
