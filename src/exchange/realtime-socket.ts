import {ShellError} from '../shell/errors.ts';
import type {Endpoint} from './endpoint.ts';
import {type AnswerError, answerFault, timeoutFault} from './faults.ts';
import {createInbox} from './inbox.ts';

/** A message of AppSync's `graphql-ws` protocol. */
export type Message = {
	readonly id?: string;
	readonly type?: string;
	readonly payload?: {
		readonly data?: Record<string, unknown> | null;
		readonly errors?: readonly AnswerError[];
		readonly connectionTimeoutMs?: unknown;
	};
};

export type RealtimeSocket = {
	readonly send: (message: object) => void;
	/** Ends it without a word to `onLost`. */
	readonly close: () => void;
};

type Options = {
	/** For the acknowledgement of the connection, ms. */
	readonly ackTimeout: number;
	readonly onOpen: () => void;
	readonly onMessage: (message: Message) => void;
	/** Once at most: refused, closed, or silent for longer than the server allows. */
	readonly onLost: (fault: ShellError) => void;
};

/** What AppSync wants to know in each `start` and in the connection's URL. */
export function authorization({url, token}: Endpoint) {
	return {host: url.host, Authorization: token};
}

/**
 * Where an Exchange's events are: AppSync's own hosts have a realtime twin, any other host serves them
 * under the endpoint's path.
 */
export function realtimeUrl({url}: Pick<Endpoint, 'url'>): URL {
	const realtime = new URL(url);
	realtime.protocol = url.protocol === 'http:' ? 'ws:' : 'wss:';
	if (/\.appsync-api\.[\w-]+\.amazonaws\.com(\.cn)?$/.test(url.hostname)) {
		realtime.hostname = url.hostname.replace('.appsync-api.', '.appsync-realtime-api.');
	} else {
		realtime.pathname = `${url.pathname.replace(/\/$/, '')}/realtime`;
	}
	return realtime;
}

/** Opens one connection; `onOpen` follows when the Exchange has let us in. */
export function openSocket(
	endpoint: Endpoint,
	{ackTimeout, onOpen, onMessage, onLost}: Options,
): RealtimeSocket {
	const {host} = endpoint.url;
	const url = realtimeUrl(endpoint);
	url.searchParams.set('header', Buffer.from(JSON.stringify(authorization(endpoint))).toString('base64'));
	url.searchParams.set('payload', 'e30=');
	const socket = new WebSocket(url, ['graphql-ws']);
	let silence = ackTimeout;
	let watch: NodeJS.Timeout | undefined;
	let ended = false;

	const end = () => {
		ended = true;
		clearTimeout(watch);
		socket.close();
	};
	const lose = (fault: ShellError) => {
		if (ended) return;
		end();
		onLost(fault);
	};
	const listen = () => {
		clearTimeout(watch);
		watch = setTimeout(() => lose(timeoutFault(host, silence)), silence);
	};

	listen();
	socket.onopen = () => socket.send(JSON.stringify({type: 'connection_init'}));
	// Its own text may hold the URL, and a close follows anyway.
	socket.onerror = () => {};
	socket.onclose = () => {
		inbox.flush();
		lose(new ShellError('connection', `${host}: the event connection dropped`));
	};
	socket.onmessage = event => inbox.push(event.data);
	const inbox = createInbox((data: unknown) => {
		const message = parseMessage(data);
		if (ended || !message) return;
		if (message.type === 'connection_ack') {
			silence = silenceOf(message.payload?.connectionTimeoutMs);
			listen();
			onOpen();
		} else if (message.type === 'connection_error') {
			lose(answerFault(message.payload?.errors?.[0], endpoint));
		} else {
			listen();
			onMessage(message);
		}
	});

	return {
		send: message => {
			if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
		},
		close: end,
	};
}

/** As AppSync announces it, ms. */
const defaultSilence = 300_000;

/** A timer takes more than 31 bits, and what is no number, for at once. */
function silenceOf(announced: unknown): number {
	return typeof announced === 'number' && announced > 0 && announced < 2 ** 31 ? announced : defaultSilence;
}

function parseMessage(data: unknown): Message | undefined {
	if (typeof data !== 'string') return undefined;
	try {
		const message: unknown = JSON.parse(data);
		return typeof message === 'object' && message !== null ? message : undefined;
	} catch {
		return undefined;
	}
}
