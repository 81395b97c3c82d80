import type {Key} from 'ink';
import {type Action, bindings, type Place} from './key-table.ts';

/** A key by its name (`C-a`, `M-b`, `S-up`, `enter`), or typed text. */
export type Press = {readonly key: string} | {readonly text: string};

const byPlace = new Map<Place, Map<string, Action>>();
for (const {place, keys, action} of bindings) {
	const actions = byPlace.get(place) ?? new Map<string, Action>();
	for (const key of keys) actions.set(key, action);
	byPlace.set(place, actions);
}

/** What a key does where `places` have the keys, the first of them first. */
export function actionOf(press: Press, places: readonly Place[]): Action | undefined {
	const name = 'key' in press ? press.key : press.text;
	for (const place of places) {
		const action = byPlace.get(place)?.get(name);
		if (action) return action;
	}
	return undefined;
}

const signs: Readonly<Record<string, string>> = {
	up: '↑',
	down: '↓',
	left: '←',
	right: '→',
	enter: 'Enter',
	esc: 'Esc',
	tab: 'Tab',
	pageup: 'PgUp',
	pagedown: 'PgDn',
	home: 'Home',
	end: 'End',
	delete: 'Del',
	backspace: 'Backspace',
	' ': 'Space',
};

/** A key as people write it: `Ctrl-R`, `Alt-B`, `PgUp`, `F1`. */
export function keyLabel(key: string): string {
	const [, modifier, name = key] = /^([CMS])-(.+)$/.exec(key) ?? [];
	const base = signs[name] ?? (/^f\d+$/.test(name) || modifier ? name.toUpperCase() : name);
	if (modifier === 'C') return `Ctrl-${base}`;
	if (modifier === 'M') return `Alt-${base}`;
	return modifier === 'S' ? `Shift-${base}` : base;
}

const functionKey = 0xe000;

/** What `functionKeys` puts in place of F1 to F12: characters that no keyboard types. */
export function functionKeyText(number: number): string {
	return String.fromCharCode(functionKey + number);
}

const named = [
	['upArrow', 'up'],
	['downArrow', 'down'],
	['leftArrow', 'left'],
	['rightArrow', 'right'],
	['pageUp', 'pageup'],
	['pageDown', 'pagedown'],
	['home', 'home'],
	['end', 'end'],
	['return', 'enter'],
	['escape', 'esc'],
	['tab', 'tab'],
	['backspace', 'backspace'],
	['delete', 'delete'],
] as const satisfies readonly (readonly [keyof Key, string])[];

/**
 * The keys in what Ink hands over. Keys typed fast come as one text with the control characters in it
 * (`ls\r`): they are taken apart, in order.
 */
export function pressesOf(input: string, key: Key): Press[] {
	const name = named.find(([flag]) => key[flag])?.[1];
	if (name) {
		const modifier = key.ctrl ? 'C-' : key.meta && name !== 'esc' ? 'M-' : key.shift ? 'S-' : '';
		return [{key: modifier + name}];
	}
	if (key.ctrl) return [{key: `C-${input}`}];
	if (key.meta) return [{key: `M-${input.toLowerCase()}`}];
	return takenApart(input);
}

function takenApart(input: string): Press[] {
	const presses: Press[] = [];
	let text = '';
	const flush = () => {
		if (text !== '') presses.push({text});
		text = '';
	};
	for (let index = 0; index < input.length; index++) {
		const code = input.charCodeAt(index);
		const key = controlKey(code);
		if (key === undefined) {
			text += input[index];
			continue;
		}
		flush();
		presses.push({key});
	}
	flush();
	return presses;
}

function controlKey(code: number): string | undefined {
	if (code > functionKey && code <= functionKey + 12) return `f${code - functionKey}`;
	if (code === 0x7f || code === 0x08) return 'backspace';
	if (code >= 0x20) return undefined;
	if (code === 0x0d) return 'enter';
	if (code === 0x09) return 'tab';
	if (code === 0x1b) return 'esc';
	return `C-${String.fromCharCode(code + (code <= 26 ? 0x60 : 0x40))}`;
}
