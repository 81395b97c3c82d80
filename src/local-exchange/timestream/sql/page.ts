import type {Execution} from './execution.ts';
import {QueryError} from './query-error.ts';
import type {Batch} from './result/rows.ts';

/** Rows of an answer. */
export type Page = {
	/** JSON of each, with commas between them. */
	readonly rows: string;
	/** Whether the query may have more. */
	readonly more: boolean;
};

/** Fills one page after the other. Not to be called while a call is under way. */
export type Pages = (options: {
	/** How long to wait for rows: what is there by then is the page, perhaps nothing. */
	readonly holdMs: number;
}) => Promise<Page>;

/** Of a page, as Timestream has it. */
const maxBytes = 1024 * 1024;
/** Left for everything but the rows. */
const frameBytes = 64 * 1024;
/** How long a full page waits to learn whether it is the last: a part of what one without rows may wait. */
const peekShare = 1 / 50;

const late = Symbol('late');

export function pagesOf(execution: Execution, maxRows: number): Pages {
	const room = maxBytes - frameBytes;
	let ready: Batch = {rows: [], isAscii: true};
	let at = 0;
	let ahead: ReturnType<Execution['next']> | undefined;
	let ended = false;

	/** Makes sure that there is a row, or no more; `late` when neither is known in time. */
	const look = async (patienceMs: number): Promise<typeof late | undefined> => {
		while (at >= ready.rows.length && !ended) {
			ahead ??= execution.next();
			const batch = await within(ahead, patienceMs);
			if (batch === late) return late;
			ahead = undefined;
			ready = batch ?? {rows: [], isAscii: true};
			at = 0;
			ended = batch === undefined;
		}
		return undefined;
	};

	return async ({holdMs}) => {
		const deadline = performance.now() + holdMs;
		let rows = '';
		let count = 0;
		let bytes = 0;
		while (count < maxRows) {
			if ((await look(Math.max(deadline - performance.now(), 0))) === late) return {rows, more: true};
			if (ended) return {rows, more: false};
			const row = ready.rows[at]!;
			bytes += 1 + (ready.isAscii ? row.length : Buffer.byteLength(row));
			if (bytes > room) {
				if (count > 0) return {rows, more: true};
				const message = 'Query aborted as max page response size has been exceeded by the output result row';
				throw new QueryError('ValidationException', message);
			}
			rows += count > 0 ? `,${row}` : row;
			count++;
			at++;
		}
		await look(holdMs * peekShare);
		return {rows, more: !ended};
	};
}

async function within<T>(promise: Promise<T>, ms: number): Promise<T | typeof late> {
	let timer: NodeJS.Timeout | undefined;
	const timeout = new Promise<typeof late>(resolve => {
		timer = setTimeout(resolve, ms, late);
	});
	// It may fail after it was given up on: then the next page says so.
	promise.catch(() => {});
	try {
		return await Promise.race([promise, timeout]);
	} finally {
		clearTimeout(timer);
	}
}
