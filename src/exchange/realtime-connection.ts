import {type ShellError, toShellError} from '../shell/errors.ts';
import {type Message, openSocket, type RealtimeSocket} from './realtime-socket.ts';
import type {TokenSource} from './token-source.ts';

export type RealtimeConnection = {
	/** Connects, unless that is done or under way, and stays. */
	readonly keep: () => void;
	/** Ends it soon, unless somebody keeps it. */
	readonly leave: () => void;
	readonly isOpen: () => boolean;
	/** Sends nothing while it is not open. */
	readonly send: (message: object) => void;
	readonly close: () => void;
};

export type ConnectionOptions = {
	readonly source: TokenSource;
	/** For the acknowledgement of the connection, ms. */
	readonly ackTimeout: number;
	/** Before the first reconnect; doubles with each one, up to 30 s. */
	readonly backoff: number;
	/** How long an unused connection stays open for the next to keep it, ms. */
	readonly linger: number;
	readonly isWanted: () => boolean;
	/** The Exchange has let us in. */
	readonly onOpen: () => void;
	readonly onMessage: (message: Message) => void;
	/** It dropped; if it is wanted still, it is made again. */
	readonly onLost: () => void;
	/** It cannot be had. The next to keep it tries anew. */
	readonly onFail: (fault: ShellError) => void;
};

/** Times in a row an Exchange may fail to let in a client that it never let in before. */
const firstAttempts = 5;

/** A connection that lasts so long, ms, was a good one: after it the next is made at once. */
const steady = 30_000;

/**
 * A connection to an Exchange's events, made again when it drops, and when it is refused for its token once
 * more with another one.
 */
export function createRealtimeConnection(options: ConnectionOptions): RealtimeConnection {
	const {source, ackTimeout, backoff, linger, isWanted, onOpen, onMessage, onLost, onFail} = options;
	let socket: RealtimeSocket | undefined;
	let open = false;
	let everOpen = false;
	/** In a row: an Exchange that lets in and drops again is not hammered. */
	let failures = 0;
	let openedAt = Number.POSITIVE_INFINITY;
	let rest: NodeJS.Timeout | undefined;
	let reconnect: NodeJS.Timeout | undefined;
	/** The wait for another token. */
	let renewal: object | undefined;
	/** It is the other token's turn. */
	let isRenewed = false;

	const close = () => {
		clearTimeout(rest);
		clearTimeout(reconnect);
		reconnect = undefined;
		renewal = undefined;
		isRenewed = false;
		if (open) failures = 0;
		socket?.close();
		socket = undefined;
		open = false;
	};
	const connect = () => {
		const {token} = source.endpoint;
		socket = openSocket(source.endpoint, {
			ackTimeout,
			onOpen: () => {
				open = everOpen = true;
				openedAt = performance.now();
				isRenewed = false;
				onOpen();
			},
			onMessage,
			onLost: fault => {
				socket = undefined;
				open = false;
				const isRefused = fault.code === 'unauthorized' && !isRenewed && isWanted();
				if (isRefused) void connectWithAnother(token, fault);
				else lose(fault);
			},
		});
	};
	const connectWithAnother = async (refused: string, fault: ShellError) => {
		const own = {};
		renewal = own;
		onLost();
		const fresh = await source.renew(refused, fault).catch(toShellError);
		if (renewal !== own) return;
		renewal = undefined;
		isRenewed = true;
		if (typeof fresh === 'string') connect();
		else lose(fresh ?? fault);
	};
	const lose = (fault: ShellError) => {
		const isSteady = performance.now() - openedAt >= steady;
		openedAt = Number.POSITIVE_INFINITY;
		failures = isSteady ? 1 : failures + 1;
		const passing = fault.code === 'connection' || fault.code === 'timeout' || fault.code === 'throttled';
		if (!passing || (!everOpen && failures >= firstAttempts)) {
			isRenewed = false;
			onFail(fault);
			return;
		}
		onLost();
		if (!isWanted()) return;
		const delay = Math.min(30_000, backoff * 2 ** (failures - 1)) * (0.5 + Math.random() / 2);
		reconnect = setTimeout(() => {
			reconnect = undefined;
			connect();
		}, delay);
	};

	return {
		keep: () => {
			clearTimeout(rest);
			if (!socket && !reconnect && !renewal) connect();
		},
		leave: () => {
			clearTimeout(rest);
			if (socket) rest = setTimeout(close, linger);
			else close();
		},
		isOpen: () => open,
		send: message => socket?.send(message),
		close,
	};
}
