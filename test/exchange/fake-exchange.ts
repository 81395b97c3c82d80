import {createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo, Socket} from 'node:net';
import {WebSocketServer} from 'ws';
import {type ConnectedExchange, connectExchange} from '../../src/exchange/connect.ts';
import type {Patience} from '../../src/exchange/endpoint.ts';
import type {RenewToken} from '../../src/exchange/token-source.ts';
import {type Peer, toPeer} from './fake-realtime.ts';

/** A GraphQL request as it arrived. */
export type Asked = {
	readonly operationName: string;
	readonly query: string;
	readonly variables: Readonly<Record<string, unknown>>;
	readonly headers: IncomingHttpHeaders;
	/** From 1, of this operation. */
	readonly attempt: number;
};

/** `drop` closes the socket without a word, `hang` never answers; text is sent as it is. */
export type Reply =
	| 'drop'
	| 'hang'
	| {readonly status?: number; readonly body?: unknown; readonly text?: string; readonly type?: string};

type Bytes = (request: IncomingMessage, response: ServerResponse, attempt: number) => void;

export type FakeExchange = {
	readonly endpoint: string;
	/** Base of the URLs that `bytes` answers; their query is a secret. */
	readonly fileUrl: string;
	readonly token: string;
	readonly asked: readonly Asked[];
	/** Names of the operations asked, in order. */
	readonly operations: () => readonly string[];
	/** Headers of the requests to `fileUrl`. */
	readonly transfers: readonly IncomingHttpHeaders[];
	/** A client that retries at once; `patience` makes it give up soon, ms. */
	readonly connect: (patience?: Partial<Patience>, renewToken?: RenewToken) => ConnectedExchange;
	readonly close: () => Promise<void>;
};

export const secretQuery = 'X-Amz-Signature=verysecretsignature';

/** A server that answers as it is told, however wrong. */
export async function fakeExchange(
	answer: (asked: Asked) => Reply | Promise<Reply>,
	bytes: Bytes = (_request, response) => response.writeHead(404).end(),
	/** Given each event connection; without it there are none. */
	onPeer?: (peer: Peer) => void,
): Promise<FakeExchange> {
	const token = 'a-token-nobody-may-see';
	const asked: Asked[] = [];
	const transfers: IncomingHttpHeaders[] = [];
	const sockets = new Set<Socket>();

	const graphql = async (request: IncomingMessage, response: ServerResponse) => {
		let text = '';
		for await (const chunk of request) text += String(chunk);
		const {operationName, query, variables} = JSON.parse(text);
		const attempt = asked.filter(other => other.operationName === operationName).length + 1;
		const question = {operationName, query, variables, headers: request.headers, attempt};
		asked.push(question);
		const reply = await answer(question);
		if (reply === 'drop') return request.socket.destroy();
		if (reply === 'hang') return;
		response.writeHead(reply.status ?? 200, {'content-type': reply.type ?? 'application/json'});
		response.end(reply.text ?? JSON.stringify(reply.body));
	};
	const server = createServer((request, response) => {
		if (request.url === '/graphql') return void graphql(request, response);
		if (!request.url?.startsWith('/bytes')) return void response.writeHead(404).end();
		transfers.push(request.headers);
		bytes(request, response, transfers.length);
	});
	if (onPeer) {
		const events = new WebSocketServer({
			server,
			path: '/graphql/realtime',
			handleProtocols: () => 'graphql-ws',
		});
		events.on('connection', (socket, request) => onPeer(toPeer(socket, request.url ?? '')));
	}
	server.on('connection', socket => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const {port} = server.address() as AddressInfo;
	const endpoint = `http://127.0.0.1:${port}/graphql`;
	const clients: {close: () => void}[] = [];
	return {
		endpoint,
		fileUrl: `http://127.0.0.1:${port}/bytes?${secretQuery}`,
		token,
		asked,
		operations: () => asked.map(({operationName}) => operationName),
		transfers,
		connect: (patience, renewToken) => {
			const exchange = connectExchange({
				endpoint,
				token,
				patience: {backoff: 1, ...patience},
				...(renewToken && {renewToken}),
			});
			clients.push(exchange);
			return exchange;
		},
		close: async () => {
			for (const client of clients) client.close();
			for (const socket of sockets) socket.destroy();
			await new Promise(resolve => server.close(resolve));
		},
	};
}
