import type {IncomingMessage, ServerResponse} from 'node:http';
import type {Duplex} from 'node:stream';
import type {Activity} from './activity.ts';
import type {Answer} from './graphql/endpoint.ts';
import {BodyTooLarge, isForLoopback, readBody, sendJson} from './http.ts';
import {alivePath, attendPath, proofOf} from './liveness.ts';
import type {Realtime} from './realtime/realtime.ts';

export type Routes = {
	readonly token: string;
	/** POST /graphql. `gone` is aborted when the client goes away before it has its answer. */
	readonly graphql: (token: string | undefined, body: string, gone: AbortSignal) => Promise<Answer>;
	/** What presigned URLs lead to. */
	readonly contents: (url: URL, request: IncomingMessage, response: ServerResponse) => Promise<void>;
	readonly log: (line: string) => void;
};

export type Router = {
	readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
	/** Requests so far, but those that only ask whether the exchange is there. */
	readonly requests: () => number;
	/** Resolves when every request that has begun has ended. */
	readonly settled: () => Promise<void>;
};

/** AppSync's limit. */
const maxBodyBytes = 1024 * 1024;

/** Leads requests to `routes`, once those are ready. */
export function router(routes: Promise<Routes>, activity: Activity): Router {
	let requests = 0;
	const underWay = new Set<Promise<void>>();

	const serve = async (request: IncomingMessage, response: ServerResponse) => {
		const url = urlOf(request);
		if (url === null) return refuse(response, 400, 'BadRequestException', 'Not a URL.');
		if (!isForLoopback(request)) return refuse(response, 403, 'ForbiddenException', 'Unknown host.');
		const {token, graphql, contents, log} = await routes;
		if (url.pathname === alivePath) {
			response.end(proofOf(token, url.searchParams.get('challenge') ?? ''));
			return;
		}
		if (url.pathname === attendPath) return attend(response);
		requests++;
		const started = performance.now();
		let label = `${request.method} ${url.pathname}`;
		const gone = new AbortController();
		response.once('close', () => {
			if (!response.writableFinished) gone.abort();
			const ms = (performance.now() - started).toFixed(1);
			const cut = response.writableFinished ? '' : ' (cut off)';
			const sent = response.getHeader('content-length') ?? '-';
			log(`${label} ${response.statusCode} ${ms}ms ${sent}${cut}`);
		});
		if (/^\/(objects|uploads|archives|results)\//.test(url.pathname)) {
			await contents(url, request, response);
		} else if (url.pathname === '/graphql' && request.method === 'POST') {
			const body = await readBody(request, maxBodyBytes);
			const answered = await graphql(request.headers.authorization, body, gone.signal);
			if (answered.operation) label = `POST ${answered.operation}`;
			sendJson(response, answered);
		} else if (url.pathname === '/graphql') {
			refuse(response, 405, 'MethodNotAllowedException', 'Send a POST.');
		} else {
			refuse(response, 404, 'UnknownOperationException', 'Unknown Operation Request.');
		}
	};

	const guarded = async (request: IncomingMessage, response: ServerResponse) => {
		const end = activity.begin();
		response.once('close', end);
		try {
			await serve(request, response);
		} catch (error) {
			await failed(error, response, await routes.catch(() => undefined));
		}
	};

	return {
		handle: (request, response) => {
			const handling = guarded(request, response);
			underWay.add(handling);
			return handling.finally(() => underWay.delete(handling));
		},
		requests: () => requests,
		settled: async () => {
			await Promise.allSettled(underWay);
		},
	};
}

/** Leads a request for a WebSocket to `realtime`. */
export function upgrade(realtime: Realtime, request: IncomingMessage, socket: Duplex, head: Buffer): void {
	const url = urlOf(request);
	const known = url?.pathname === '/graphql' || url?.pathname === '/graphql/realtime';
	if (url !== null && known && isForLoopback(request)) {
		realtime.accept(url, request, socket, head);
		return;
	}
	// Nobody else listens, and the client may be gone already.
	socket.on('error', () => {});
	socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
}

/** Null for what is no URL, such as `//`. */
function urlOf(request: IncomingMessage): URL | null {
	return URL.parse(request.url ?? '/', 'http://127.0.0.1');
}

/** The exchange stays as long as somebody waits here. */
async function attend(response: ServerResponse): Promise<void> {
	response.flushHeaders();
	await new Promise(resolve => response.once('close', resolve));
}

async function failed(error: unknown, response: ServerResponse, routes: Routes | undefined): Promise<void> {
	if (response.destroyed) return;
	if (error instanceof BodyTooLarge) {
		refuse(response, 413, 'RequestEntityTooLargeException', 'The request body is too large.');
		return;
	}
	routes?.log(`internal failure: ${(error as Error).stack}`);
	// Half an answer must not look like a whole one.
	if (response.headersSent) response.destroy();
	else refuse(response, 500, 'InternalFailure', 'The local exchange failed; its log tells more.');
}

function refuse(response: ServerResponse, status: number, errorType: string, message: string): void {
	sendJson(response, {status, body: JSON.stringify({errors: [{errorType, message}]})});
}
