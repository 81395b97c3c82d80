/** A series in columns: epoch in ns, rising, and values. */
export type Series = {readonly times: BigInt64Array; readonly values: Float64Array};

/** A point of a series. */
export type Point = readonly [time: bigint, value: number];

export type Interpolation = 'linear' | 'locf' | 'fill' | 'spline_cubic';

/**
 * The values of a series at `targets`, which may come in any order. A target that a method can say nothing about
 * (before the first point, or after the last for those that need both neighbours) is left out; `fill` gives `fill`
 * for every target that is not a point.
 */
export function interpolate(
	kind: Interpolation,
	series: Series,
	targets: Iterable<bigint>,
	fill: number | null,
): Point[] {
	const {times, values} = series;
	const curvature = kind === 'spline_cubic' && times.length > 2 ? curvatures(series) : undefined;
	const found: Point[] = [];
	let place = -1;
	for (const target of targets) {
		place = advance(times, place, target);
		const before = place < 0 ? undefined : values[place];
		let value: number | null | undefined;
		if (place >= 0 && times[place] === target) value = before;
		else if (kind === 'fill') value = fill;
		else if (kind === 'locf') value = before;
		else value = between(series, place, target, curvature);
		if (value !== undefined && value !== null) found.push([target, value]);
	}
	return found;
}

/** Place of the last point not after `target`, -1 when there is none. Quick when targets rise. */
function advance(times: BigInt64Array, from: number, target: bigint): number {
	let place = from;
	if (place >= 0 && times[place]! > target) place = -1;
	while (place + 1 < times.length && times[place + 1]! <= target) place++;
	return place;
}

function between(
	{times, values}: Series,
	place: number,
	target: bigint,
	curvature: Float64Array | undefined,
): number | undefined {
	if (place < 0 || place + 1 >= times.length) return undefined;
	const [left, right] = [values[place]!, values[place + 1]!];
	const width = seconds(times[place + 1]! - times[place]!);
	const after = seconds(target - times[place]!);
	if (curvature === undefined) return left + ((right - left) * after) / width;
	const until = width - after;
	const [bendLeft, bendRight] = [curvature[place]!, curvature[place + 1]!];
	return (
		(bendLeft * until ** 3 + bendRight * after ** 3) / (6 * width) +
		(left / width - (bendLeft * width) / 6) * until +
		(right / width - (bendRight * width) / 6) * after
	);
}

/** Second derivatives of the natural cubic spline, by the tridiagonal algorithm. */
function curvatures({times, values}: Series): Float64Array {
	const count = times.length;
	const width = (at: number) => seconds(times[at + 1]! - times[at]!);
	const slope = (at: number) => (values[at + 1]! - values[at]!) / width(at);
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
