import {sparkline} from '../../render/sparkline.ts';
import type {Sample} from '../../shell/time-series.ts';

type Point = {readonly at: number; readonly value: number | null};

/** Cells of a sparkline. */
export const sparkCells = 8;
/** So many intervals without a sample are a gap. */
const gapIntervals = 5;
/** So many without a new one, and a series has fallen silent. */
const silentIntervals = 3;
/** Of a series whose rhythm nobody knows, ms. */
const silence = 15 * 60_000;
/** A clock that is a little off makes no series silent, ms. */
const grace = 5_000;

const known = new WeakMap<readonly Sample[], {readonly points: readonly Point[]; readonly rhythm: number}>();
const sparks = new WeakMap<readonly Sample[], string>();

function look(samples: readonly Sample[]) {
	let found = known.get(samples);
	if (!found) {
		const times = samples.map(({timestamp}) => Date.parse(timestamp));
		const intervals = times.slice(1).map((time, index) => time - times[index]!);
		const rhythm = intervals.toSorted((a, b) => a - b)[Math.floor(intervals.length / 2)] ?? Number.NaN;
		const points: Point[] = [];
		for (const [index, {value}] of samples.entries()) {
			const at = times[index]!;
			const before = times[index - 1];
			if (before !== undefined && at - before > gapIntervals * rhythm) {
				points.push({at: (at + before) / 2, value: null});
			}
			const number = value.trim() === '' ? Number.NaN : Number(value);
			points.push({at, value: Number.isFinite(number) ? number : null});
		}
		found = {points, rhythm};
		known.set(samples, found);
	}
	return found;
}

/** Samples as numbers over time (epoch, ms); null where there is a gap. The same samples are the same points. */
export function pointsOf(samples: readonly Sample[]): readonly Point[] {
	return look(samples).points;
}

export function sparkOf(samples: readonly Sample[] | undefined): string {
	if (!samples || samples.length === 0) return '';
	let spark = sparks.get(samples);
	if (spark === undefined) {
		spark = sparkline(
			pointsOf(samples).map(({value}) => value),
			sparkCells,
		);
		sparks.set(samples, spark);
	}
	return spark;
}

/**
 * Whether a newer sample should have come by now: measured by the intervals between those that came or, where
 * there are too few, by a quarter of an hour. `age` in ms.
 */
export function isSilent(age: number, samples: readonly Sample[] | undefined): boolean {
	const rhythm = samples && samples.length > 2 ? look(samples).rhythm : Number.NaN;
	return age > (rhythm > 0 ? silentIntervals * rhythm + grace : silence);
}
