import type {WebSocket} from 'ws';
import {type AppSyncError, unauthorized} from '../graphql/errors.ts';
import {ResolverError} from '../graphql/resolver-error.ts';
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
		let starting: ReturnType<Subscriptions> | undefined;
		const fail = (errors: readonly AppSyncError[]) => {
			if (starting !== undefined && streams.get(id) === starting) streams.delete(id);
			send({id, type: 'error', payload: {errors}});
		};
		const own = tokenOf(payload?.extensions?.authorization);
		const context = parts.authenticate(own);
		if (keepAlive === undefined || context === undefined) return fail(refused.errors);
		if (streams.has(id)) return fail([{errorType: 'DuplicatedOperationError', message: `${id} is taken`}]);
		// Taken at once: the next message may come while this one is being looked at.
		starting = parts.subscribe(payload?.data, context);
		streams.set(id, starting);
		const stream = await starting;
		if (!('next' in stream)) return fail(stream.errors);
		send({id, type: 'start_ack'});
		try {
			for await (const result of {[Symbol.asyncIterator]: () => stream}) {
				// It may have expired, or been deleted, since.
				if (parts.authenticate(own) === undefined) return fail(refused.errors);
				send({id, type: 'data', payload: result});
			}
		} catch (error) {
			if (!(error instanceof ResolverError)) throw error;
			fail([{errorType: error.errorType, message: error.message}]);
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
