import {describe, expect, test} from 'vitest';
import {drawLine} from '../../../src/ui/prompt/draw-line.ts';
import {promptLabel} from '../../../src/ui/prompt/label.ts';
import {theme} from '../../../src/ui/theme.ts';

const paint = theme(false);
const draw = (text: string, cursor = text.length, more: {suggestion?: string; maxRows?: number} = {}) =>
	drawLine({label: {text: 'S:/> ', painted: 'S:/> '}, text, cursor, width: 10, maxRows: 9, paint, ...more});

describe('a line', () => {
	test.each([
		['ls', 2, ['S:/> ls'], 0, 7],
		['ls', 0, ['S:/> ls'], 0, 5],
		['abcdefg', 7, ['S:/> abcde', 'fg'], 1, 2],
		['abcde', 5, ['S:/> abcde', ''], 1, 0],
		['abcdefg', 5, ['S:/> abcde', 'fg'], 1, 0],
		['日本語', 2, ['S:/> 日本', '語'], 1, 0],
		['日本', 1, ['S:/> 日本'], 0, 7],
		['a\nb', 3, ['S:/> a', '> b'], 1, 3],
		['a\u001b', 2, ['S:/> a\\x1b', ''], 1, 0],
	])('%j with the caret at %i', (text, cursor, rows, row, column) => {
		expect(draw(text, cursor)).toEqual({rows, caret: {row, column}});
	});

	test('an emoji of many parts is one, two columns wide', () => {
		expect(draw('👨‍👩‍👧').caret).toEqual({row: 0, column: 7});
	});

	test('a suggestion takes the room that is left', () => {
		expect(draw('l', 1, {suggestion: 's'}).rows).toEqual(['S:/> ls']);
		expect(draw('l', 1, {suggestion: 's weather'}).rows).toEqual(['S:/> ls w…']);
		expect(draw('abcd', 4, {suggestion: 'e'}).rows).toEqual(['S:/> abcde']);
	});

	test('of too many rows shows those around the caret', () => {
		const text = 'a\nb\nc\nd\ne';
		expect(draw(text, 0, {maxRows: 2})).toEqual({rows: ['S:/> a', '> b'], caret: {row: 0, column: 5}});
		expect(draw(text, text.length, {maxRows: 2})).toEqual({rows: ['> d', '> e'], caret: {row: 1, column: 3}});
	});
});

describe('the label', () => {
	const label = (names: readonly string[], width: number) => {
		const store = {
			dataStoreId: 's',
			name: 'Campus study',
			description: null,
			ownerUserId: null,
			homeDirectoryId: 'h',
		};
		const [, ...rest] = ['', ...names].map(name => ({dataStoreDirectoryId: name, name}));
		const location = {store, trail: [{dataStoreDirectoryId: 'h', name: ''}, ...rest] as const};
		return promptLabel(
			{location, previous: undefined, database: undefined, localDirectory: '/', status: 0},
			width,
			paint,
		).text;
	};

	test.each([
		[[], 40, 'Campus study:/> '],
		[['weather', '2010'], 40, 'Campus study:/weather/2010> '],
		[['weather', 'hourly', '2010'], 30, 'Campus study:/…/hourly/2010> '],
		[['weather', 'hourly', '2010'], 22, 'Campus stu…:/…/2010> '],
		[['a\u001b[2J'], 40, 'Campus study:/a\\x1b[2J> '],
	])('of %j in %i columns is %j', (names, width, text) => {
		expect(label(names, width)).toBe(text);
	});

	test('without a store names the program', () => {
		const session = {
			location: undefined,
			previous: undefined,
			database: undefined,
			localDirectory: '/',
			status: 0,
		};
		expect(promptLabel(session, 40, paint).text).toBe('adx-shell> ');
	});
});
