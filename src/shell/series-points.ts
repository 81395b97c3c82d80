import type {Chart} from './command.ts';

type Point = Chart['series'][number]['points'][number];

/** Times as much as nearly all distances between points: longer without one is a gap. */
const gapFactor = 3;
const nearlyAll = 0.9;
/** Points from which on it can be told how far they usually lie apart. */
const fewest = 4;

/** Points with a null where the series has a gap. */
export type Gapped = {readonly points: readonly Point[]; readonly gaps: number};

/**
 * Finds the gaps of samples that come at a pace of their own: distances much longer than nearly all. A value
 * that is no number is a gap, too.
 */
export function withGaps(samples: readonly Point[]): Gapped {
	const known = samples.filter(({value}) => value !== null);
	const distances = known.slice(1).map(({at}, index) => at - known[index]!.at);
	const usual = distances.toSorted((a, b) => a - b)[Math.floor(distances.length * nearlyAll)] ?? 0;
	return opened(samples, known.length < fewest ? Number.POSITIVE_INFINITY : gapFactor * usual);
}

/** The same of points that stand for intervals of `every` ms: an interval without one is a gap. */
export function withEmptyIntervals(samples: readonly Point[], every: number): Gapped {
	const interval = (at: number) => Math.floor(at / every);
	return opened(samples, 0, (before, after) => interval(after) - interval(before) > 1);
}

function opened(
	samples: readonly Point[],
	longest: number,
	isGap = (before: number, after: number) => after - before > longest,
): Gapped {
	const points: Point[] = [];
	let gaps = 0;
	let before: Point | undefined;
	for (const point of samples) {
		if (before && before.value !== null && point.value === null) gaps++;
		else if (before && before.value !== null && isGap(before.at, point.at)) {
			points.push({at: before.at + (point.at - before.at) / 2, value: null});
			gaps++;
		}
		points.push(point);
		before = point;
	}
	return {points, gaps};
}
