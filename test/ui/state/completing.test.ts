import {describe, expect, test} from 'vitest';
import type {Candidate, Completion} from '../../../src/shell/complete.ts';
import {type Complete, completed, lookedUp} from '../../../src/ui/state/completing.ts';
import {moveMenu, selectedOf} from '../../../src/ui/state/menu.ts';
import {emptyPrompt, promptTyped} from '../../../src/ui/state/prompt.ts';

const names = ['hour-1.csv', 'hour-2.csv', 'readme.txt'];
const candidate = (name: string): Candidate => ({insert: `${name} `, label: name, kind: 'file'});

/** Completes the last word among the names. */
const among =
	(known: readonly string[], pending = false): Complete =>
	({line, cursor}): Completion => {
		const start = line.lastIndexOf(' ', cursor - 1) + 1;
		const word = line.slice(start, cursor);
		const found = known.filter(name => name.startsWith(word));
		const common = found.length > 1 && word === 'h' ? 'hour-' : undefined;
		return {start, end: cursor, candidates: found.map(candidate), total: found.length, common, pending};
	};
const typed = (text: string) => promptTyped(emptyPrompt, text);

describe('Tab', () => {
	test('puts the only name into the line', () => {
		const prompt = completed(typed('cat r'), among(names));
		expect([prompt.line.text, prompt.menu]).toEqual(['cat readme.txt ', undefined]);
	});

	test('puts in what all names have in common, and shows them', () => {
		const prompt = completed(typed('cat h'), among(names));
		expect(prompt.line.text).toBe('cat hour-');
		expect(prompt.menu?.completion.candidates.map(({label}) => label)).toEqual(names.slice(0, 2));
		expect(prompt.menu?.selected).toBeUndefined();
	});

	test('shows the names where nothing is to be added', () => {
		const prompt = completed(typed('cat '), among(names));
		expect([prompt.line.text, prompt.menu?.completion.total]).toEqual(['cat ', 3]);
	});

	test('acts when the names have come, if the line is still open for it', () => {
		const waiting = completed(typed('cat r'), among([], true));
		expect([waiting.line.text, waiting.menu?.waiting]).toEqual(['cat r', true]);
		expect(lookedUp(waiting, among(names), 'arrived').line.text).toBe('cat readme.txt ');
		const typedOn = lookedUp({...waiting, line: typed('cat re').line}, among([], true), 'typed');
		expect(lookedUp(typedOn, among(names), 'arrived').line.text).toBe('cat re');
	});
});

describe('an open menu', () => {
	const open = completed(typed('cat '), among(names));

	test('is walked around both ends', () => {
		const labels = [1, 1, 1, 1, -1].reduce<[typeof open.menu, string[]]>(
			([menu, seen], by) => {
				const moved = moveMenu(menu!, by);
				return [moved, [...seen, selectedOf(moved)!.label]];
			},
			[open.menu, []],
		)[1];
		expect(labels).toEqual(['hour-1.csv', 'hour-2.csv', 'readme.txt', 'hour-1.csv', 'readme.txt']);
		expect(selectedOf(moveMenu(open.menu!, -1))?.label).toBe('readme.txt');
	});

	test('narrows while one types, and closes when nothing is left or another word begins', () => {
		const type = (text: string) =>
			lookedUp({...promptTyped(open, text), menu: open.menu}, among(names), 'typed').menu;
		expect(type('h')?.completion.total).toBe(2);
		expect(type('x')).toBeUndefined();
		expect(type('readme.txt ')).toBeUndefined();
	});

	test('keeps its mark when more names come', () => {
		const menu = moveMenu(moveMenu(open.menu!, 1), 1);
		const more = lookedUp({...open, menu}, among(['aaa.csv', ...names]), 'arrived');
		expect(selectedOf(more.menu)?.label).toBe('hour-2.csv');
	});
});
