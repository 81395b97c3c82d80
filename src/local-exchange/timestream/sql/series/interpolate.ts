/** A point of a series: epoch in ns, and a value. */
export type Point = readonly [time: bigint, value: number];

export type Interpolation = 'linear' | 'locf' | 'fill' | 'spline_cubic';

/**
 * The values of a series at `targets`. `points` rise in time; targets may come in any order. A target that a
 * method can say nothing about (before the first point, or after the last for those that need both
 * neighbours) is left out; `fill` gives `fill` for every target that is not a point.
 */
export function interpolate(
	kind: Interpolation,
	points: readonly Point[],
	targets: Iterable<bigint>,
	fill: number | null,
): Point[] {
	const curvature = kind === 'spline_cubic' && points.length > 2 ? curvatures(points) : undefined;
	const found: Point[] = [];
	let place = -1;
	for (const target of targets) {
		place = advance(points, place, target);
		const before = points[place];
		const value =
			before?.[0] === target
				? before[1]
				: kind === 'fill'
					? fill
					: kind === 'locf'
						? before?.[1]
						: between(points, place, target, curvature);
		if (value !== undefined && value !== null) found.push([target, value]);
	}
	return found;
}

/** Place of the last point not after `target`, -1 when there is none. Quick when targets rise. */
function advance(points: readonly Point[], from: number, target: bigint): number {
	let place = from;
	if (place >= 0 && points[place]![0] > target) place = -1;
	while (place + 1 < points.length && points[place + 1]![0] <= target) place++;
	return place;
}

function between(
	points: readonly Point[],
	place: number,
	target: bigint,
	curvature: Float64Array | undefined,
): number | undefined {
	const left = points[place];
	const right = points[place + 1];
	if (left === undefined || right === undefined) return undefined;
	const width = seconds(right[0] - left[0]);
	const after = seconds(target - left[0]);
	if (curvature === undefined) return left[1] + ((right[1] - left[1]) * after) / width;
	const until = width - after;
	const [bendLeft, bendRight] = [curvature[place]!, curvature[place + 1]!];
	return (
		(bendLeft * until ** 3 + bendRight * after ** 3) / (6 * width) +
		(left[1] / width - (bendLeft * width) / 6) * until +
		(right[1] / width - (bendRight * width) / 6) * after
	);
}

/** Second derivatives of the natural cubic spline, by the tridiagonal algorithm. */
function curvatures(points: readonly Point[]): Float64Array {
	const count = points.length;
	const width = (at: number) => seconds(points[at + 1]![0] - points[at]![0]);
	const slope = (at: number) => (points[at + 1]![1] - points[at]![1]) / width(at);
	const upper = new Float64Array(count);
	const result = new Float64Array(count);
	for (let at = 1; at < count - 1; at++) {
		const pivot = 2 * (width(at - 1) + width(at)) - width(at - 1) * upper[at - 1]!;
		upper[at] = width(at) / pivot;
		result[at] = (6 * (slope(at) - slope(at - 1)) - width(at - 1) * result[at - 1]!) / pivot;
	}
	for (let at = count - 2; at > 0; at--) result[at] = result[at]! - upper[at]! * result[at + 1]!;
	return result;
}

function seconds(ns: bigint): number {
	return Number(ns) / 1e9;
}
