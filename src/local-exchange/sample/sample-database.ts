import type {StoredRecord} from '../timestream/types.ts';

/** A time-series database as the sample describes it: nothing of it is on the exchange yet. */
export type SampleDatabase = {
	/** Also what tells it from the others from one start to the next: it stays. */
	readonly name: string;
	readonly description: string;
	/** Batches, made only when they are asked for. May be gone through again. */
	readonly records: Iterable<readonly StoredRecord[]>;
	/**
	 * What has been measured between `since`, the time of the newest sample there is (epoch ms; undefined when there
	 * is none), and `now`. Asked every few seconds while somebody uses the exchange, and once when the database is
	 * used for the first time after a start, when `since` may lie far back.
	 */
	readonly live?: (now: number, since: number | undefined) => readonly StoredRecord[];
};
