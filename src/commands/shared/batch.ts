import type {Context, Output, Row} from '../../shell/command.ts';
import {type ErrorCode, type ShellError, toShellError} from '../../shell/errors.ts';
import {readableCount} from '../../shell/readable.ts';
import {breather} from '../../shell/slices.ts';

/** Under way at once: enough to hide the latency of small files, few enough not to crowd anybody out. */
const width = 6;
/** So many in a row that find no Exchange end the batch: the next thousand would not find it either. */
const lostInARow = 3;

const lost: ReadonlySet<ErrorCode> = new Set(['connection', 'timeout', 'throttled']);
const final: ReadonlySet<ErrorCode> = new Set(['cancelled', 'unauthorized']);

/** What became of the items of a batch, in their order. */
export type Results = {
	/** Records of what was done. */
	readonly done: readonly Row[];
	readonly failures: readonly ShellError[];
	/** Items that were not begun. */
	readonly left: number;
};

/**
 * Runs `work` on every item, a few at a time; what it returns is the record of what was done. A failure
 * does not stop the others. An abort, a refused token or a lost Exchange does: nothing more is begun, what
 * is under way is waited for.
 */
export async function runBatch<T>(
	{signal}: Pick<Context, 'signal'>,
	items: readonly T[],
	work: (item: T) => Promise<Row>,
): Promise<Results> {
	const done: (Row | undefined)[] = [];
	const failures: (ShellError | undefined)[] = [];
	let lostNow = 0;
	let stopped = false;
	const waiting = items.entries();
	const worker = async () => {
		for (const [index, item] of waiting) {
			if (stopped || signal.aborted) return;
			try {
				done[index] = await work(item);
				lostNow = 0;
			} catch (thrown) {
				const error = toShellError(thrown);
				failures[index] = error;
				lostNow = lost.has(error.code) ? lostNow + 1 : 0;
				if (final.has(error.code) || lostNow === lostInARow) stopped = true;
			}
		}
	};
	await Promise.all(Array.from({length: Math.min(width, items.length)}, worker));
	const rows = done.filter(row => row !== undefined);
	const errors = failures.filter(error => error !== undefined);
	return {done: rows, failures: errors, left: items.length - rows.length - errors.length};
}

/** Whether an error is not one thing's own: what comes next would meet it, too. */
export function endsAll({code}: ShellError): boolean {
	return lost.has(code) || final.has(code);
}

/** Takes steps that may fail each for itself; a lost Exchange, a refused token and an abort are thrown. */
export type Attempts = {
	readonly failures: ShellError[];
	readonly attempt: (step: () => unknown) => Promise<void>;
};

/** Between the steps keys and frames get through, however many there are. */
export function createAttempts({signal}: Pick<Context, 'signal'>): Attempts {
	const failures: ShellError[] = [];
	const breathe = breather(signal);
	return {
		failures,
		attempt: async step => {
			await breathe();
			try {
				await step();
			} catch (thrown) {
				const error = toShellError(thrown);
				if (endsAll(error)) throw error;
				failures.push(error);
			}
		},
	};
}

/** Records for `--json` and `--csv` that say nothing to a person. */
export function silent(records: readonly Row[]): Extract<Output, {kind: 'records'}> {
	return {kind: 'records', records, columns: [], layout: 'fields'};
}

/** Says what failed; with more than one thing done or tried also how many. Throws when it was cancelled. */
export function* report(failures: readonly ShellError[], done: number, left = 0): Generator<Output, void> {
	const cancelled = failures.find(error => error.code === 'cancelled');
	if (cancelled) throw cancelled;
	for (const error of failures) yield {kind: 'error', verb: undefined, error};
	if (failures.length === 0 || failures.length + done + left === 1) return;
	const counts = [`${readableCount(done)} done`, `${readableCount(failures.length)} failed`];
	if (left > 0) counts.push(`${readableCount(left)} not tried`);
	yield {kind: 'note', text: counts.join(', ')};
}
