import {type ApolloLink, Observable} from '@apollo/client';
import {print} from '@apollo/client/utilities';
import type {Subscriber} from 'rxjs';
import {type ShellError, toShellError} from '../shell/errors.ts';
import {answerFault, timeoutFault} from './faults.ts';
import {createRealtimeConnection} from './realtime-connection.ts';
import {authorization, type Message} from './realtime-socket.ts';
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
	/** It is another token's turn, since its first was refused. */
	isRenewed?: boolean;
	ack?: NodeJS.Timeout;
};

export function createRealtime({source, ackTimeout, backoff, linger = 1000}: Options): Realtime {
	const {endpoint, renew} = source;
	const subscriptions = new Map<string, Subscription>();
	let lastId = 0;

	const connection = createRealtimeConnection({
		source,
		ackTimeout,
		backoff,
		linger,
		isWanted: () => subscriptions.size > 0,
		onOpen: () => {
			for (const subscription of subscriptions.values()) start(subscription);
		},
		onMessage: message => receive(message),
		onLost: () => {
			for (const subscription of subscriptions.values()) pause(subscription);
		},
		onFail: fault => {
			for (const subscription of [...subscriptions.values()]) fail(subscription, fault);
		},
	});
	const start = (subscription: Subscription) => {
		subscription.started = true;
		subscription.token = endpoint.token;
		subscription.ack = setTimeout(
			() => fail(subscription, timeoutFault(endpoint.url.host, ackTimeout)),
			ackTimeout,
		);
		const extensions = {authorization: authorization(endpoint)};
		connection.send({id: subscription.id, type: 'start', payload: {data: subscription.data, extensions}});
	};
	const pause = (subscription: Subscription) => {
		clearTimeout(subscription.ack);
		subscription.started = false;
		subscription.onLost?.();
	};
	const forget = (subscription: Subscription) => {
		clearTimeout(subscription.ack);
		if (subscriptions.delete(subscription.id) && subscriptions.size === 0) connection.leave();
	};
	const fail = (subscription: Subscription, fault: ShellError) => {
		forget(subscription);
		subscription.observer.error(fault);
	};
	const startWithAnother = async (subscription: Subscription, fault: ShellError) => {
		pause(subscription);
		subscription.isRenewed = true;
		const fresh = await renew(subscription.token ?? '', fault).catch(toShellError);
		// Started in the meantime, if the connection was made again.
		if (!subscriptions.has(subscription.id) || subscription.started) return;
		if (typeof fresh !== 'string') fail(subscription, fresh ?? fault);
		else if (connection.isOpen()) start(subscription);
	};
	const receive = ({id, type, payload}: Message) => {
		const subscription = subscriptions.get(id ?? '');
		if (!subscription) return;
		if (type === 'start_ack') {
			clearTimeout(subscription.ack);
			subscription.isRenewed = false;
			subscription.onLive?.();
		} else if (type === 'data' && payload?.data && !isFault(payload)) {
			// May come before start_ack: the protocol promises no order.
			subscription.observer.next({data: payload.data});
		} else if (type === 'data' || type === 'error') {
			const fault = answerFault(payload?.errors?.[0], endpoint);
			// Of what it only could not tell, the Exchange would go on telling.
			if (type === 'data') connection.send({id, type: 'stop'});
			if (fault.code !== 'unauthorized' || subscription.isRenewed) fail(subscription, fault);
			else void startWithAnother(subscription, fault);
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
				connection.keep();
				if (connection.isOpen()) start(subscription);
				return () => {
					if (!subscriptions.has(subscription.id)) return;
					if (subscription.started) connection.send({id: subscription.id, type: 'stop'});
					forget(subscription);
				};
			}),
		close: connection.close,
	};
}

/** Whether errors stand in the place of all that was asked for. */
function isFault({data, errors = []}: NonNullable<Message['payload']>): boolean {
	return errors.length > 0 && Object.values(data ?? {}).every(value => value === null);
}
