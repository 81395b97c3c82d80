/** Hands values from one loop to another, one at a time. */
export type Channel<T> = {
	/** Resolves when the reader wants the next value: true, or false once it wants no more. */
	readonly push: (value: T) => Promise<boolean>;
	/** No more values; with `error` the reader's loop throws it. */
	readonly end: (error?: unknown) => void;
	/** For one reader. Leaving its loop early closes the channel. */
	readonly values: () => AsyncGenerator<T>;
	/** Closes the channel from the reader's side. */
	readonly close: () => void;
};

/** A channel without a buffer: the writer goes at the reader's pace. */
export function channel<T>(): Channel<T> {
	const queue: T[] = [];
	let ended = false;
	let failure: {readonly error: unknown} | undefined;
	let closed = false;
	let wakeReader = () => {};
	let wakeWriter = () => {};

	const close = () => {
		closed = true;
		wakeWriter();
	};
	return {
		close,
		push: async value => {
			if (closed) return false;
			queue.push(value);
			const taken = new Promise<void>(resolve => {
				wakeWriter = resolve;
			});
			wakeReader();
			await taken;
			return !closed;
		},
		end: error => {
			ended = true;
			if (error !== undefined) failure = {error};
			wakeReader();
		},
		values: async function* () {
			try {
				for (;;) {
					while (queue.length === 0 && !ended) {
						wakeWriter();
						await new Promise<void>(resolve => {
							wakeReader = resolve;
						});
					}
					if (queue.length > 0) yield queue.shift()!;
					else if (failure) throw failure.error;
					else return;
				}
			} finally {
				close();
			}
		},
	};
}

/**
 * What several generators yield, as it comes; each runs ahead by one value only. Resolves to what they
 * return. When one throws, or the reader leaves, `stop` is called and all are waited for.
 */
export async function* merge<T, R>(
	sources: readonly AsyncGenerator<T, R>[],
	stop: () => void,
): AsyncGenerator<T, R[]> {
	const results: R[] = [];
	const live = new Set(sources.keys());
	const pull = (index: number) =>
		sources[index]!.next().then(
			step => ({index, step}),
			error => ({index, error}),
		);
	const pending = new Map(sources.map((_, index) => [index, pull(index)]));
	try {
		while (pending.size > 0) {
			const settled = await Promise.race(pending.values());
			pending.delete(settled.index);
			if ('error' in settled) {
				live.delete(settled.index);
				throw settled.error;
			}
			if (settled.step.done) {
				live.delete(settled.index);
				results[settled.index] = settled.step.value;
			} else {
				yield settled.step.value;
				pending.set(settled.index, pull(settled.index));
			}
		}
		return results;
	} finally {
		if (live.size > 0) {
			stop();
			// A source may be in the middle of a step; what it says then has no reader any more.
			await Promise.allSettled([...live].map(index => sources[index]!.return(undefined as never)));
		}
	}
}
