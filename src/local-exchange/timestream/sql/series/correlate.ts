import type {Series} from './interpolate.ts';

export type Correlation = 'pearson' | 'spearman';

/** Correlation of two series over the times both have; NaN when there is nothing to compare. */
export function correlate(kind: Correlation, first: Series, second: Series): number {
	const left: number[] = [];
	const right: number[] = [];
	let place = 0;
	for (const [at, time] of first.times.entries()) {
		while (place < second.times.length && second.times[place]! < time) place++;
		if (second.times[place] !== time) continue;
		left.push(first.values[at]!);
		right.push(second.values[place]!);
	}
	return kind === 'pearson' ? pearson(left, right) : pearson(ranks(left), ranks(right));
}

function pearson(left: readonly number[], right: readonly number[]): number {
	const [meanLeft, meanRight] = [mean(left), mean(right)];
	let both = 0;
	let squaresLeft = 0;
	let squaresRight = 0;
	for (const [at, value] of left.entries()) {
		const [x, y] = [value - meanLeft, right[at]! - meanRight];
		both += x * y;
		squaresLeft += x * x;
		squaresRight += y * y;
	}
	return both / Math.sqrt(squaresLeft * squaresRight);
}

/** From 1; equal values share the mean of their ranks. */
function ranks(values: readonly number[]): number[] {
	const order = [...values.keys()].sort((a, b) => values[a]! - values[b]!);
	const result = new Array<number>(values.length);
	for (let from = 0; from < order.length; ) {
		let to = from;
		while (to + 1 < order.length && values[order[to + 1]!] === values[order[from]!]) to++;
		for (let at = from; at <= to; at++) result[order[at]!] = (from + to) / 2 + 1;
		from = to + 1;
	}
	return result;
}

function mean(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}
