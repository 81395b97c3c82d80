import {describe, expect, test} from 'vitest';
import {correlate} from '../../../../src/local-exchange/timestream/sql/series/correlate.ts';
import {
	type Interpolation,
	interpolate,
} from '../../../../src/local-exchange/timestream/sql/series/interpolate.ts';

const s = 1_000_000_000n;
const series = (...points: readonly (readonly [seconds: number, value: number])[]) => ({
	times: BigInt64Array.from(points, ([seconds]) => BigInt(seconds) * s),
	values: Float64Array.from(points, ([, value]) => value),
});
const at = (
	kind: Interpolation,
	known: ReturnType<typeof series>,
	targets: readonly number[],
	fill: number | null = null,
) =>
	interpolate(
		kind,
		known,
		targets.map(seconds => BigInt(seconds) * s),
		fill,
	).map(([time, value]) => [Number(time / s), value]);

const ramp = series([0, 0], [10, 10], [20, 40]);

describe('interpolation', () => {
	test('linear between neighbours, nothing outside', () => {
		expect(at('linear', ramp, [-1, 0, 5, 10, 15, 20, 21])).toEqual([
			[0, 0],
			[5, 5],
			[10, 10],
			[15, 25],
			[20, 40],
		]);
	});

	test('locf holds the last value, also after the end', () => {
		expect(at('locf', ramp, [-1, 5, 15, 99])).toEqual([
			[5, 0],
			[15, 10],
			[99, 40],
		]);
	});

	test('fill gives a constant wherever there is no point', () => {
		expect(at('fill', ramp, [-1, 10, 15], 7)).toEqual([
			[-1, 7],
			[10, 10],
			[15, 7],
		]);
	});

	test('a cubic spline goes through the points and is the natural one', () => {
		const known = series([0, 0], [1, 1], [2, 0]);
		expect(at('spline_cubic', known, [0, 1, 2])).toEqual([
			[0, 0],
			[1, 1],
			[2, 0],
		]);
		// The natural spline of these three: 1.5 x - 0.5 x³ on the first half.
		const [[, middle]] = interpolate('spline_cubic', known, [s / 2n], null) as [[bigint, number]];
		expect(middle).toBeCloseTo(0.6875, 12);
		expect(at('spline_cubic', series([0, 0], [10, 10]), [5])).toEqual([[5, 5]]);
	});

	test('targets may come in any order; a series may be empty', () => {
		expect(at('linear', ramp, [15, 5, 15])).toEqual([
			[15, 25],
			[5, 5],
			[15, 25],
		]);
		for (const kind of ['linear', 'locf', 'spline_cubic'] as const)
			expect(at(kind, series(), [1])).toEqual([]);
	});
});

describe('correlation', () => {
	test('goes by the times both series have', () => {
		expect(correlate('pearson', series([0, 1], [1, 2], [2, 3]), series([1, 4], [2, 6], [3, 100]))).toBe(1);
		expect(correlate('pearson', series([0, 1], [1, 2]), series([5, 1]))).toBeNaN();
	});

	test('of ranks gives equal values the mean of theirs', () => {
		const first = series([0, 10], [1, 20], [2, 20], [3, 30]);
		expect(correlate('spearman', first, series([0, 1], [1, 2], [2, 3], [3, 4]))).toBeCloseTo(
			0.9486832980505138,
			12,
		);
		expect(correlate('spearman', first, first)).toBeCloseTo(1, 12);
	});
});
