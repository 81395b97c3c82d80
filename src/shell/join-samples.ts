import type {Sample} from './time-series.ts';

/** The samples of one time, by the place of their series; null where a series has none. */
export type Moment = {readonly timestamp: string; readonly values: readonly (string | null)[]};

type Source = {
	readonly pages: AsyncIterator<readonly Sample[]>;
	page: readonly Sample[];
	at: number;
	isDone: boolean;
};

/** Moments handed over at once, at most. */
const batch = 1_000;

/**
 * Several series, each in order of time, as one row a time; a page of each is all that is held, besides the
 * moments. Those at hand are handed over before a page that has yet to come, or fails to. Leaving early leaves
 * every series.
 */
export async function* joinSamples(
	series: readonly AsyncIterable<readonly Sample[]>[],
): AsyncGenerator<readonly Moment[]> {
	const sources = series.map((pages): Source => {
		return {pages: pages[Symbol.asyncIterator](), page: [], at: 0, isDone: false};
	});
	let moments: Moment[] = [];
	try {
		for (;;) {
			if (moments.length >= batch) {
				yield moments;
				moments = [];
			}
			const filled = Promise.all(sources.map(fill));
			// A series that has ended says so at once: what others have behind its end belongs to the same table.
			if (moments.length > 0 && !(await isSoon(filled))) {
				yield moments;
				moments = [];
			}
			await filled;
			const before = moments.length;
			while (moments.length < batch && sources.every(hasNext)) {
				const moment = earliest(sources);
				if (!moment) break;
				moments.push(moment);
			}
			if (moments.length > before) continue;
			if (moments.length > 0) yield moments;
			return;
		}
	} finally {
		await Promise.allSettled(sources.filter(({isDone}) => !isDone).map(({pages}) => pages.return?.()));
	}
}

/** Whether it is there without waiting for anything from outside; false of what fails. */
async function isSoon(work: Promise<unknown>): Promise<boolean> {
	const turn = new Promise<false>(resolve => setTimeout(resolve, 0, false));
	return Promise.race([work.then(() => true), turn]).catch(() => false);
}

const hasNext = ({page, at, isDone}: Source) => isDone || at < page.length;

async function fill(source: Source): Promise<void> {
	while (!hasNext(source)) {
		const next = await source.pages.next();
		source.isDone = next.done === true;
		source.page = next.done ? [] : next.value;
		source.at = 0;
	}
}

/** Takes the next sample of each series that has one at the earliest time. */
function earliest(sources: readonly Source[]): Moment | undefined {
	let first: string | undefined;
	let timestamp = '';
	for (const {page, at} of sources) {
		const sample = page[at];
		if (!sample) continue;
		const key = timeKey(sample.timestamp);
		if (first === undefined || key < first) {
			first = key;
			timestamp = sample.timestamp;
		}
	}
	if (first === undefined) return undefined;
	const values = sources.map(source => {
		const sample = source.page[source.at];
		if (!sample || timeKey(sample.timestamp) !== first) return null;
		source.at++;
		return sample.value;
	});
	return {timestamp, values};
}

/** An ISO 8601 time, UTC, as text that sorts: with nine digits of a second, since `.5Z` is `.500Z`. */
export function timeKey(timestamp: string): string {
	const [seconds = '', fraction = ''] = timestamp.replace(/Z$/, '').split('.');
	return `${seconds}.${fraction.padEnd(9, '0')}`;
}
