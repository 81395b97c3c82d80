import type {Context, Output, Progress} from './command.ts';

/** Between two progress outputs of one transfer, ms. */
const interval = 100;

/**
 * Runs `work` and yields what it reports (bytes so far, not increments) at most ten times a second, the
 * last time with `done`, also when `work` fails. Returns or throws what `work` does.
 */
export async function* withProgress<T>(
	context: Pick<Context, 'now'>,
	{key, label, total}: {readonly key: string; readonly label: string; readonly total: number | null},
	work: (report: (bytes: number) => void) => Promise<T>,
): AsyncGenerator<Output, T> {
	const startedAt = context.now();
	let bytes = 0;
	let yieldedAt = startedAt;
	let wake = () => {};
	let timer: ReturnType<typeof setTimeout> | undefined;
	const progress = (): Progress => ({
		kind: 'progress',
		key,
		label,
		bytes,
		total,
		startedAt,
		at: context.now(),
	});

	let finished = false;
	const result = work(reported => {
		bytes = reported;
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
		if (context.now() - yieldedAt < interval || bytes === 0) await due;
		clearTimeout(timer);
		timer = undefined;
		if (finished) break;
		yieldedAt = context.now();
		yield progress();
	}
	yield {...progress(), done: true};
	return await result;
}
