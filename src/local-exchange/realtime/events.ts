import {EventEmitter, on} from 'node:events';

/** Tells subscribers what happened. Nothing is kept: who listens later hears nothing of it. */
export type Events = {
	/** `key` is the value of the subscription's argument. */
	readonly publish: (subscription: string, key: string, payload: unknown) => void;
	/** Hears everything from this call on, also before the first `next`. */
	readonly listen: (subscription: string, key: string) => AsyncIterableIterator<Record<string, unknown>>;
};

export function events(): Events {
	const emitter = new EventEmitter().setMaxListeners(0);
	// Prefixed, since an event called "error" would throw.
	const topic = (subscription: string, key: string) => `on:${subscription}:${key}`;
	return {
		publish: (subscription, key, payload) => {
			emitter.emit(topic(subscription, key), {[subscription]: payload});
		},
		listen: (subscription, key) => {
			const source = on(emitter, topic(subscription, key));
			return {
				[Symbol.asyncIterator]() {
					return this;
				},
				next: async () => {
					const {done, value} = await source.next();
					return done ? {done, value: undefined} : {done: false, value: value[0]};
				},
				return: async () => {
					await source.return?.();
					return {done: true, value: undefined};
				},
			};
		},
	};
}
