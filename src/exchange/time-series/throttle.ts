/** Work done soon after it is asked for, once for all who ask in the meantime. */
export type Later = {readonly soon: () => void; readonly end: () => void};

/** `work` is done at most once in `interval` ms, and never while whoever asks for it is still running. */
export function createThrottle(interval: number, work: () => void): Later {
	let timer: NodeJS.Timeout | undefined;
	let last = Number.NEGATIVE_INFINITY;
	let ended = false;
	return {
		soon: () => {
			if (timer || ended) return;
			// A moment at least, as what comes together is done together.
			const wait = Math.max(Math.min(interval, 10), last + interval - performance.now());
			timer = setTimeout(() => {
				timer = undefined;
				last = performance.now();
				work();
			}, wait);
		},
		end: () => {
			ended = true;
			clearTimeout(timer);
		},
	};
}

/** `work` is done once nobody has asked for it for `quiet` ms. */
export function createDebounce(quiet: number, work: () => void): Later {
	let timer: NodeJS.Timeout | undefined;
	let ended = false;
	return {
		soon: () => {
			clearTimeout(timer);
			if (!ended) timer = setTimeout(work, quiet);
		},
		end: () => {
			ended = true;
			clearTimeout(timer);
		},
	};
}
