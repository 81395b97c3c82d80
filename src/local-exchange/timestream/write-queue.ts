/** Runs tasks one after the other. */
export type WriteQueue = {
	readonly run: <T>(task: () => Promise<T>) => Promise<T>;
	/** Takes no more tasks, and ends when those there are have. */
	readonly close: () => Promise<void>;
};

export function writeQueue(): WriteQueue {
	let last: Promise<unknown> = Promise.resolve();
	let isClosed = false;
	return {
		run: task => {
			if (isClosed) return Promise.reject(new Error('the time-series engine is closed'));
			const done = last.then(task);
			last = done.catch(() => {});
			return done;
		},
		close: async () => {
			isClosed = true;
			await last;
		},
	};
}
