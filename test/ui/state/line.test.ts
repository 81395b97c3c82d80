import {describe, expect, test} from 'vitest';
import {type Edit, edit, emptyLine, insertText, type Line} from '../../../src/ui/state/line.ts';

/** A line as text with `|` for the caret, and back. */
function at(text: string): Line {
	const cursor = text.indexOf('|');
	return {...emptyLine, text: text.replace('|', ''), cursor};
}
function shown({text, cursor}: Line): string {
	return `${text.slice(0, cursor)}|${text.slice(cursor)}`;
}
function edits(line: Line, ...what: Edit[]): Line {
	return what.reduce(edit, line);
}

describe('one key', () => {
	test.each<[Edit, string, string]>([
		['left', 'ab|c', 'a|bc'],
		['left', '|abc', '|abc'],
		['right', 'a|bc', 'ab|c'],
		['right', 'abc|', 'abc|'],
		['left', 'x👨‍👩‍👧|y', 'x|👨‍👩‍👧y'],
		['right', 'x|👨‍👩‍👧y', 'x👨‍👩‍👧|y'],
		['left', '日本|', '日|本'],
		['left', 'e\u0301|', '|e\u0301'],
		['home', 'abc|', '|abc'],
		['home', 'one\ntw|o', 'one\n|two'],
		['end', 'a|bc', 'abc|'],
		['end', 'o|ne\ntwo', 'one|\ntwo'],
		['word-left', 'cat a/b.csv|', 'cat a/b.|csv'],
		['word-left', 'cat  |', '|cat  '],
		['word-right', '|cat a/b', 'cat| a/b'],
		['word-right', 'cat| été/b', 'cat été|/b'],
		['erase', 'ab|c', 'a|c'],
		['erase', '|abc', '|abc'],
		['erase', 'x🇩🇪|', 'x|'],
		['delete', 'a|bc', 'a|c'],
		['delete', 'a|🇩🇪c', 'a|c'],
		['delete', 'abc|', 'abc|'],
		['erase-word', 'get a/b|', 'get a/|'],
		['erase-argument', 'get a/b |x', 'get |x'],
		['erase-argument', 'get a/b|', 'get |'],
		['delete-word', 'get| a/b', 'get|/b'],
		['kill-start', 'ab|c', '|c'],
		['kill-end', 'a|bc', 'a|'],
		['transpose', 'sl|', 'ls|'],
		['transpose', 'a|bc', 'ba|c'],
		['transpose', '|ab', '|ab'],
		['transpose', 'a日|b', 'ab日|'],
	])('%s of %j is %j', (what, before, after) => {
		expect(shown(edit(at(before), what))).toBe(after);
	});
});

describe('the kill ring', () => {
	test('puts back what was cut', () => {
		expect(shown(edits(at('get |a b'), 'kill-end', 'yank'))).toBe('get a b|');
	});

	test('joins cuts in a row in the order of the text', () => {
		const cut = edits(at('one two three|'), 'erase-argument', 'erase-argument');
		expect(shown(cut)).toBe('one |');
		expect(shown(edit(cut, 'yank'))).toBe('one two three|');
	});

	test('keeps cuts apart that were made apart', () => {
		const line = edits(at('one two|'), 'erase-argument', 'left', 'kill-start', 'yank');
		expect(shown(line)).toBe('one| ');
		expect(shown(edit(line, 'rotate'))).toBe('two| ');
		expect(shown(edits(line, 'rotate', 'rotate'))).toBe('one| ');
	});

	test('rotates only right after a yank', () => {
		const line = edits(at('one two|'), 'erase-argument', 'left', 'kill-start', 'yank', 'left');
		expect(edit(line, 'rotate')).toBe(line);
	});

	test('an empty ring gives nothing', () => {
		expect(shown(edit(at('a|b'), 'yank'))).toBe('a|b');
	});
});

describe('undo', () => {
	test('takes back a word typed in one go, then the one before', () => {
		let line = emptyLine;
		for (const key of 'ls -l') line = insertText(line, key);
		line = edit(line, 'undo');
		expect(shown(line)).toBe('ls|');
		expect(shown(edit(line, 'undo'))).toBe('|');
		expect(shown(edits(line, 'undo', 'undo', 'undo'))).toBe('|');
	});

	test('takes back a cut', () => {
		expect(shown(edits(at('get a|'), 'kill-start', 'undo'))).toBe('get a|');
	});
});
