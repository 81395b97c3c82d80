import type {WebSocket} from 'ws';
import {type AppSyncError, unauthorized} from '../graphql/errors.ts';
import type {Context} from '../resolvers/context.ts';
import {tokenOf} from './credentials.ts';
import type {Subscriptions} from './subscriptions.ts';

export type ConnectionParts = {
	/** Who a token stands for; undefined when it is not accepted. */
	readonly authenticate: (token: string | undefined) => Context | undefined;
	readonly subscribe: Subscriptions;
	readonly log: (line: string) => void;
};

type Message = {
	type?: unknown;
	id?: unknown;
	payload?: {data?: unknown; extensions?: {authorization?: unknown}};
};

const keepAliveMs = 60_000;
const connectionTimeoutMs = 300_000;
const refused = {errors: [{...unauthorized, errorCode: 401}]};

/** Speaks AppSync's `graphql-ws` on `socket` until it closes. `token` came with the connection. */
export function serveConnection(socket: WebSocket, token: string | undefined, parts: ConnectionParts): void {
	const streams = new Map<string, ReturnType<Subscriptions>>();
	let keepAlive: NodeJS.Timeout | undefined;
	const send = (message: object) => {
		if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
	};

	const failed = (error: Error) => parts.log(`realtime: ${error.stack}`);

	const initialise = () => {
		if (parts.authenticate(token) === undefined) {
			send({type: 'connection_error', payload: refused});
			socket.close(4401);
			return;
		}
		send({type: 'connection_ack', payload: {connectionTimeoutMs}});
		send({type: 'ka'});
		keepAlive ??= setInterval(send, keepAliveMs, {type: 'ka'});
	};

	const start = async (id: string, payload: Message['payload']) => {
		const fail = (errors: readonly AppSyncError[]) => send({id, type: 'error', payload: {errors}});
		const context = parts.authenticate(tokenOf(payload?.extensions?.authorization));
		if (keepAlive === undefined || context === undefined) return fail(refused.errors);
		if (streams.has(id)) return fail([{errorType: 'DuplicatedOperationError', message: `${id} is taken`}]);
		// Taken at once: the next message may come while this one is being looked at.
		const starting = parts.subscribe(payload?.data, context);
		streams.set(id, starting);
		const stream = await starting;
		if (!('next' in stream)) {
			streams.delete(id);
			return fail(stream.errors);
		}
		send({id, type: 'start_ack'});
		for await (const result of {[Symbol.asyncIterator]: () => stream}) {
			send({id, type: 'data', payload: result});
		}
	};

	const end = async (id: string) => {
		const stream = await streams.get(id);
		if (stream && 'next' in stream) await stream.return?.();
		streams.delete(id);
	};

	const stop = async (id: string) => {
		await end(id);
		send({id, type: 'complete'});
	};

	socket.on('message', data => {
		const message = parseMessage(String(data));
		const id = typeof message?.id === 'string' ? message.id : '';
		if (message?.type === 'connection_init') initialise();
		else if (message?.type === 'start') start(id, message.payload).catch(failed);
		else if (message?.type === 'stop') stop(id).catch(failed);
		else send({type: 'error', payload: {errors: [{message: 'Unsupported message', errorCode: 400}]}});
	});
	socket.once('close', () => {
		clearInterval(keepAlive);
		for (const id of streams.keys()) end(id).catch(failed);
	});
}

function parseMessage(text: string): Message | undefined {
	try {
		const message = JSON.parse(text);
		return typeof message === 'object' && message !== null ? message : undefined;
	} catch {
		return undefined;
	}
}
