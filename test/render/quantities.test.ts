import {describe, expect, test} from 'vitest';
import {readableBytes, readableCount, readableShare} from '../../src/render/quantities.ts';

describe('quantities', () => {
	test.each([
		[0, '0 B'],
		[31, '31 B'],
		[1_104, '1.1 kB'],
		[48_213, '48.2 kB'],
		[999_950, '1 MB'],
		[312_345_678, '312 MB'],
	])('%i bytes read %s', (bytes, readable) => {
		expect(readableBytes(bytes)).toBe(readable);
	});

	test('counts have their digits in threes', () => {
		expect([7, 999, 10_000, 1_234_567].map(readableCount)).toEqual(['7', '999', '10,000', '1,234,567']);
	});

	test('a part and its total share one unit', () => {
		expect(readableShare(118_400_000, 312_000_000)).toBe('118.4 of 312.0 MB');
		expect(readableShare(0, 0)).toBe('0 of 0 B');
		expect(readableShare(12, 999)).toBe('12 of 999 B');
	});
});
