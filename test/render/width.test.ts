import {describe, expect, test} from 'vitest';
import {expandTabs, padded, textWidth, truncate, wrap, wrapWords} from '../../src/render/width.ts';

describe('width', () => {
	test.each([
		['abc', 3],
		['größe', 5],
		['データ', 6],
		['👩‍🔬', 2],
		['e\u0301', 1],
		['', 0],
	])('%j takes %i columns', (text, columns) => {
		expect(textWidth(text)).toBe(columns);
	});

	test.each([
		['readme.txt', 10, 'readme.txt'],
		['readme.txt', 7, 'readme…'],
		['データ', 5, 'デー…'],
		['データ', 4, 'デ…'],
		['👩‍🔬👩‍🔬', 3, '👩‍🔬…'],
		['abc', 0, ''],
	])('%j in %i columns is %j', (text, width, cut) => {
		expect(truncate(text, width)).toBe(cut);
		expect(textWidth(truncate(text, width))).toBeLessThanOrEqual(width);
	});

	test('fills with spaces on the side that is asked for', () => {
		expect([padded('デ', 4), padded('デ', 4, 'right'), padded('abcdef', 4)]).toEqual([
			'デ  ',
			'  デ',
			'abc…',
		]);
	});

	test.each([
		['', 5, ['']],
		['abcdefg', 3, ['abc', 'def', 'g']],
		['データだ', 5, ['デー', 'タだ']],
		['デx', 1, ['?', 'x']],
	])('wraps %j at %i', (line, width, lines) => {
		expect(wrap(line, width)).toEqual(lines);
	});

	test.each([
		['one two three', 8, ['one two', 'three']],
		['  in  dented words', 9, ['  in', 'dented', 'words']],
		['abcdefghij kl', 4, ['abcd', 'efgh', 'ij', 'kl']],
		['fits', 4, ['fits']],
	])('wraps the words of %j at %i', (line, width, lines) => {
		expect(wrapWords(line, width)).toEqual(lines);
	});

	test('wraps a line of a million characters without starting over', () => {
		expect(wrap('x'.repeat(1_000_000), 100)).toHaveLength(10_000);
		expect(wrap('é\u0301'.repeat(50_000), 100)).toHaveLength(500);
	});

	test('expands tabs to stops of eight', () => {
		expect(expandTabs('a\tbc\td')).toBe('a       bc      d');
	});
});
