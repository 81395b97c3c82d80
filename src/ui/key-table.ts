import type {SidePane} from './state/geometry.ts';
import type {Edit} from './state/line.ts';

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

/** Of all panes beside the shell. */
type Movement = 'down' | 'first' | 'fold' | 'last' | 'page-down' | 'page-up' | 'up';

export type Action =
	| Edit
	| `${SidePane}-${Movement}`
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
	| 'tree-open'
	| 'tree-unfold'
	| 'tree-get'
	| 'series-toggle'
	| 'series-unfold'
	| 'series-mark'
	| 'series-unmark'
	| 'series-sort'
	| 'series-plot'
	| 'series-data'
	| 'series-export'
	| 'series-watch'
	| 'collaboratives-open'
	| 'collaboratives-unfold'
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

const movements: readonly (readonly [readonly string[], Movement, string])[] = [
	[['up', 'k', 'C-p'], 'up', 'up'],
	[['down', 'j', 'C-n'], 'down', 'down'],
	[['pageup'], 'page-up', 'a page up'],
	[['pagedown'], 'page-down', 'a page down'],
	[['home'], 'first', 'first'],
	[['end'], 'last', 'last'],
	[['left', 'h'], 'fold', 'fold, or go up to what it is in'],
];

/** The keys that all panes beside the shell have. */
function common(pane: SidePane): readonly Binding[] {
	return [
		{place: pane, keys: ['C-c'], action: 'interrupt', short: 'cancel'},
		...movements.map(
			([keys, movement, help]): Binding => ({place: pane, keys, action: `${pane}-${movement}`, help}),
		),
		{place: pane, keys: ['?'], action: 'help'},
	];
}

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
	{place: 'prompt', keys: ['left', 'C-b'], action: 'left'},
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

	...common('tree'),
	{
		place: 'tree',
		keys: ['enter'],
		action: 'tree-open',
		help: 'cd into a directory, show a file',
		short: 'open',
	},
	{place: 'tree', keys: ['right', 'l'], action: 'tree-unfold', help: 'unfold', short: 'unfold'},
	{place: 'tree', keys: ['g'], action: 'tree-get', help: 'put `get` at the prompt', short: 'get'},
	{place: 'tree', keys: ['/'], action: 'filter', help: 'filter', short: 'filter'},
	{place: 'tree', keys: ['esc', 'q', 'C-d'], action: 'back', help: 'back to the prompt', short: 'prompt'},

	...common('series'),
	{
		place: 'series',
		keys: ['enter'],
		action: 'series-toggle',
		help: 'unfold into attributes and a chart, or fold',
		short: 'unfold',
	},
	{place: 'series', keys: ['/'], action: 'filter', help: 'filter', short: 'filter'},
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

	...common('collaboratives'),
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
	{place: 'collaboratives', keys: ['/'], action: 'filter', help: 'filter', short: 'filter'},
	{
		place: 'collaboratives',
		keys: ['esc', 'q', 'C-d'],
		action: 'back',
		help: 'back to the prompt',
		short: 'prompt',
	},
	{place: 'collaboratives', keys: ['right', 'l'], action: 'collaboratives-unfold', help: 'unfold'},

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
		help: 'the next pane',
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
