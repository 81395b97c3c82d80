import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {type WebSocket, WebSocketServer} from 'ws';

export type Sent = {readonly type: string; readonly id?: string; readonly payload?: {readonly data?: string}};

/** One connection of a client. */
export type Peer = {
	/** Path and query it was opened with. */
	readonly url: string;
	readonly protocol: string;
	/** What the client has sent, in order. */
	readonly sent: readonly Sent[];
	/** The next message of that type, also one that has come already and was not taken. */
	readonly next: (type: string) => Promise<Sent>;
	readonly send: (message: object) => void;
	/** Cuts the connection. */
	readonly drop: () => void;
	readonly closed: Promise<void>;
};

export type FakeRealtime = {
	readonly endpoint: string;
	/** The next connection that is opened, or was and has not been taken. */
	readonly nextPeer: () => Promise<Peer>;
	readonly connections: () => number;
	readonly close: () => Promise<void>;
};

/** AppSync's event side, saying only what a test tells it to. */
export async function fakeRealtime(): Promise<FakeRealtime> {
	const server = createServer();
	const sockets = new WebSocketServer({server, handleProtocols: () => 'graphql-ws'});
	const peers = queue<Peer>();
	let connections = 0;
	sockets.on('connection', (socket, request) => {
		connections += 1;
		peers.push(toPeer(socket, request.url ?? ''));
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const {port} = server.address() as AddressInfo;
	return {
		endpoint: `http://127.0.0.1:${port}/graphql`,
		nextPeer: peers.take,
		connections: () => connections,
		close: async () => {
			for (const socket of sockets.clients) socket.terminate();
			await new Promise(resolve => server.close(resolve));
		},
	};
}

export function toPeer(socket: WebSocket, url: string): Peer {
	const sent: Sent[] = [];
	const byType = new Map<string, ReturnType<typeof queue<Sent>>>();
	const of = (type: string) => {
		const known = byType.get(type) ?? queue<Sent>();
		byType.set(type, known);
		return known;
	};
	socket.on('message', data => {
		const message: Sent = JSON.parse(String(data));
		sent.push(message);
		of(message.type).push(message);
	});
	return {
		url,
		protocol: socket.protocol,
		sent,
		next: type => of(type).take(),
		send: message => socket.send(JSON.stringify(message)),
		drop: () => socket.terminate(),
		closed: new Promise(resolve => socket.on('close', () => resolve())),
	};
}

export function queue<T>() {
	const items: T[] = [];
	const takers: ((item: T) => void)[] = [];
	return {
		push: (item: T) => {
			const taker = takers.shift();
			if (taker) taker(item);
			else items.push(item);
		},
		take: (): Promise<T> => {
			const item = items.shift();
			return item === undefined ? new Promise(resolve => takers.push(resolve)) : Promise.resolve(item);
		},
	};
}
