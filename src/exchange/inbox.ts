/** How long messages may hold the event loop, ms. */
const slice = 4;

/** Takes messages in as they come, and lets others have their turn when they come in hundreds. */
export type Inbox<T> = {
	readonly push: (message: T) => void;
	/** Handles what is waiting, now. */
	readonly flush: () => void;
};

/** Messages are handled in their order, at once where there is time. */
export function createInbox<T>(handle: (message: T) => void): Inbox<T> {
	let waiting: T[] = [];
	/** When the first message of this turn came. */
	let since: number | undefined;

	const isTime = () => {
		if (since === undefined) {
			since = performance.now();
			setImmediate(turn);
		}
		return performance.now() - since < slice;
	};
	const turn = () => {
		since = undefined;
		let handled = 0;
		while (handled < waiting.length && isTime()) handle(waiting[handled++]!);
		waiting = waiting.slice(handled);
	};
	return {
		push: message => {
			if (waiting.length === 0 && isTime()) handle(message);
			else waiting.push(message);
		},
		flush: () => {
			const left = waiting;
			waiting = [];
			for (const message of left) handle(message);
		},
	};
}
