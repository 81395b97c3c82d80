import type {Key} from 'ink';
import type {Edit} from './state/line.ts';

/** A key by its name (`C-a`, `M-b`, `S-up`, `enter`), or typed text. */
export type Press = {readonly key: string} | {readonly text: string};

/** What has the keys; a place's own keys go before those of the places behind it. */
export type Place =
	| 'prompt'
	| 'running'
	| 'menu'
	| 'search'
	| 'question'
	| 'answer'
	| 'tree'
	| 'series'
	| 'collaboratives'
	| 'filter'
	| 'help'
	| 'anywhere';

export type Action =
	| Edit
	| 'enter'
	| 'new-row'
	| 'complete'
	| 'menu-next'
	| 'menu-previous'
	| 'menu-take'
	| 'menu-close'
	| 'history-older'
	| 'history-newer'
	| 'search'
	| 'search-older'
	| 'search-take'
	| 'search-cancel'
	| 'suggested-word'
	| 'interrupt'
	| 'delete-or-leave'
	| 'clear-screen'
	| 'page-up'
	| 'page-down'
	| 'row-up'
	| 'row-down'
	| 'to-start'
	| 'to-end'
	| 'panes'
	| 'zoom'
	| 'hide'
	| 'help'
	| 'back'
	| 'yes'
	| 'no'
	| 'answer-done'
	| 'answer-cancel'
	| 'tree-up'
	| 'tree-down'
	| 'tree-page-up'
	| 'tree-page-down'
	| 'tree-first'
	| 'tree-last'
	| 'tree-open'
	| 'tree-unfold'
	| 'tree-fold'
	| 'tree-get'
	| 'series-up'
	| 'series-down'
	| 'series-page-up'
	| 'series-page-down'
	| 'series-first'
	| 'series-last'
	| 'series-toggle'
	| 'series-unfold'
	| 'series-fold'
	| 'series-mark'
	| 'series-unmark'
	| 'series-sort'
	| 'series-plot'
	| 'series-data'
	| 'series-export'
	| 'series-watch'
	| 'collaboratives-up'
	| 'collaboratives-down'
	| 'collaboratives-page-up'
	| 'collaboratives-page-down'
	| 'collaboratives-first'
	| 'collaboratives-last'
	| 'collaboratives-open'
	| 'collaboratives-unfold'
	| 'collaboratives-fold'
	| 'collaboratives-share'
	| 'collaboratives-share-database'
	| 'collaboratives-unshare'
	| 'collaboratives-why'
	| 'filter'
	| 'filter-erase'
	| 'filter-clear'
	| 'filter-done'
	| 'filter-cancel';

export type Binding = {
	readonly place: Place;
	/** The first one is the one shown. */
	readonly keys: readonly string[];
	readonly action: Action;
	/** For the help screen; a binding without it is an alias or goes without saying. */
	readonly help?: string;
	/** For the bottom line. */
	readonly short?: string;
};

/** Every key of the screen. The help screen and the bottom line are made from this table. */
export const bindings: readonly Binding[] = [
	{place: 'prompt', keys: ['enter', 'C-j'], action: 'enter', help: 'run the line'},
	{
		place: 'prompt',
		keys: ['tab'],
		action: 'complete',
		help: 'complete; again: walk the menu',
		short: 'complete',
	},
	{place: 'prompt', keys: ['up', 'C-p'], action: 'history-older', help: 'earlier line that begins as typed'},
	{
		place: 'prompt',
		keys: ['down', 'C-n'],
		action: 'history-newer',
		help: 'later line, at last the one typed',
	},
	{place: 'prompt', keys: ['C-r'], action: 'search', help: 'search the history', short: 'history'},
	{place: 'prompt', keys: ['right', 'C-f'], action: 'right', help: 'right; at the end: take the suggestion'},
	{place: 'prompt', keys: ['left', 'C-b'], action: 'left', help: 'left'},
	{place: 'prompt', keys: ['M-f', 'C-right', 'M-right'], action: 'suggested-word', help: 'word right'},
	{place: 'prompt', keys: ['M-b', 'C-left', 'M-left'], action: 'word-left', help: 'word left'},
	{place: 'prompt', keys: ['C-a', 'home'], action: 'home', help: 'start of the line'},
	{place: 'prompt', keys: ['C-e', 'end'], action: 'end', help: 'end of the line'},
	{place: 'prompt', keys: ['C-k'], action: 'kill-end', help: 'cut to the end'},
	{place: 'prompt', keys: ['C-u'], action: 'kill-start', help: 'cut to the start'},
	{place: 'prompt', keys: ['C-w'], action: 'erase-argument', help: 'cut the argument before the caret'},
	{place: 'prompt', keys: ['M-backspace'], action: 'erase-word', help: 'cut the word before the caret'},
	{place: 'prompt', keys: ['M-d'], action: 'delete-word', help: 'cut the word behind the caret'},
	{place: 'prompt', keys: ['C-y'], action: 'yank', help: 'put back what was cut'},
	{place: 'prompt', keys: ['M-y'], action: 'rotate', help: 'then: what was cut before that'},
	{place: 'prompt', keys: ['C-t'], action: 'transpose', help: 'swap two characters'},
	{place: 'prompt', keys: ['C-_'], action: 'undo', help: 'undo'},
	{place: 'prompt', keys: ['M-enter'], action: 'new-row', help: 'another row in the same line'},
	{place: 'prompt', keys: ['backspace', 'C-h'], action: 'erase'},
	{place: 'prompt', keys: ['delete'], action: 'delete'},
	{place: 'prompt', keys: ['C-c'], action: 'interrupt', help: 'clear the line; cancel what runs'},
	{
		place: 'prompt',
		keys: ['C-d'],
		action: 'delete-or-leave',
		help: 'on an empty line: leave',
		short: 'leave',
	},
	{place: 'running', keys: ['C-c'], action: 'interrupt', short: 'cancel'},

	{place: 'menu', keys: ['tab', 'down', 'C-n'], action: 'menu-next', help: 'next', short: 'next'},
	{place: 'menu', keys: ['S-tab', 'up', 'C-p'], action: 'menu-previous', help: 'previous'},
	{place: 'menu', keys: ['enter'], action: 'menu-take', help: 'take the marked one', short: 'take'},
	{place: 'menu', keys: ['esc', 'C-g'], action: 'menu-close', help: 'close', short: 'close'},

	{place: 'search', keys: ['C-r', 'up'], action: 'search-older', help: 'older match', short: 'older'},
	{place: 'search', keys: ['enter'], action: 'enter', help: 'run the match', short: 'run'},
	{
		place: 'search',
		keys: ['tab', 'right', 'left', 'C-a', 'C-e', 'C-f', 'C-b', 'home', 'end'],
		action: 'search-take',
		help: 'edit the match',
		short: 'edit',
	},
	{place: 'search', keys: ['esc', 'C-g', 'C-c'], action: 'search-cancel', help: 'back', short: 'back'},

	{place: 'question', keys: ['y', 'Y'], action: 'yes', short: 'yes'},
	{place: 'question', keys: ['n', 'N', 'enter', 'esc', 'C-c', 'C-g', 'C-d'], action: 'no', short: 'no'},

	{place: 'answer', keys: ['enter', 'C-j'], action: 'answer-done', short: 'answer'},
	{place: 'answer', keys: ['esc', 'C-c', 'C-g', 'C-d'], action: 'answer-cancel', short: 'leave it'},
	{place: 'answer', keys: ['left', 'C-b'], action: 'left'},
	{place: 'answer', keys: ['right', 'C-f'], action: 'right'},
	{place: 'answer', keys: ['home', 'C-a'], action: 'home'},
	{place: 'answer', keys: ['end', 'C-e'], action: 'end'},
	{place: 'answer', keys: ['backspace', 'C-h'], action: 'erase'},
	{place: 'answer', keys: ['delete'], action: 'delete'},
	{place: 'answer', keys: ['C-u'], action: 'kill-start'},
	{place: 'answer', keys: ['C-k'], action: 'kill-end'},
	{place: 'answer', keys: ['C-w'], action: 'erase-argument'},

	{place: 'tree', keys: ['C-c'], action: 'interrupt', short: 'cancel'},
	{place: 'tree', keys: ['up', 'k', 'C-p'], action: 'tree-up', help: 'up'},
	{place: 'tree', keys: ['down', 'j', 'C-n'], action: 'tree-down', help: 'down'},
	{
		place: 'tree',
		keys: ['enter'],
		action: 'tree-open',
		help: 'cd into a directory, show a file',
		short: 'open',
	},
	{place: 'tree', keys: ['right', 'l'], action: 'tree-unfold', help: 'unfold', short: 'unfold'},
	{place: 'tree', keys: ['left', 'h'], action: 'tree-fold', help: 'fold, or go to the directory above'},
	{place: 'tree', keys: ['g'], action: 'tree-get', help: 'put `get` at the prompt', short: 'get'},
	{place: 'tree', keys: ['/'], action: 'filter', help: 'filter by name', short: 'filter'},
	{place: 'tree', keys: ['pageup'], action: 'tree-page-up'},
	{place: 'tree', keys: ['pagedown'], action: 'tree-page-down'},
	{place: 'tree', keys: ['home'], action: 'tree-first', help: 'first'},
	{place: 'tree', keys: ['end'], action: 'tree-last', help: 'last'},
	{place: 'tree', keys: ['?'], action: 'help'},
	{place: 'tree', keys: ['esc', 'q', 'C-d'], action: 'back', help: 'back to the prompt', short: 'prompt'},

	{place: 'series', keys: ['C-c'], action: 'interrupt', short: 'cancel'},
	{place: 'series', keys: ['up', 'k', 'C-p'], action: 'series-up', help: 'up'},
	{place: 'series', keys: ['down', 'j', 'C-n'], action: 'series-down', help: 'down'},
	{
		place: 'series',
		keys: ['enter'],
		action: 'series-toggle',
		help: 'unfold into attributes and a chart, or fold',
		short: 'unfold',
	},
	{place: 'series', keys: ['/'], action: 'filter', help: 'filter by name or attribute', short: 'filter'},
	{place: 'series', keys: ['p'], action: 'series-plot', help: 'plot', short: 'plot'},
	{place: 'series', keys: ['d'], action: 'series-data', help: 'list the samples', short: 'data'},
	{
		place: 'series',
		keys: ['e'],
		action: 'series-export',
		help: 'put `export` at the prompt',
		short: 'export',
	},
	{place: 'series', keys: ['w'], action: 'series-watch', help: 'watch in the shell', short: 'watch'},
	{place: 'series', keys: ['esc', 'q', 'C-d'], action: 'back', help: 'back to the prompt', short: 'prompt'},
	{
		place: 'series',
		keys: [' '],
		action: 'series-mark',
		help: 'mark: commands name all that is marked',
		short: 'mark',
	},
	{place: 'series', keys: ['u'], action: 'series-unmark', help: 'take all marks away'},
	{
		place: 'series',
		keys: ['s'],
		action: 'series-sort',
		help: 'sort by name, newest, oldest, largest change',
		short: 'sort',
	},
	{place: 'series', keys: ['right', 'l'], action: 'series-unfold', help: 'unfold'},
	{place: 'series', keys: ['left', 'h'], action: 'series-fold', help: 'fold'},
	{place: 'series', keys: ['pageup', 'C-b'], action: 'series-page-up', help: 'a page up'},
	{place: 'series', keys: ['pagedown', 'C-f'], action: 'series-page-down', help: 'a page down'},
	{place: 'series', keys: ['home'], action: 'series-first', help: 'first'},
	{place: 'series', keys: ['end'], action: 'series-last', help: 'last'},
	{place: 'series', keys: ['?'], action: 'help'},

	{place: 'collaboratives', keys: ['C-c'], action: 'interrupt', short: 'cancel'},
	{place: 'collaboratives', keys: ['up', 'k', 'C-p'], action: 'collaboratives-up', help: 'up'},
	{place: 'collaboratives', keys: ['down', 'j', 'C-n'], action: 'collaboratives-down', help: 'down'},
	{
		place: 'collaboratives',
		keys: ['enter'],
		action: 'collaboratives-open',
		help: 'open a store or a database; else unfold, or fold',
		short: 'open',
	},
	{
		place: 'collaboratives',
		keys: ['s'],
		action: 'collaboratives-share',
		help: 'share the selected store here',
		short: 'share store',
	},
	{
		place: 'collaboratives',
		keys: ['S'],
		action: 'collaboratives-share-database',
		help: 'share the selected database here',
		short: 'share db',
	},
	{
		place: 'collaboratives',
		keys: ['u'],
		action: 'collaboratives-unshare',
		help: 'no longer share what is marked',
		short: 'unshare',
	},
	{
		place: 'collaboratives',
		keys: ['w'],
		action: 'collaboratives-why',
		help: 'say why you see it',
		short: 'why',
	},
	{place: 'collaboratives', keys: ['/'], action: 'filter', help: 'filter by any word', short: 'filter'},
	{
		place: 'collaboratives',
		keys: ['esc', 'q', 'C-d'],
		action: 'back',
		help: 'back to the prompt',
		short: 'prompt',
	},
	{place: 'collaboratives', keys: ['right', 'l'], action: 'collaboratives-unfold', help: 'unfold'},
	{
		place: 'collaboratives',
		keys: ['left', 'h'],
		action: 'collaboratives-fold',
		help: 'fold, or go to the row above it',
	},
	{
		place: 'collaboratives',
		keys: ['pageup', 'C-b'],
		action: 'collaboratives-page-up',
		help: 'a page up',
	},
	{
		place: 'collaboratives',
		keys: ['pagedown', 'C-f'],
		action: 'collaboratives-page-down',
		help: 'a page down',
	},
	{place: 'collaboratives', keys: ['home'], action: 'collaboratives-first', help: 'first'},
	{place: 'collaboratives', keys: ['end'], action: 'collaboratives-last', help: 'last'},
	{place: 'collaboratives', keys: ['?'], action: 'help'},

	{place: 'filter', keys: ['enter', 'down'], action: 'filter-done', short: 'keep'},
	{place: 'filter', keys: ['esc', 'C-c'], action: 'filter-cancel', short: 'all'},
	{place: 'filter', keys: ['backspace', 'C-h'], action: 'filter-erase'},
	{place: 'filter', keys: ['C-u', 'C-w'], action: 'filter-clear'},

	{place: 'help', keys: ['esc', 'f1', 'q', '?', 'enter', 'C-c', 'C-d'], action: 'back', short: 'close'},
	{place: 'help', keys: ['down', 'j'], action: 'row-down'},
	{place: 'help', keys: ['up', 'k'], action: 'row-up', short: 'scroll'},
	{place: 'help', keys: ['pagedown'], action: 'page-down'},
	{place: 'help', keys: ['pageup'], action: 'page-up'},

	{place: 'anywhere', keys: ['pageup'], action: 'page-up', help: 'scroll a page up', short: 'scroll'},
	{place: 'anywhere', keys: ['pagedown'], action: 'page-down', help: 'scroll a page down'},
	{place: 'anywhere', keys: ['S-up'], action: 'row-up', help: 'scroll a row up'},
	{place: 'anywhere', keys: ['S-down'], action: 'row-down', help: 'scroll a row down'},
	{place: 'anywhere', keys: ['C-home'], action: 'to-start', help: 'scroll to the first line'},
	{place: 'anywhere', keys: ['C-end', 'esc'], action: 'to-end', help: 'scroll to the last line'},
	{place: 'anywhere', keys: ['C-l'], action: 'clear-screen', help: 'clear and redraw the screen'},
	{place: 'anywhere', keys: ['f1'], action: 'help', help: 'these keys', short: 'help'},
	{
		place: 'anywhere',
		keys: ['f2'],
		action: 'panes',
		help: 'the next pane; it makes room for itself',
		short: 'panes',
	},
	{place: 'anywhere', keys: ['f3'], action: 'zoom', help: 'one pane, or all', short: 'zoom'},
	{
		place: 'anywhere',
		keys: ['f4'],
		action: 'hide',
		help: 'hide this pane; at the prompt: show those hidden',
		short: 'hide',
	},
];

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
