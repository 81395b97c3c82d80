import type {Context, Output, Row} from '../../shell/command.ts';
import {withProgress} from '../../shell/progress.ts';
import {about} from './about.ts';
import {type Results, runBatch} from './batch.ts';

/** Tells how many bytes of one item have moved so far. */
export type Report = (bytes: number) => void;

/** `runBatch` with one progress line for all items together; none for no items. */
export async function* runTransfer<T>(
	context: Context,
	line: {readonly key: string; readonly label: string; readonly total: number | null},
	items: readonly T[],
	work: (item: T, report: Report) => Promise<Row>,
): AsyncGenerator<Output, Results> {
	if (items.length === 0) return {done: [], failures: [], left: 0};
	let bytes = 0;
	let results: Results | undefined;
	const running = withProgress(context, line, async report => {
		results = await runBatch(context, items, item => {
			let before = 0;
			return work(item, now => {
				// A transfer that starts over counts down again.
				bytes += now - before;
				before = now;
				report(bytes);
			});
		});
		return results;
	});
	for await (const output of running) {
		const ended = output.kind === 'progress' && output.done === true;
		if (!ended || results?.done.length !== 0) yield output;
		// What has not begun has no end to tell of.
		else if (bytes > 0) yield {...output, failed: true};
	}
	return results!;
}

/**
 * Runs a transfer of `path` with a signal that ends with the context's, and when `work` fails: what it
 * has left open, such as a download nobody reads any more, ends, too. Errors name the path.
 */
export async function transferring<T>(
	context: Pick<Context, 'signal'>,
	path: string,
	work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
	const own = new AbortController();
	const abort = () => own.abort();
	// Not AbortSignal.any, whose signals of 10,000 files pile up until the next big collection.
	context.signal.addEventListener('abort', abort);
	if (context.signal.aborted) abort();
	try {
		return await about(path, work(own.signal));
	} catch (thrown) {
		abort();
		throw thrown;
	} finally {
		context.signal.removeEventListener('abort', abort);
	}
}
