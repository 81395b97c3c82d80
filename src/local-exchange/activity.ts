/** Who uses the exchange right now. */
export type Activity = {
	/** Something begins; call the answer when it has ended. */
	readonly begin: () => () => void;
	/** Whether something is under way or was within the last `ms`. */
	readonly isRecent: (ms: number) => boolean;
	/** Resolves when nothing has been under way for `idleMs`; never, without that. */
	readonly idle: Promise<void>;
	/** No longer watches. */
	readonly stop: () => void;
};

/** Counts what is under way. The clock starts at once: a server nobody ever calls is idle, too. */
export function activity(idleMs: number | undefined): Activity {
	const {promise: idle, resolve} = Promise.withResolvers<void>();
	let underWay = 0;
	let lastUse = Number.NEGATIVE_INFINITY;
	let timer: NodeJS.Timeout | undefined;
	const watch = () => {
		if (idleMs !== undefined) timer = setTimeout(resolve, idleMs);
	};
	watch();
	return {
		idle,
		isRecent: ms => underWay > 0 || performance.now() - lastUse <= ms,
		stop: () => {
			clearTimeout(timer);
			underWay = Number.POSITIVE_INFINITY;
		},
		begin: () => {
			underWay++;
			clearTimeout(timer);
			let ended = false;
			return () => {
				if (ended) return;
				ended = true;
				underWay--;
				lastUse = performance.now();
				if (underWay === 0) watch();
			};
		},
	};
}
