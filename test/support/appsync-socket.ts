import {WebSocket} from 'ws';

// biome-ignore lint/suspicious/noExplicitAny: a test reads the fields it expects.
type Message = {type: string; id?: string; payload?: any};

export type AppSyncSocket = {
	readonly send: (message: object | string) => void;
	/** The next message that has not been taken yet, keep-alives left out. */
	readonly next: () => Promise<Message>;
	/** Resolves to the close code. */
	readonly closed: Promise<number>;
	readonly close: () => void;
};

/** A bare connection to an AppSync realtime URL. */
export async function openSocket(url: string, protocols: string[] = ['graphql-ws']): Promise<AppSyncSocket> {
	const socket = new WebSocket(url, protocols);
	const arrived: Message[] = [];
	const waiting: ((message: Message) => void)[] = [];
	socket.on('message', data => {
		const message: Message = JSON.parse(String(data));
		if (message.type === 'ka') return;
		const taker = waiting.shift();
		if (taker) taker(message);
		else arrived.push(message);
	});
	const closed = new Promise<number>(done => socket.once('close', done));
	await new Promise((done, failed) => socket.once('open', done).once('error', failed));
	return {
		send: message => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
		next: () =>
			arrived.length > 0 ? Promise.resolve(arrived.shift()!) : new Promise(done => waiting.push(done)),
		closed,
		close: () => socket.close(),
	};
}

/** The credentials object of a connection or subscription, base64 encoded. */
export function credentialsOf(token: string, encoding: 'base64' | 'base64url' = 'base64'): string {
	return Buffer.from(JSON.stringify({host: '127.0.0.1', Authorization: token})).toString(encoding);
}

/** A `start` message. */
export function startMessage(id: string, query: string, token: string, variables: object = {}): object {
	return {
		id,
		type: 'start',
		payload: {
			data: JSON.stringify({query, variables}),
			extensions: {authorization: {host: '127.0.0.1', Authorization: token}},
		},
	};
}
