import type {RejectedRecord, StoredRecord} from './types.ts';
import type {WriteQueue} from './write-queue.ts';

type Batch = readonly StoredRecord[];
type Rejections = readonly RejectedRecord[];
type Waiting = {
	readonly records: Batch;
	readonly done: (rejected: Rejections) => void;
	readonly failed: (error: unknown) => void;
};

// Most of a write's time is the commit's; more than these would make the first of them wait for long.
const mostRecords = 2000;

/**
 * Writes that share their transactions: while the queue is busy, batches for the same database gather, and its next
 * turn takes them together.
 */
export function groupedWrites(
	queue: WriteQueue,
	writeAll: (timeSeriesDbId: string, batches: readonly Batch[]) => Promise<readonly Rejections[]>,
): (timeSeriesDbId: string, records: Batch) => Promise<Rejections> {
	const waiting = new Map<string, Waiting[]>();

	const take = (timeSeriesDbId: string): readonly Waiting[] => {
		const all = waiting.get(timeSeriesDbId) ?? [];
		let end = 0;
		for (let count = 0; end < all.length; end++) {
			count += all[end]!.records.length;
			if (count > mostRecords && end > 0) break;
		}
		const taken = all.splice(0, end);
		if (all.length === 0) waiting.delete(timeSeriesDbId);
		else schedule(timeSeriesDbId);
		return taken;
	};
	const schedule = (timeSeriesDbId: string): void => {
		let taken: readonly Waiting[] = [];
		queue
			.run(async () => {
				taken = take(timeSeriesDbId);
				const batches = taken.map(({records}) => records);
				const rejections = await writeAll(timeSeriesDbId, batches);
				for (const [index, {done}] of taken.entries()) done(rejections[index]!);
			})
			.catch(error => {
				// A closed queue has not run the task: then all that wait have failed.
				if (taken.length === 0) taken = take(timeSeriesDbId);
				for (const {failed} of taken) failed(error);
			});
	};
	return (timeSeriesDbId, records) =>
		new Promise((done, failed) => {
			const batch = {records, done, failed};
			const others = waiting.get(timeSeriesDbId);
			if (others !== undefined) {
				others.push(batch);
				return;
			}
			waiting.set(timeSeriesDbId, [batch]);
			schedule(timeSeriesDbId);
		});
}
