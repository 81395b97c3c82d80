import type {IncomingMessage} from 'node:http';
import type {Duplex} from 'node:stream';
import {type WebSocket, WebSocketServer} from 'ws';
import {type ConnectionParts, serveConnection} from './connection.ts';
import {tokenFromHeader} from './credentials.ts';

export type Realtime = {
	/** Takes over an upgrade request. */
	readonly accept: (url: URL, request: IncomingMessage, socket: Duplex, head: Buffer) => void;
	/** Ends every connection. */
	readonly close: () => void;
};

const protocol = 'graphql-ws';
const headerPrefix = 'header-';
const maxMessageBytes = 1024 * 1024;

/** AppSync's realtime endpoint. `begin` is called for each connection, and what it answers when that ends. */
export function realtime(parts: ConnectionParts, begin: () => () => void): Realtime {
	const server = new WebSocketServer({
		noServer: true,
		maxPayload: maxMessageBytes,
		handleProtocols: offered => (offered.has(protocol) ? protocol : false),
	});
	return {
		accept: (url, request, socket, head) => {
			server.handleUpgrade(request, socket, head, (connection: WebSocket) => {
				connection.once('close', begin());
				// A broken frame is the client's affair: `close` follows.
				connection.on('error', () => {});
				serveConnection(connection, credentials(url, request), parts);
			});
		},
		close: () => {
			for (const connection of server.clients) connection.terminate();
			server.close();
		},
	};
}

/** From the query (`header=`) or, as newer clients send it, from a subprotocol `header-<base64url>`. */
function credentials(url: URL, request: IncomingMessage): string | undefined {
	const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map(name => name.trim());
	const header = offered.find(name => name.startsWith(headerPrefix))?.slice(headerPrefix.length);
	return tokenFromHeader(url.searchParams.get('header') ?? header);
}
