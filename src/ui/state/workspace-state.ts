import type {User} from '../../shell/ports.ts';
import type {Session} from '../../shell/session.ts';
import type {Place} from '../key-table.ts';
import {type Collaboratives, emptyCollaboratives} from './collaboratives.ts';
import {filterAction} from './filter.ts';
import {type Geometry, geometryOf, isNarrow, type Pane, panes, type SidePane, type Size} from './geometry.ts';
import type {Line} from './line.ts';
import {emptyPrompt, type Prompt} from './prompt.ts';
import {emptyScrollback, type Scrollback} from './scrollback.ts';
import {emptySeries, type Series} from './series.ts';
import {panesBeside, paneUsed, type ShownPanes, shownPanes} from './shown-panes.ts';
import {emptyTree, type Tree} from './tree.ts';
import {atEnd, type View} from './view.ts';

/** Everything the screen shows but what the Exchange's cache holds. */
export type State = ShownPanes & {
	readonly size: Size;
	readonly focus: Pane;
	readonly zoomed: boolean;
	/** First row of the keys shown; undefined while they are not. */
	readonly help: number | undefined;
	readonly session: Session;
	/** Ready once an Exchange has answered. */
	readonly connection: 'connecting' | 'ready' | 'failed';
	readonly user: User | undefined;
	readonly prompt: Prompt;
	/** Lines entered, oldest first. */
	readonly history: readonly string[];
	readonly scrollback: Scrollback;
	readonly view: View;
	readonly tree: Tree;
	readonly series: Series;
	readonly collaboratives: Collaboratives;
	/** The line that runs. */
	readonly running:
		| {
				readonly line: string;
				readonly startedAt: number;
				/** It was told to end, and has not ended yet. */
				readonly isEnding?: true;
		  }
		| undefined;
	/** Lines entered while another one ran. */
	readonly queue: readonly string[];
	/** What the running line asks, in place of the prompt. */
	readonly question: string | undefined;
	/** What is typed as the answer; undefined where yes or no is asked for. */
	readonly answer: Line | undefined;
	/** The answer is shown as dots. */
	readonly isSecret: boolean;
	/** Keys still go into the line that was being typed when the question came, up to the first pause. */
	readonly isTypedAhead: boolean;
	/** Counts the names that have come into the cache, or changed there. */
	readonly arrivals: number;
	/** Counts what there was to show of latest values: up to ten times a second. */
	readonly pulses: number;
	/** Counts what there was to show of collaboratives and what is shared in them. */
	readonly news: number;
	/** Epoch, ms: the clock that ages are measured from. */
	readonly now: number;
};

export function initialState(
	given: Pick<State, 'size' | 'session' | 'history' | 'now'> & Partial<ShownPanes>,
): State {
	return {
		...shownPanes(),
		...given,
		focus: 'shell',
		zoomed: false,
		help: undefined,
		connection: 'connecting',
		user: undefined,
		prompt: emptyPrompt,
		scrollback: emptyScrollback,
		view: atEnd,
		tree: emptyTree,
		series: emptySeries,
		collaboratives: emptyCollaboratives,
		running: undefined,
		queue: [],
		question: undefined,
		answer: undefined,
		isSecret: false,
		isTypedAhead: false,
		arrivals: 0,
		pulses: 0,
		news: 0,
	};
}

/** What has the keys now, first to last. */
export function placesOf(state: State): readonly Place[] {
	if (state.help !== undefined) return ['help'];
	if (state.question !== undefined && !state.isTypedAhead)
		return [state.answer ? 'answer' : 'question', 'anywhere'];
	const pane = paneOf(state);
	if (pane !== 'shell') return [state[pane].isTyping ? 'filter' : pane, 'anywhere'];
	if (state.prompt.search) return ['search', 'prompt', 'anywhere'];
	if (state.prompt.menu) return ['menu', 'prompt', 'anywhere'];
	return state.running ? ['running', 'prompt', 'anywhere'] : ['prompt', 'anywhere'];
}

export function geometry(state: State): Geometry {
	const sides = panesOf(state).filter(pane => pane !== 'shell');
	return geometryOf(
		state.size,
		focusOf(state, sides),
		state.zoomed,
		panesBeside(state.size, state, sides),
		sides.includes('series'),
	);
}

/** What is asked has the keys, and is asked in the shell. */
function focusOf({focus, question}: State, there: readonly Pane[]): Pane {
	return question === undefined && there.includes(focus) ? focus : 'shell';
}

/**
 * The panes that the keys can go to, also those there is no room for just now; where one is shown at a time, the
 * series also say what they lack.
 */
export function panesOf({size, zoomed, hidden, session}: State): readonly Pane[] {
	const hasSeries = session.database !== undefined || zoomed || isNarrow(size);
	return panes.filter(pane => pane === 'shell' || (!hidden.has(pane) && (pane !== 'series' || hasSeries)));
}

/** The pane with the keys: a window too small for panes has the shell alone. */
export function paneOf(state: State): Pane {
	return geometry(state).kind === 'plain' ? 'shell' : focusOf(state, panesOf(state));
}

/** What is typed as a filter is kept when the keys go elsewhere. */
function withFilterKept(state: State): State {
	const pane = paneOf(state);
	if (pane === 'shell' || !state[pane].isTyping) return state;
	return {...state, [pane]: filterAction(state[pane], 'filter-done')};
}

/** The state with the keys in the next pane, which makes room for itself. */
export function nextPane(before: State): State {
	if (before.question !== undefined) return before;
	const state = withFilterKept(before);
	const all = panesOf(state);
	const focus = all[(all.indexOf(paneOf(state)) + 1) % all.length]!;
	// The series keep their place at the top: what stands below them takes turns.
	return focus === 'shell' ? {...state, focus} : paneUsed({...state, focus}, 'series', focus);
}

/** Without the pane that has the keys; at the prompt with all that were hidden. */
export function withoutPane(before: State): State {
	if (before.question !== undefined) return before;
	const state = withFilterKept(before);
	const pane = paneOf(state);
	if (pane === 'shell') return state.hidden.size > 0 ? {...state, hidden: new Set<SidePane>()} : state;
	return {...state, hidden: new Set([...state.hidden, pane]), focus: 'shell'};
}
