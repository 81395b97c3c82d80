import {describe, expect, test} from 'vitest';
import {readableAge, readableDuration, readableTime} from '../../src/render/times.ts';

/** Local noon, so that the expectations hold in any zone. */
const now = new Date(2026, 10, 21, 12).getTime();
const local = (...parts: [number, number, number, number, number]) => new Date(...parts).toISOString();

describe('times', () => {
	test.each([
		[local(2026, 10, 21, 8, 2), 'today 08:02'],
		[local(2026, 10, 20, 23, 59), '20 Nov 23:59'],
		[local(2026, 9, 12, 9, 14), '12 Oct 09:14'],
		[local(2024, 1, 3, 0, 0), '3 Feb 2024'],
		['yesterday', 'yesterday'],
	])('%s reads %s', (iso, readable) => {
		expect(readableTime(iso, now)).toBe(readable);
	});

	test.each([
		[-5, '0 s'],
		[4_900, '4 s'],
		[17 * 60_000, '17 m'],
		[3 * 3_600_000, '3 h'],
		[49 * 3_600_000, '2 d'],
	])('an age of %i ms reads %s', (ms, readable) => {
		expect(readableAge(ms)).toBe(readable);
	});

	test.each([
		[400, '0.4 s'],
		[14_800, '14.8 s'],
		[125_000, '2 m 05 s'],
		[11_520_000, '3 h 12 m'],
	])('%i ms take %s', (ms, readable) => {
		expect(readableDuration(ms)).toBe(readable);
	});
});
