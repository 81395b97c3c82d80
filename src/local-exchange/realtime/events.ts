import {EventEmitter, on} from 'node:events';

/** Tells subscribers what happened. */
export type Events = {
	/** `key` is the value of the subscription's arguments. Who listens later hears nothing of it. */
	readonly publish: (subscription: string, key: string, payload: unknown) => void;
	/** For what must not be missed: also who begins to listen within `forMs` hears it, first of all. */
	readonly keep: (subscription: string, key: string, payload: unknown, forMs: number) => void;
	/** No longer tells newcomers what was kept. */
	readonly forget: (subscription: string, key: string) => void;
	/** Whether anybody listens. */
	readonly isHeard: (subscription: string, key: string) => boolean;
	/** Hears everything from this call on, also before the first `next`. */
	readonly listen: (subscription: string, key: string) => AsyncIterableIterator<Record<string, unknown>>;
};

type Event = Record<string, unknown>;

export function events(): Events {
	const emitter = new EventEmitter().setMaxListeners(0);
	const kept = new Map<string, Set<Event>>();
	// Prefixed, since an event called "error" would throw.
	const topic = (subscription: string, key: string) => `on:${subscription}:${key}`;
	const emit = (subscription: string, key: string, payload: unknown) => {
		const event = {[subscription]: payload};
		emitter.emit(topic(subscription, key), event);
		return event;
	};
	return {
		publish: emit,
		keep: (subscription, key, payload, forMs) => {
			const name = topic(subscription, key);
			const event = emit(subscription, key, payload);
			const others = kept.get(name) ?? new Set();
			kept.set(name, others.add(event));
			const expire = () => {
				others.delete(event);
				if (others.size === 0 && kept.get(name) === others) kept.delete(name);
			};
			setTimeout(expire, forMs).unref();
		},
		forget: (subscription, key) => {
			kept.delete(topic(subscription, key));
		},
		isHeard: (subscription, key) => emitter.listenerCount(topic(subscription, key)) > 0,
		listen: (subscription, key) => {
			const name = topic(subscription, key);
			const source = on(emitter, name);
			const missed = [...(kept.get(name) ?? [])];
			return {
				[Symbol.asyncIterator]() {
					return this;
				},
				next: async () => {
					const first = missed.shift();
					if (first !== undefined) return {done: false, value: first};
					const {done, value} = await source.next();
					return done ? {done, value: undefined} : {done: false, value: value[0]};
				},
				return: async () => {
					missed.length = 0;
					await source.return?.();
					return {done: true, value: undefined};
				},
			};
		},
	};
}
