import type {Context} from '../../shell/command.ts';
import {allowed} from '../../shell/lookup.ts';
import type {LatestValues, TimeSeriesDb} from '../../shell/time-series.ts';

/** Between two partial readings, ms: each costs a sort and a frame. */
const pace = 250;
/** A reading of this age, ms, was made for this very line. */
const fresh = 1_000;

/** `isLast`: whole and new. */
export type Reading = {readonly values: LatestValues; readonly isLast: boolean};

/**
 * The latest values of a database. Someone who watches gets what is cached, then what the pages so far hold,
 * at most a few times a second, and the last; a script gets only that.
 */
export async function* latestPages(
	{exchange, signal, redraws}: Pick<Context, 'exchange' | 'signal' | 'redraws'>,
	{timeSeriesDbId, name}: TimeSeriesDb,
): AsyncGenerator<Reading> {
	const {timeSeries} = exchange;
	if (!redraws) {
		const values = await allowed(name, timeSeries.latest(timeSeriesDbId, {signal, maxAge: fresh}));
		yield {values, isLast: true};
		return;
	}
	const cached = timeSeries.cachedLatest(timeSeriesDbId);
	let page: LatestValues | undefined;
	let hasEnded = false;
	let wake = () => {};
	const onPage = (values: LatestValues) => {
		page = values;
		wake();
	};
	const reading = allowed(name, timeSeries.latest(timeSeriesDbId, {signal, maxAge: fresh, onPage}));
	const end = () => {
		hasEnded = true;
		wake();
	};
	reading.then(end, end);
	if (cached) yield {values: cached, isLast: false};
	for (let shownAt = Number.NEGATIVE_INFINITY; !hasEnded; ) {
		// Cached rows are more than the first pages of the new ones.
		if (page && !cached?.isComplete && performance.now() - shownAt >= pace) {
			yield {values: page, isLast: false};
			page = undefined;
			shownAt = performance.now();
		} else {
			await new Promise<void>(resolve => {
				wake = resolve;
			});
		}
	}
	yield {values: await reading, isLast: true};
}
