import type {Context, Progress} from '../../shell/command.ts';
import {counted, readableBytes} from '../../shell/readable.ts';
import type {QueryPage} from '../../shell/time-series.ts';

/** A page that takes longer is worth a word, ms. */
const patience = 400;

/** Pages, and progress in between while nothing comes. Leaving early cancels the query. */
export async function* withWaiting(
	{now}: Pick<Context, 'now'>,
	pages: AsyncIterable<QueryPage>,
): AsyncGenerator<QueryPage | Progress> {
	const startedAt = now();
	const iterator = pages[Symbol.asyncIterator]();
	let rows = 0;
	let last: QueryPage | undefined;
	let isSaid = false;
	const progress = (): Progress => ({
		kind: 'progress',
		key: 'query',
		label: 'query',
		bytes: 0,
		total: null,
		...(typeof last?.progress === 'number' && {percent: last.progress}),
		detail: scanned(rows, last?.bytesScanned),
		startedAt,
		at: now(),
	});
	let isDone = false;
	try {
		for (;;) {
			const next = iterator.next();
			for (;;) {
				const step = await soon(next);
				if (step) break;
				isSaid = true;
				yield progress();
			}
			const step = await next;
			if (step.done) break;
			last = step.value;
			rows += last.rows.length;
			if (isSaid) yield progress();
			yield last;
		}
		isDone = true;
		if (isSaid) yield {...progress(), done: true};
	} catch (thrown) {
		if (isSaid) yield {...progress(), done: true, failed: true};
		throw thrown;
	} finally {
		if (!isDone) await iterator.return?.();
	}
}

/** What a query has come to: `1,440 rows, 12 MB scanned`. */
export function scanned(rows: number, bytes: number | null | undefined): string {
	return [counted(rows, 'row'), ...(bytes ? [`${readableBytes(bytes)} scanned`] : [])].join(', ');
}

/** True when it settles soon, false after a while. */
async function soon(work: Promise<unknown>): Promise<boolean> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const late = new Promise<false>(resolve => {
		timer = setTimeout(() => resolve(false), patience);
	});
	try {
		return await Promise.race([work.then(() => true as const), late]);
	} finally {
		clearTimeout(timer);
	}
}
