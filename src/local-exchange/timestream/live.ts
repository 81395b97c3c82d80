import type {StoredRecord} from './types.ts';

/** A database that gets new samples by itself. */
export type LiveSource = {
	/** What has been measured until now and is not written yet. */
	readonly records: () => readonly StoredRecord[];
	readonly write: (records: readonly StoredRecord[]) => Promise<void>;
};

export type Live = {
	/** Writes what is there at once, and what comes every few seconds after that. */
	readonly add: (key: string, source: LiveSource) => Promise<void>;
	readonly remove: (key: string) => void;
	/** Resolves when nothing is being written any more. */
	readonly close: () => Promise<void>;
};

const everyMs = 3000;

/** Writes new samples while `isWanted` says that somebody looks. Keeps no process alive. */
export function live(isWanted: () => boolean, log: (line: string) => void): Live {
	const sources = new Map<string, LiveSource>();
	let timer: NodeJS.Timeout | undefined;
	let writing: Promise<void> | undefined;

	const tick = async ({records, write}: LiveSource) => {
		try {
			const fresh = records();
			if (fresh.length > 0) await write(fresh);
		} catch (error) {
			log(`live samples: ${(error as Error).stack}`);
		}
	};
	const tickAll = async () => {
		for (const source of [...sources.values()]) await tick(source);
	};
	const onTimer = () => {
		// A slow write is not joined by the next.
		if (writing !== undefined || !isWanted()) return;
		writing = tickAll().finally(() => {
			writing = undefined;
		});
	};

	return {
		add: async (key, source) => {
			await tick(source);
			sources.set(key, source);
			timer ??= setInterval(onTimer, everyMs).unref();
		},
		remove: key => {
			sources.delete(key);
		},
		close: async () => {
			clearInterval(timer);
			sources.clear();
			await writing;
		},
	};
}
