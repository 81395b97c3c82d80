import type {StoredRecord} from '../timestream/types.ts';
import {type TideStation, tideStations} from './noaa-tides.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** As often as NOAA predicts. */
const step = 6 * minute;
/** How far back a new database reaches. */
const history = 48 * hour;
/** A longer time without anybody there stays a gap. */
const longestCatchUp = 24 * hour;

/** Seattle speaks at every beat, each other station once a minute. */
const beat = 5 * second;
const beatsOfAll = minute / beat;
const alwaysThere = '9447130';

let known: readonly TideStation[] | undefined;
const stations = () => {
	known ??= tideStations();
	return known;
};

/** The level of the tide at all stations up to now, a batch a station. */
export function* tideHistory(now = Date.now()): Generator<readonly StoredRecord[]> {
	for (const station of stations()) yield station.records(now - history, now, step);
}

/** What has come since the newest record, `since` (epoch, ms), and after a pause what was missed. */
export function tideNow(now: number, since: number | undefined): readonly StoredRecord[] {
	const missed = now - Math.max(since ?? now, now - longestCatchUp);
	const caughtUp = missed > 2 * step ? stations().flatMap(each => each.records(now - missed, now, step)) : [];
	const at = now - (now % beat);
	const turn = (at / beat) % beatsOfAll;
	const speaking = stations().filter(
		({station}, index) => station === alwaysThere || index % beatsOfAll === turn,
	);
	return [...caughtUp, ...speaking.flatMap(each => each.records(at, at, beat))];
}
