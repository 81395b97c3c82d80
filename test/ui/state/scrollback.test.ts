import {describe, expect, test} from 'vitest';
import {linesOf} from '../../../src/render/lines.ts';
import type {Output, Progress} from '../../../src/shell/command.ts';
import {
	type Block,
	blockAt,
	emptyScrollback,
	received,
	type Scrollback,
	scrolledAway,
	settled,
} from '../../../src/ui/state/scrollback.ts';
import {
	atEnd,
	scrolled,
	scrolledToStart,
	unseenLines,
	type View,
	visibleLines,
} from '../../../src/ui/state/view.ts';

const note = (text: string, key?: string): Output => ({kind: 'note', text, ...(key && {key})});
const bytes = (text: string): Output => ({kind: 'bytes', bytes: new TextEncoder().encode(text)});
const filled = (outputs: readonly Output[], bound?: number): Scrollback =>
	outputs.reduce((scrollback, output) => received(scrollback, output, 0, bound), emptyScrollback);
const notes = (count: number) => Array.from({length: count}, (_, index) => note(`${index}`));

/** What the blocks hold; a note counts as one line per `/`. */
function textOf({content}: Block): string {
	if (content.kind === 'bytes') return new TextDecoder().decode(content.bytes);
	return content.kind === 'note' || content.kind === 'text' ? content.text : content.kind;
}
const measure = (block: Block) => linesOf(textOf(block).split('/'));
const texts = (scrollback: Scrollback) => {
	const all: string[] = [];
	for (let at = scrollback.first; at < scrollback.end; at++) all.push(textOf(blockAt(scrollback, at)!));
	return all;
};

describe('scrollback', () => {
	test('keeps outputs in the order they came, over many parts', () => {
		const scrollback = filled(notes(1000));
		expect(texts(scrollback)).toEqual(notes(1000).map(output => (output.kind === 'note' ? output.text : '')));
	});

	test('an output replaces the one with its key, but not that of a line before', () => {
		const first = filled([note('old', 'k'), note('x'), note('new', 'k')]);
		expect(texts(first)).toEqual(['new', 'x']);
		expect(texts(received(settled(first), note('again', 'k'), 0))).toEqual(['new', 'x', 'again']);
	});

	test('lets the oldest go beyond the bound', () => {
		const scrollback = filled(notes(3000), 1000);
		expect(scrollback.lines).toBeLessThanOrEqual(1000);
		expect(texts(scrollback).at(-1)).toBe('2999');
		expect(blockAt(scrollback, 0)).toBeUndefined();
		expect(texts(scrollback)).toHaveLength(scrollback.lines);
	});

	test('a line cut between two portions of bytes becomes whole', () => {
		expect(texts(filled([bytes('a\nb'), bytes('c\nd\n'), bytes('e')]))).toEqual(['a\n', 'bc\nd\n', 'e']);
		expect(texts(filled([bytes('a'), bytes('b'), bytes('c\n')]))).toEqual(['abc\n']);
		expect(texts(filled([bytes('a'), note('x'), bytes('b')]))).toEqual(['a', 'x', 'b']);
	});

	test('progress moves beneath, and stays as a block when it is done', () => {
		const progress: Progress = {
			kind: 'progress',
			key: 'p',
			label: 'get a',
			bytes: 1,
			total: 2,
			startedAt: 0,
			at: 0,
		};
		const running = filled([progress, {...progress, bytes: 2}]);
		expect(running.live).toEqual([{...progress, bytes: 2}]);
		expect(running.end).toBe(0);
		const done = received(running, {...progress, done: true}, 0);
		expect([done.live, texts(done)]).toEqual([[], ['progress']]);
		expect(settled(running).live).toEqual([]);
	});

	test('clear empties it', () => {
		expect(texts(filled([note('a'), {kind: 'clear'}, note('b')]))).toEqual(['b']);
	});
});

describe('what is seen of it', () => {
	const scrollback = filled([note('a/b/c'), note('d'), note('e/f'), note('g')]);
	const seen = (view: Parameters<typeof visibleLines>[1], height: number, of = scrollback) =>
		visibleLines(of, view, height, measure).join('');

	test('is its end', () => {
		expect(seen(atEnd, 4)).toBe('defg');
		expect(seen(atEnd, 5)).toBe('cdefg');
		expect(seen(atEnd, 99)).toBe('abcdefg');
	});

	test.each([
		[[-1], 'cdef'],
		[[-2], 'bcde'],
		[[-99], 'abcd'],
		[[-99, 1], 'bcde'],
		[[-2, 1, 1], 'defg'],
		[[-99, 99], 'defg'],
		[[5], 'defg'],
	])('scrolled by %j rows shows %s', (steps, lines) => {
		const view = steps.reduce<View>((current, by) => scrolled(scrollback, current, by, 4, measure), atEnd);
		expect(seen(view, 4)).toBe(lines);
	});

	test('stands still while more comes, and says how much', () => {
		const view = scrolled(scrollback, atEnd, -2, 4, measure);
		const more = received(received(scrollback, note('h/i'), 0), note('j'), 0);
		expect(seen(view, 4, more)).toBe('bcde');
		expect(unseenLines(more, view, measure)).toBe(3);
		expect(unseenLines(more, atEnd, measure)).toBe(0);
	});

	test('sticks to the end again once it is back there', () => {
		const back = scrolled(scrollback, scrolled(scrollback, atEnd, -2, 4, measure), 2, 4, measure);
		expect(back).toEqual(atEnd);
	});

	test('does not break when what is on top was let go', () => {
		const start = scrolledToStart(filled(notes(10)));
		expect(seen(start, 2, filled(notes(3000), 500)).length).toBeGreaterThan(0);
	});

	test('after clearing away nothing, until one scrolls', () => {
		const away = scrolledAway(scrollback);
		expect(seen(atEnd, 4, away)).toBe('');
		expect(seen(scrolled(away, atEnd, -2, 4, measure), 4, away)).toBe('fg');
	});

	test('costs the same with 100,000 lines as with ten', () => {
		let measured = 0;
		const counting = (block: Block) => {
			measured++;
			return measure(block);
		};
		const long = filled(notes(100_000));
		visibleLines(long, atEnd, 40, counting);
		scrolled(long, scrolled(long, atEnd, -30, 40, counting), -30, 40, counting);
		expect(measured).toBeLessThan(400);
	});
});
