import type {Key} from 'ink';
import {describe, expect, test} from 'vitest';
import {withFunctionKeys} from '../../src/ui/function-keys.ts';
import {bindings, type Place} from '../../src/ui/key-table.ts';
import {actionOf, keyLabel, pressesOf} from '../../src/ui/keys.ts';

const none = {} as Key;

describe('what Ink hands over', () => {
	test.each<[string, Partial<Key>, unknown]>([
		['a', {}, [{text: 'a'}]],
		['ls\r', {}, [{text: 'ls'}, {key: 'enter'}]],
		['a\tb', {}, [{text: 'a'}, {key: 'tab'}, {text: 'b'}]],
		['\u0001x\u0005', {}, [{key: 'C-a'}, {text: 'x'}, {key: 'C-e'}]],
		['日本👍', {}, [{text: '日本👍'}]],
		['a', {ctrl: true}, [{key: 'C-a'}]],
		['_', {ctrl: true}, [{key: 'C-_'}]],
		['b', {meta: true}, [{key: 'M-b'}]],
		['', {leftArrow: true, ctrl: true}, [{key: 'C-left'}]],
		['', {upArrow: true, shift: true}, [{key: 'S-up'}]],
		['', {tab: true, shift: true}, [{key: 'S-tab'}]],
		['', {backspace: true, meta: true}, [{key: 'M-backspace'}]],
		['', {escape: true, meta: true}, [{key: 'esc'}]],
		['\r', {return: true}, [{key: 'enter'}]],
		['', {}, []],
	])('%j %j is %j', (input, key, presses) => {
		expect(pressesOf(input, {...none, ...key})).toEqual(presses);
	});

	test.each([
		['\u001bOP', 'f1'],
		['\u001b[12~', 'f2'],
		['\u001b[[C', 'f3'],
		['\u001b[24~', 'f12'],
	])('the function key %j is %s', (sequence, key) => {
		expect(pressesOf(withFunctionKeys(`a${sequence}b`), none)).toEqual([{text: 'a'}, {key}, {text: 'b'}]);
	});

	test('other sequences stay as they are', () => {
		for (const text of ['\u001b[A', '\u001b[5~', '\u001b[200~', 'OP', '\u001b[3;5~']) {
			expect(withFunctionKeys(text)).toBe(text);
		}
	});
});

describe('the key table', () => {
	test('binds no key twice in one place', () => {
		const bound = bindings.flatMap(({place, keys}) => keys.map(key => `${place} ${key}`));
		expect(bound.filter((key, index) => bound.indexOf(key) !== index)).toEqual([]);
	});

	test("a place's own keys go before those behind it", () => {
		const places: readonly Place[] = ['menu', 'prompt', 'anywhere'];
		expect(actionOf({key: 'tab'}, places)).toBe('menu-next');
		expect(actionOf({key: 'tab'}, places.slice(1))).toBe('complete');
		expect(actionOf({key: 'f1'}, places)).toBe('help');
		expect(actionOf({text: 'x'}, places)).toBeUndefined();
	});

	test.each([
		['C-r', 'Ctrl-R'],
		['M-backspace', 'Alt-Backspace'],
		['S-up', 'Shift-↑'],
		['pageup', 'PgUp'],
		['f2', 'F2'],
		['g', 'g'],
	])('%s reads %s', (key, label) => {
		expect(keyLabel(key)).toBe(label);
	});
});
