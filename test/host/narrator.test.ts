import {expect, test} from 'vitest';
import {createNarrator} from '../../src/host/narrator.ts';
import type {Progress} from '../../src/shell/command.ts';
import {ShellError} from '../../src/shell/errors.ts';

function narrate(isTTY: boolean, options?: {draws: boolean}) {
	const written: string[] = [];
	const narrator = createNarrator({isTTY, columns: 60, write: text => written.push(text)}, options);
	return {narrator, text: () => written.join('')};
}

const progress = (at: number, done?: true): Progress => ({
	kind: 'progress',
	key: 'get',
	label: 'get large.bin',
	bytes: at * 1_000,
	total: 30_000_000,
	startedAt: 0,
	at,
	...(done && {done}),
});

test('in a log, progress is a line every five seconds and one at the end', () => {
	const {narrator, text} = narrate(false);
	for (let at = 0; at <= 12_000; at += 200) narrator.say(progress(at));
	narrator.say(progress(12_100, true));
	const lines = text().split('\n');
	expect(lines).toHaveLength(4);
	expect(lines[0]).toMatch(/^get large\.bin {2}5\.0 of 30\.0 MB/);
	expect(lines[2]).toMatch(/^done get large\.bin/);
	expect(text()).not.toContain('\r');
});

test('on a terminal, progress is one line drawn over itself, and wiped before anything else is said', () => {
	const {narrator, text} = narrate(true);
	narrator.say(progress(1_000));
	narrator.say(progress(2_000));
	narrator.say({kind: 'note', text: 'half way'});
	expect(text()).toMatch(/^get large\.bin.*\r\u001b\[Kget large\.bin.*\r\u001b\[Khalf way\n$/);
});

test('a screen reader is told, not drawn to', () => {
	const {narrator, text} = narrate(true, {draws: false});
	narrator.say(progress(1_000));
	narrator.say(progress(12_000, true));
	expect(text()).toMatch(/^done get large\.bin[^\r]*\n$/);
});

test('an error names the script line, the verb, the cause and the next step', () => {
	const {narrator, text} = narrate(false);
	const error = new ShellError('not-found', 'x.csv: no such file', {hint: 'try ls'});
	narrator.say({kind: 'error', verb: 'get', error}, 'nightly.adx:12');
	expect(text()).toBe('nightly.adx:12: get: x.csv: no such file (try ls)\n');
});

test('what a server says cannot reach the terminal as control sequences', () => {
	const {narrator, text} = narrate(true);
	narrator.say({kind: 'note', text: 'hello\u001b]0;owned\u0007'});
	narrator.say({kind: 'error', verb: 'ls', error: new ShellError('failed', 'a\u001b[2Jb')});
	expect(text()).not.toContain('\u001b]');
	expect(text()).not.toContain('\u001b[2J');
});
