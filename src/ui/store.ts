/** A value that changes, and word of it. */
export type Store<T> = {
	readonly get: () => T;
	/**
	 * Changes the value at once. Listeners hear of it when the keys at hand are done with, or, `soon`, within
	 * the time that output may take to be seen, together with what else comes until then.
	 */
	readonly update: (change: (value: T) => T, when?: 'now' | 'soon') => void;
	readonly subscribe: (listener: () => void) => () => void;
};

/** Output is drawn at most 15 times a second, so that keys never wait for it. */
const outputPeriod = 1000 / 15;

export function createStore<T>(initial: T): Store<T> {
	let value = initial;
	const listeners = new Set<() => void>();
	let isDue = false;
	let timer: NodeJS.Timeout | undefined;
	/** When output was last drawn; keys do not count. */
	let drawnAt = Number.NEGATIVE_INFINITY;

	const tell = () => {
		isDue = false;
		clearTimeout(timer);
		timer = undefined;
		for (const listener of listeners) listener();
	};
	const tellNow = () => {
		if (isDue) return;
		isDue = true;
		// Keys of one chunk are drawn once, with what a line that needs to wait for nothing has said to them.
		setImmediate(tell);
	};

	const drawOutput = () => {
		drawnAt = performance.now();
		tellNow();
	};

	return {
		get: () => value,
		update: (change, when = 'now') => {
			const next = change(value);
			if (next === value) return;
			value = next;
			if (when === 'now') tellNow();
			else if (performance.now() - drawnAt >= outputPeriod) drawOutput();
			else timer ??= setTimeout(drawOutput, drawnAt + outputPeriod - performance.now());
		},
		subscribe: listener => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
	};
}
