import {describe, expect, test, vi} from 'vitest';
import {drawLine} from '../../../src/ui/prompt/draw-line.ts';
import {promptLabel} from '../../../src/ui/prompt/label.ts';
import {createWrap} from '../../../src/ui/prompt/row-starts.ts';
import {nextGrapheme} from '../../../src/ui/state/graphemes.ts';
import {theme} from '../../../src/ui/theme.ts';

vi.mock(import('../../../src/ui/state/graphemes.ts'), async original => {
	const whole = await original();
	return {...whole, nextGrapheme: vi.fn(whole.nextGrapheme)};
});

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

describe('a line drawn again and again', () => {
	const options = {label: {text: 'S:/> ', painted: 'S:/> '}, width: 10, maxRows: 4, paint};
	const graphemes = () => {
		const count = vi.mocked(nextGrapheme).mock.calls.length;
		vi.mocked(nextGrapheme).mockClear();
		return count;
	};

	test.each([
		['at its end', 'x', (text: string) => text.length],
		['at its start', '日', () => 0],
		['of many rows', 'a line\n', (text: string) => text.length >> 1],
	])('is laid out where a key changes it: %s', (_, part, caretIn) => {
		const wrap = createWrap();
		let text = part.repeat(5000);
		drawLine({...options, text, cursor: caretIn(text), wrap});
		graphemes();
		for (const key of ['a', '日', '\n', 'b']) {
			const at = caretIn(text);
			text = text.slice(0, at) + key + text.slice(at);
			const drawn = drawLine({...options, text, cursor: at + 1, wrap});
			expect(graphemes()).toBeLessThan(300);
			expect(drawn).toEqual(drawLine({...options, text, cursor: at + 1}));
			graphemes();
		}
	});

	test('is the same as drawn once, whatever changes', () => {
		const wrap = createWrap();
		const texts = [
			'',
			'abcdefgh',
			'🇨🇭🇫🇷🇨🇭🇫🇷',
			'🇭🇫🇷🇨🇭🇫🇷',
			'abc\n\ndefghijklmnop',
			'abcde',
			'abcde\u0301',
			'abcdX',
			'日本語日本語日本語',
		];
		for (const text of [...texts, ...texts.toReversed()])
			for (const width of [10, 7])
				for (const cursor of [0, text.length]) {
					const one = {...options, width, text, cursor};
					expect(drawLine({...one, wrap})).toEqual(drawLine(one));
				}
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
