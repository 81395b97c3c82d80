/** Waits for something to happen; an abort, and its time running out, end each wait too. */
export type Bell = {
	/** A ring that nobody waits for ends the next wait at once. */
	readonly ring: () => void;
	/** `ms`: at most so long. */
	readonly wait: (ms?: number) => Promise<void>;
	/** Rings are kept meanwhile. */
	readonly rest: (ms: number) => Promise<void>;
	readonly close: () => void;
};

export function createBell(signal: AbortSignal): Bell {
	let hasRung = false;
	let wake = () => {};
	let isResting = false;
	const onAbort = () => wake();
	signal.addEventListener('abort', onAbort);
	const pause = async (ms: number | undefined) => {
		if (signal.aborted) return;
		let timer: NodeJS.Timeout | undefined;
		await new Promise<void>(resolve => {
			wake = resolve;
			if (ms !== undefined) timer = setTimeout(resolve, ms);
		});
		clearTimeout(timer);
	};
	return {
		ring: () => {
			hasRung = true;
			if (!isResting) wake();
		},
		wait: async ms => {
			if (!hasRung) await pause(ms);
			hasRung = false;
		},
		rest: async ms => {
			isResting = true;
			await pause(ms);
			isResting = false;
		},
		close: () => signal.removeEventListener('abort', onAbort),
	};
}
