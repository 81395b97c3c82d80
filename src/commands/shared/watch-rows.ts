import type {Context, Output} from '../../shell/command.ts';
import {ShellError} from '../../shell/errors.ts';
import type {LatestValues} from '../../shell/time-series.ts';
import {createBell} from './bell.ts';
import type {LatestRow} from './latest-rows.ts';

/** Between two outputs, ms, however fast values change. */
const pace = 250;
/** Ages grow while nothing changes: a person sees them do so. ms. */
const tick = 1_000;
/** Assets whose events are asked for; the others are polled. */
const followed = 100;

/**
 * The rows of a database each time they have changed, at most a few times a second, until Ctrl-C. For a
 * person all of them, also when only ages have grown; `isLive` says whether events come. For a script those
 * that have changed since `before`, and Ctrl-C is `cancelled`.
 */
export async function* watchRows(
	{exchange, signal, interactive}: Pick<Context, 'exchange' | 'signal' | 'interactive'>,
	timeSeriesDbId: string,
	{
		before,
		rowsOf,
		show,
	}: {
		readonly before: readonly LatestRow[];
		readonly rowsOf: (values: LatestValues) => readonly LatestRow[];
		readonly show: (rows: readonly LatestRow[], isLive: boolean) => Iterable<Output>;
	},
): AsyncGenerator<Output> {
	const {timeSeries} = exchange;
	let rows = before;
	let isLive = false;
	let lost: Error | undefined;
	const changes = createBell(signal);
	const following = timeSeries.watchLatest(timeSeriesDbId, {
		onChange: changes.ring,
		onLive: live => {
			isLive = live;
			if (interactive) changes.ring();
		},
		onError: error => {
			lost = error;
			changes.ring();
		},
	});
	try {
		for (let ids = ''; ; ) {
			const wanted = idsOf(rows);
			if (wanted.join() !== ids) following.follow(wanted);
			ids = wanted.join();
			await changes.wait(interactive ? tick : undefined);
			if (signal.aborted) break;
			if (lost)
				yield {
					kind: 'note',
					tone: 'warning',
					text: `no live events (${lost.message}), only a look now and then`,
				};
			lost = undefined;
			const values = timeSeries.cachedLatest(timeSeriesDbId);
			const now = values ? rowsOf(values) : rows;
			const startedAt = performance.now();
			if (interactive) yield* show(now, isLive);
			else yield* show(changedRows(rows, now), isLive);
			rows = now;
			// A long table takes long to draw: what is typed meanwhile comes first.
			await changes.rest(Math.max(pace, 20 * (performance.now() - startedAt)));
		}
	} finally {
		following.close();
		changes.close();
	}
	if (!interactive) throw new ShellError('cancelled', 'cancelled');
}

/** The assets at the top, in order of their ids, so that the same ones are the same text. */
function idsOf(rows: readonly LatestRow[]): readonly string[] {
	const ids = new Set<string>();
	for (const {assetId} of rows) {
		if (ids.size === followed) break;
		ids.add(assetId);
	}
	return [...ids].sort();
}

function changedRows(before: readonly LatestRow[], now: readonly LatestRow[]): readonly LatestRow[] {
	const known = new Map(before.map(row => [keyOf(row), row]));
	return now.filter(row => {
		const old = known.get(keyOf(row));
		return old?.lastValue !== row.lastValue || old.lastValueTime !== row.lastValueTime;
	});
}

const keyOf = ({assetId, attribute}: LatestRow) => JSON.stringify([assetId, attribute]);
