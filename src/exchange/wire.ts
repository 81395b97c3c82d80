import {once} from 'node:events';
import type {ClientRequest, Agent as HttpAgent, IncomingMessage, OutgoingHttpHeaders} from 'node:http';
import type {Agent as HttpsAgent} from 'node:https';
import type {Socket} from 'node:net';

/** An answer whose body is there to be read; `destroy` ends its connection. */
export type Answer = AsyncIterable<Uint8Array> &
	Pick<IncomingMessage, 'statusCode' | 'headers'> & {readonly destroy: (error?: Error) => unknown};

type Opening = {
	readonly method: 'GET' | 'POST' | 'PUT';
	readonly headers: OutgoingHttpHeaders;
	/** Ends the request, and the answer while it is being read. */
	readonly signal?: AbortSignal | undefined;
};

/**
 * HTTP over kept-alive connections. Node's own client and not `fetch`: loading and warming that one
 * takes longer than listing 10,000 files, and it sends no body with a known length from a stream.
 */
export type Wire = {
	/** A request that is not sent before its `end`. No redirect is followed. */
	readonly open: (url: URL, opening: Opening) => ClientRequest;
	/** Counts a connection made elsewhere as a request while it is open; `close` ends it. */
	readonly adopt: (socket: Socket) => void;
	/** Requests under way. */
	readonly inFlight: () => number;
	readonly close: () => void;
};

export function createWire(): Wire {
	const adopted = new Set<Socket>();
	let inFlight = 0;
	let httpAgent: HttpAgent | undefined;
	let httpsAgent: HttpsAgent | undefined;

	// Not by `import`, which reads each export of a built-in module and so loads Node's WebSocket: 30 ms.
	const start = (url: URL, opening: Opening) => {
		if (url.protocol === 'http:') {
			const {Agent, request} = process.getBuiltinModule('node:http');
			httpAgent ??= new Agent({keepAlive: true});
			return request(url, {...opening, agent: httpAgent});
		}
		const {Agent, request} = process.getBuiltinModule('node:https');
		httpsAgent ??= new Agent({keepAlive: true});
		return request(url, {...opening, agent: httpsAgent});
	};

	return {
		open: (url, opening) => {
			const request = start(url, opening);
			inFlight += 1;
			request.once('close', () => {
				inFlight -= 1;
			});
			// An abort is reported on the request too, at a time when only its answer is being awaited.
			request.on('error', () => {});
			return request;
		},
		adopt: socket => {
			adopted.add(socket);
			socket.once('close', () => adopted.delete(socket));
		},
		inFlight: () => inFlight + adopted.size,
		close: () => {
			for (const socket of adopted) socket.destroy();
			httpAgent?.destroy();
			httpsAgent?.destroy();
		},
	};
}

/** The head of the answer; throws what the socket threw. */
export async function answerTo(request: ClientRequest): Promise<IncomingMessage> {
	const [response] = await once(request, 'response');
	return response;
}
