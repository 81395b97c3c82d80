import {describe, expect, test} from 'vitest';
import {numberOf} from '../../src/shell/numeric.ts';
import {withEmptyIntervals, withGaps} from '../../src/shell/series-points.ts';

const points = (...times: (number | [number, null])[]) =>
	times.map(time => (Array.isArray(time) ? {at: time[0], value: null} : {at: time, value: 1}));

describe('gaps', () => {
	test.each([
		['none at an even pace', points(0, 10, 20, 30, 40), 0],
		['none where the pace wanders a little', points(0, 10, 25, 31, 50, 58), 0],
		['a long silence', points(0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 500, 510), 1],
		['a value that is no number', points(0, 10, [20, null], 30, 40), 1],
		['several of these in a row are one', points(0, 10, [20, null], [30, null], 40), 1],
		['too few samples to tell', points(0, 10, 1_000), 0],
		['nothing', points(), 0],
	])('%s', (_, samples, gaps) => {
		expect(withGaps(samples).gaps).toBe(gaps);
	});

	test('are open in between', () => {
		const samples = points(...Array.from({length: 20}, (_, index) => index * 10), 1_000);
		expect(withGaps(samples).points.slice(-3)).toEqual([
			{at: 190, value: 1},
			{at: 595, value: null},
			{at: 1_000, value: 1},
		]);
	});

	test('of intervals are intervals without a point', () => {
		expect(withEmptyIntervals(points(1, 9, 11, 25, 41), 10).gaps).toBe(1);
		expect(withEmptyIntervals(points(-15, -1, 5), 10).gaps).toBe(0);
	});
});

test.each([
	['1.5', 1.5],
	['1.0E10', 1e10],
	['NaN', null],
	['Infinity', null],
	['', null],
	['closed', null],
	['1e999', null],
])('%j counts as %j', (text, value) => {
	expect(numberOf(text)).toBe(value);
});
