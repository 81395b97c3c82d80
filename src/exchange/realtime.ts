import {type ApolloLink, Observable} from '@apollo/client';
import {print} from '@apollo/client/utilities';
import type {Subscriber} from 'rxjs';
import {type ShellError, toShellError} from '../shell/errors.ts';
import {answerFault, timeoutFault} from './faults.ts';
import {authorization, type Message, openSocket, type RealtimeSocket} from './realtime-socket.ts';
import type {TokenSource} from './token-source.ts';

type Options = {
	readonly source: TokenSource;
	/** For the acknowledgement of the connection and of each subscription, ms. */
	readonly ackTimeout: number;
	/** Before the first reconnect; doubles with each one, up to 30 s. */
	readonly backoff: number;
	/** How long an unused connection stays open for the next subscription, ms. */
	readonly linger?: number;
};

export type Realtime = {
	/**
	 * Events of a subscription, over the one connection all of them share. After a drop it is started
	 * again; nothing is replayed, so `context.onLive` is called each time the Exchange has acknowledged
	 * it: the moment to look once for what was missed. `context.onLost` is called when the connection drops,
	 * before it is started again. Refused for its token, it is started again with another one, once.
	 */
	readonly subscribe: (operation: ApolloLink.Operation) => Observable<ApolloLink.Result>;
	readonly close: () => void;
};

type Subscription = {
	readonly id: string;
	readonly observer: Subscriber<ApolloLink.Result>;
	readonly data: string;
	readonly onLive: (() => void) | undefined;
	readonly onLost: (() => void) | undefined;
	started: boolean;
	/** The token it was started with. */
	token?: string;
	/** Started with another token since its first was refused. */
	isSecondTry?: boolean;
	ack?: NodeJS.Timeout;
};

/** Times in a row an Exchange may fail to let in a client that it never let in before. */
const firstAttempts = 5;

export function createRealtime({source, ackTimeout, backoff, linger = 1000}: Options): Realtime {
	const {endpoint, renew} = source;
	const subscriptions = new Map<string, Subscription>();
	let socket: RealtimeSocket | undefined;
	let open = false;
	let everOpen = false;
	let failures = 0;
	let lastId = 0;
	let rest: NodeJS.Timeout | undefined;
	let reconnect: NodeJS.Timeout | undefined;
	/** The wait for another token to connect with. */
	let renewal: object | undefined;
	let isSecondTry = false;

	const close = () => {
		clearTimeout(rest);
		clearTimeout(reconnect);
		reconnect = undefined;
		renewal = undefined;
		isSecondTry = false;
		socket?.close();
		socket = undefined;
		open = false;
	};
	const forget = (subscription: Subscription) => {
		clearTimeout(subscription.ack);
		if (!subscriptions.delete(subscription.id) || subscriptions.size > 0) return;
		clearTimeout(rest);
		if (socket) rest = setTimeout(close, linger);
		else close();
	};
	const fail = (subscription: Subscription, fault: ShellError) => {
		forget(subscription);
		subscription.observer.error(fault);
	};
	const failAll = (fault: ShellError) => {
		isSecondTry = false;
		for (const subscription of [...subscriptions.values()]) fail(subscription, fault);
	};
	const pauseAll = () => {
		for (const subscription of subscriptions.values()) {
			clearTimeout(subscription.ack);
			subscription.started = false;
			subscription.onLost?.();
		}
	};

	const start = (subscription: Subscription) => {
		subscription.started = true;
		subscription.token = endpoint.token;
		subscription.ack = setTimeout(
			() => fail(subscription, timeoutFault(endpoint.url.host, ackTimeout)),
			ackTimeout,
		);
		const extensions = {authorization: authorization(endpoint)};
		socket?.send({id: subscription.id, type: 'start', payload: {data: subscription.data, extensions}});
	};
	const connect = () => {
		const {token} = endpoint;
		socket = openSocket(endpoint, {
			ackTimeout,
			onOpen: () => {
				open = everOpen = true;
				failures = 0;
				isSecondTry = false;
				for (const subscription of subscriptions.values()) start(subscription);
			},
			onMessage: receive,
			onLost: fault => lose(fault, token),
		});
	};
	const lose = (fault: ShellError, token: string) => {
		socket = undefined;
		open = false;
		if (fault.code === 'unauthorized' && !isSecondTry && subscriptions.size > 0) {
			pauseAll();
			void connectAnew(fault, token);
			return;
		}
		failures += 1;
		const passing = fault.code === 'connection' || fault.code === 'timeout' || fault.code === 'throttled';
		if (!passing || (!everOpen && failures >= firstAttempts)) {
			failAll(fault);
			return;
		}
		pauseAll();
		if (subscriptions.size === 0) return;
		const delay = Math.min(30_000, backoff * 2 ** (failures - 1)) * (0.5 + Math.random() / 2);
		reconnect = setTimeout(() => {
			reconnect = undefined;
			connect();
		}, delay);
	};
	const connectAnew = async (fault: ShellError, refused: string) => {
		const own = {};
		renewal = own;
		isSecondTry = true;
		const fresh = await renew(refused, fault).catch(toShellError);
		if (renewal !== own) return;
		renewal = undefined;
		if (typeof fresh === 'string') connect();
		else failAll(fresh ?? fault);
	};
	const startAnew = async (subscription: Subscription, fault: ShellError) => {
		clearTimeout(subscription.ack);
		subscription.started = false;
		subscription.isSecondTry = true;
		subscription.onLost?.();
		const fresh = await renew(subscription.token ?? '', fault).catch(toShellError);
		if (!subscriptions.has(subscription.id) || subscription.started) return;
		if (typeof fresh !== 'string') fail(subscription, fresh ?? fault);
		else if (open) start(subscription);
	};
	const receive = ({id, type, payload}: Message) => {
		const subscription = subscriptions.get(id ?? '');
		if (!subscription) return;
		if (type === 'start_ack') {
			clearTimeout(subscription.ack);
			subscription.isSecondTry = false;
			subscription.onLive?.();
		} else if (type === 'data' && payload?.data) {
			// May come before start_ack: the protocol promises no order.
			subscription.observer.next({data: payload.data});
		} else if (type === 'data' || type === 'error') {
			const fault = answerFault(payload?.errors?.[0], endpoint);
			if (fault.code !== 'unauthorized' || subscription.isSecondTry) fail(subscription, fault);
			else void startAnew(subscription, fault);
		} else if (type === 'complete') {
			forget(subscription);
			subscription.observer.complete();
		}
	};

	return {
		subscribe: ({query, variables, operationName, getContext}) =>
			new Observable(observer => {
				const {onLive, onLost} = getContext();
				lastId += 1;
				const subscription: Subscription = {
					id: String(lastId),
					observer,
					data: JSON.stringify({query: print(query), variables, operationName}),
					onLive,
					onLost,
					started: false,
				};
				subscriptions.set(subscription.id, subscription);
				clearTimeout(rest);
				if (open) start(subscription);
				else if (!socket && !reconnect && !renewal) connect();
				return () => {
					if (!subscriptions.has(subscription.id)) return;
					if (subscription.started) socket?.send({id: subscription.id, type: 'stop'});
					forget(subscription);
				};
			}),
		close,
	};
}
