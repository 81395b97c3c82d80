import type {Context, Output, Row} from '../../shell/command.ts';
import {type ShellError, toShellError} from '../../shell/errors.ts';
import {readableCount} from '../../shell/readable.ts';

/** Under way at once: enough to hide the latency of small files, few enough not to crowd anybody out. */
const width = 4;
/** So many in a row that find no Exchange end the batch: the next thousand would not find it either. */
const lostInARow = 3;

/** What became of the items of a batch, failures in the order of the items. */
export type Results = {readonly done: readonly Row[]; readonly failures: readonly ShellError[]};

/**
 * Runs `work` on every item, a few at a time; what it returns is the record of what was done. A failure
 * does not stop the others. An abort, a refused token or a lost Exchange does: nothing more is begun, what
 * is under way is waited for.
 */
export async function runBatch<T>(
	{signal}: Pick<Context, 'signal'>,
	items: readonly T[],
	work: (item: T) => Promise<Row | undefined>,
): Promise<Results> {
	const done: (Row | undefined)[] = [];
	const failures: (ShellError | undefined)[] = [];
	let lost = 0;
	let stopped = false;
	const waiting = items.entries();
	const worker = async () => {
		for (const [index, item] of waiting) {
			if (stopped || signal.aborted) return;
			try {
				done[index] = await work(item);
				lost = 0;
			} catch (thrown) {
				const error = toShellError(thrown);
				failures[index] = error;
				lost = ['connection', 'timeout', 'throttled'].includes(error.code) ? lost + 1 : 0;
				if (['unauthorized', 'cancelled'].includes(error.code) || lost === lostInARow) stopped = true;
			}
		}
	};
	await Promise.all(Array.from({length: width}, worker));
	return {
		done: done.filter(row => row !== undefined),
		failures: failures.filter(error => error !== undefined),
	};
}

/** Rows for `--json` and scripts that say nothing to a person. */
export function silent(records: readonly Row[]): Output {
	return {kind: 'records', records, columns: [], layout: 'fields'};
}

/** Says what failed; with more than one thing done or tried also how many. Throws when it was cancelled. */
export function* report(failures: readonly ShellError[], done: number): Generator<Output, void> {
	const cancelled = failures.find(error => error.code === 'cancelled');
	if (cancelled) throw cancelled;
	for (const error of failures) yield {kind: 'error', verb: undefined, error};
	if (failures.length > 0 && failures.length + done > 1) {
		yield {kind: 'note', text: `${readableCount(done)} done, ${readableCount(failures.length)} failed`};
	}
}
