import type {Context, Output, Progress} from './command.ts';

/** Between two progress outputs of one transfer, ms. */
const interval = 100;

/** What can be told besides bytes. */
export type Stage = Partial<Pick<Progress, 'percent' | 'detail' | 'total'>>;

/**
 * Runs `work` and yields what it reports (bytes so far, not increments, and at which stage it is) at most ten times a second, the
 * last time with `done`, also when `work` fails. Returns or throws what `work` does.
 */
export async function* withProgress<T>(
	context: Pick<Context, 'now'>,
	{key, label, total}: {readonly key: string; readonly label: string; readonly total: number | null},
	work: (report: (bytes: number, stage?: Stage) => void) => Promise<T>,
): AsyncGenerator<Output, T> {
	const startedAt = context.now();
	let bytes = 0;
	let stage: Stage = {};
	let isReported = false;
	let yieldedAt = startedAt;
	let wake = () => {};
	let timer: ReturnType<typeof setTimeout> | undefined;
	const progress = (): Progress => ({
		kind: 'progress',
		key,
		label,
		bytes,
		total,
		...stage,
		startedAt,
		at: context.now(),
	});

	let finished = false;
	const result = work((reported, at = {}) => {
		bytes = reported;
		stage = at;
		isReported = true;
		if (context.now() - yieldedAt >= interval) wake();
		// Said even when nothing more is reported for a while.
		else timer ??= setTimeout(() => wake(), interval);
	}).finally(() => {
		finished = true;
		clearTimeout(timer);
		wake();
	});
	// Awaited only after the last progress: a failure in between is not unhandled.
	result.catch(() => {});

	while (!finished) {
		const due = new Promise<void>(resolve => {
			wake = resolve;
		});
		// What was reported while the consumer held the last output is due now.
		if (context.now() - yieldedAt < interval || !isReported) await due;
		clearTimeout(timer);
		timer = undefined;
		if (finished) break;
		yieldedAt = context.now();
		yield progress();
	}
	yield {...progress(), done: true};
	return await result;
}
