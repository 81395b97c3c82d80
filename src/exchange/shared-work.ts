import {cancelled} from './faults.ts';

type Work<T> = {readonly done: Promise<T>; readonly stop: AbortController; waiting: number};

/** Work that several wait for at once. An abort takes back one's own interest; the last one's ends the work. */
export type SharedWork<T> = {
	/** What comes of the work under way for `key`, or of `work`, which is then begun. */
	readonly join: (
		key: string,
		signal: AbortSignal | undefined,
		work: (signal: AbortSignal) => Promise<T>,
	) => Promise<T>;
	/** What is under way goes on for those who wait for it; who comes later does not join them. */
	readonly detach: () => void;
};

export function createSharedWork<T>(): SharedWork<T> {
	const works = new Map<string, Work<T>>();
	const begin = (key: string, run: (signal: AbortSignal) => Promise<T>): Work<T> => {
		const stop = new AbortController();
		const work: Work<T> = {done: run(stop.signal), stop, waiting: 0};
		works.set(key, work);
		return work;
	};
	return {
		join: async (key, signal, run) => {
			if (signal?.aborted) throw cancelled(signal.reason);
			const work = works.get(key) ?? begin(key, run);
			work.waiting += 1;
			let leave = () => {};
			const left = new Promise<never>((_resolve, reject) => {
				leave = () => reject(cancelled(signal?.reason));
				signal?.addEventListener('abort', leave, {once: true});
			});
			try {
				return await Promise.race([work.done, left]);
			} finally {
				signal?.removeEventListener('abort', leave);
				work.waiting -= 1;
				if (work.waiting === 0) {
					if (works.get(key) === work) works.delete(key);
					work.stop.abort();
				}
			}
		},
		detach: () => works.clear(),
	};
}
