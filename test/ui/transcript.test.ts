import {expect, test} from 'vitest';
import {linesOf} from '../../src/render/lines.ts';
import {emptyScrollback, received, type Scrollback} from '../../src/ui/state/scrollback.ts';
import {transcript} from '../../src/ui/transcript.ts';

const measure = ({content}: {content: {kind: string; text?: string}}) =>
	linesOf((content.text ?? '').split('/'));
const of = (texts: readonly string[]) =>
	texts.reduce<Scrollback>(
		(scrollback, text) => received(scrollback, {kind: 'text', text}, 0),
		emptyScrollback,
	);

test('is all that was said', () => {
	expect([...transcript(of(['a/b', 'c']), measure as never)]).toEqual(['a', 'b', 'c']);
	expect([...transcript(emptyScrollback, measure as never)]).toEqual([]);
});

test('of a long session is its end, and says so', () => {
	const lines = [
		...transcript(of(Array.from({length: 6000}, (_, index) => `a${index}/b`)), measure as never),
	];
	expect(lines[0]).toBe('… 1,000 earlier outputs are not repeated here');
	expect(lines).toHaveLength(10_001);
	expect(lines.at(-1)).toBe('b');
});
