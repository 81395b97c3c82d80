import {sparkline} from '../../render/sparkline.ts';
import {numberOf} from '../../shell/numeric.ts';
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

const rhythms = new WeakMap<readonly Sample[], number>();
const drawings = new WeakMap<readonly Sample[], readonly Point[]>();
const sparks = new WeakMap<readonly Sample[], string>();

const timeOf = ({timestamp}: Sample) => Date.parse(timestamp);

/** The usual time between two samples, ms; NaN where there are too few. */
function rhythmOf(samples: readonly Sample[]): number {
	let rhythm = rhythms.get(samples);
	if (rhythm === undefined) {
		const times = samples.map(timeOf);
		const intervals = times.slice(1).map((time, index) => time - times[index]!);
		rhythm = intervals.toSorted((a, b) => a - b)[Math.floor(intervals.length / 2)] ?? Number.NaN;
		rhythms.set(samples, rhythm);
	}
	return rhythm;
}

/** Samples as numbers over time (epoch, ms); null where there is a gap. The same samples are the same points. */
export function pointsOf(samples: readonly Sample[]): readonly Point[] {
	let points = drawings.get(samples);
	if (!points) {
		const longest = gapIntervals * rhythmOf(samples);
		points = samples.flatMap((sample, index) => {
			const at = timeOf(sample);
			const before = index === 0 ? at : timeOf(samples[index - 1]!);
			const gap = at - before > longest ? [{at: (at + before) / 2, value: null}] : [];
			return [...gap, {at, value: numberOf(sample.value)}];
		});
		drawings.set(samples, points);
	}
	return points;
}

export function sparkOf(samples: readonly Sample[] | undefined): string {
	if (!samples || samples.length === 0) return '';
	let spark = sparks.get(samples);
	if (spark === undefined) {
		spark = sparkline(
			samples.map(({value}) => numberOf(value)),
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
	if (age <= grace) return false;
	const rhythm = samples && samples.length > 2 ? rhythmOf(samples) : Number.NaN;
	return age > (rhythm > 0 ? silentIntervals * rhythm + grace : silence);
}
