/** Who uses the exchange right now. */
export type Activity = {
	/** Something begins; call the answer when it has ended. */
	readonly begin: () => () => void;
	/** Resolves when nothing has been under way for `idleMs`; never, without that. */
	readonly idle: Promise<void>;
	/** No longer watches. */
	readonly stop: () => void;
};

/** Counts what is under way. The clock starts at once: a server nobody ever calls is idle, too. */
export function activity(idleMs: number | undefined): Activity {
	const {promise: idle, resolve} = Promise.withResolvers<void>();
	let underWay = 0;
	let timer: NodeJS.Timeout | undefined;
	const watch = () => {
		if (idleMs !== undefined) timer = setTimeout(resolve, idleMs);
	};
	watch();
	return {
		idle,
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
				if (underWay === 0) watch();
			};
		},
	};
}
