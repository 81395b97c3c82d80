import {expect, test} from 'vitest';
import {parseRange} from '../../../src/local-exchange/contents/range.ts';

test.each([
	[undefined, 10, undefined],
	['bytes=0-', 10, {start: 0, end: 9}],
	['bytes=3-5', 10, {start: 3, end: 5}],
	['bytes=9-9', 10, {start: 9, end: 9}],
	['bytes=3-99', 10, {start: 3, end: 9}],
	['bytes=-3', 10, {start: 7, end: 9}],
	['bytes=-99', 10, {start: 0, end: 9}],
	[' bytes=1-2 ', 10, {start: 1, end: 2}],
	['bytes=10-', 10, 'unsatisfiable'],
	['bytes=0-', 0, 'unsatisfiable'],
	['bytes=-0', 10, 'unsatisfiable'],
	['bytes=5-3', 10, undefined],
	['bytes=-', 10, undefined],
	['bytes=0-1,3-4', 10, undefined],
	['lines=0-1', 10, undefined],
	['nonsense', 10, undefined],
])('the range %j of %d bytes is %j', (header, size, expected) => {
	expect(parseRange(header, size)).toEqual(expected);
});
