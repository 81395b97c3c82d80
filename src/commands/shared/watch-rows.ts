import type {Context, Output} from '../../shell/command.ts';
import {isRefusal, ShellError} from '../../shell/errors.ts';
import {counted} from '../../shell/readable.ts';
import type {LatestValues, TimeSeriesDb} from '../../shell/time-series.ts';
import {errorAbout} from './about.ts';
import {createBell} from './bell.ts';
import type {LatestRow} from './latest-rows.ts';

/** Between two outputs, ms, however fast values change. */
const pace = 250;
/** Ages grow while nothing changes: a person sees them do so. ms. */
const tick = 1_000;
/** Assets whose events are asked for; the others are polled. */
const mostFollowed = 100;
/** Rows that a person can see at once: a live table that is longer scrolls away from whoever reads it. */
const mostShown = 50;

export type Watched = {
	readonly before: readonly LatestRow[];
	readonly rowsOf: (values: LatestValues) => readonly LatestRow[];
	/** `total`: rows there are, shown or not. */
	readonly show: (
		rows: readonly LatestRow[],
		live: {readonly isLive: boolean; readonly total: number},
	) => Iterable<Output>;
};

/**
 * The rows of a database each time they have changed, at most a few times a second, until Ctrl-C. For a
 * person the first ones, also when only their ages have grown; `isLive` says whether events come. For a
 * script all those that have changed since `before`, and Ctrl-C is `cancelled`. Throws once the database itself
 * is refused, naming it.
 */
export async function* watchRows(
	{exchange, signal, redraws}: Pick<Context, 'exchange' | 'signal' | 'redraws'>,
	database: TimeSeriesDb,
	{before, rowsOf, show}: Watched,
): AsyncGenerator<Output> {
	const {timeSeries} = exchange;
	const {timeSeriesDbId} = database;
	const assets = new Set(before.map(({assetId}) => assetId)).size;
	if (!redraws && assets > mostFollowed) {
		const text = `${counted(assets, 'asset')}: events of ${mostFollowed}, a look at the others now and then`;
		yield {kind: 'note', text};
	}
	let rows = before;
	let isLive = false;
	let lost: Error | undefined;
	/** Events alone may be refused; whether the database is, its values tell. */
	const demandReadable = () =>
		timeSeries.latest(timeSeriesDbId, {signal, maxAge: 0}).catch((thrown: unknown) => {
			if (isRefusal(thrown)) throw errorAbout(database.name, thrown);
		});
	const changes = createBell(signal);
	const following = timeSeries.watchLatest(timeSeriesDbId, {
		onChange: changes.ring,
		onLive: live => {
			isLive = live;
			if (redraws) changes.ring();
		},
		onError: error => {
			lost = error;
			changes.ring();
		},
	});
	try {
		for (let followed: ReadonlySet<string> = new Set(); ; ) {
			const wanted = toFollow(rows, redraws ? mostShown : mostFollowed, followed);
			if (wanted !== followed) following.follow([...wanted]);
			followed = wanted;
			await changes.wait(redraws ? tick : undefined);
			if (signal.aborted) break;
			if (isRefusal(lost)) await demandReadable();
			if (lost) yield {kind: 'note', tone: 'warning', text: withoutEvents(lost)};
			lost = undefined;
			const startedAt = performance.now();
			const values = timeSeries.cachedLatest(timeSeriesDbId);
			const now = values ? rowsOf(values) : rows;
			const shown = redraws ? now.slice(0, mostShown) : changedRows(rows, now);
			yield* show(shown, {isLive, total: now.length});
			rows = now;
			// A long table takes long to draw: what is typed meanwhile comes first.
			await changes.rest(Math.max(pace, 20 * (performance.now() - startedAt)));
		}
	} finally {
		following.close();
		changes.close();
	}
	if (!redraws) throw new ShellError('cancelled', 'cancelled');
}

const withoutEvents = ({message}: Error) => `no live events (${message}), only a look now and then`;

/**
 * The assets of the first rows, then others as long as there is room. The same set as before while that holds
 * all that are seen: a table in order of time would have it change with each event.
 */
function toFollow(
	rows: readonly LatestRow[],
	seen: number,
	followed: ReadonlySet<string>,
): ReadonlySet<string> {
	if (followed.size > 0 && rows.slice(0, seen).every(({assetId}) => followed.has(assetId))) return followed;
	const ids = new Set<string>();
	for (const {assetId} of rows) {
		if (ids.size === mostFollowed) break;
		ids.add(assetId);
	}
	return ids;
}

function changedRows(before: readonly LatestRow[], now: readonly LatestRow[]): readonly LatestRow[] {
	const known = new Map(before.map(row => [keyOf(row), row]));
	return now.filter(row => {
		const old = known.get(keyOf(row));
		return old?.lastValue !== row.lastValue || old.lastValueTime !== row.lastValueTime;
	});
}

const keyOf = ({assetId, attribute}: LatestRow) => JSON.stringify([assetId, attribute]);
