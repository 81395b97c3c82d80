import type {User} from '../../shell/ports.ts';
import type {Session} from '../../shell/session.ts';
import type {Place} from '../keys.ts';
import {type Geometry, geometryOf, type Pane, type Size} from './geometry.ts';
import {emptyPrompt, type Prompt} from './prompt.ts';
import {emptyScrollback, type Scrollback} from './scrollback.ts';
import {emptyTree, type Tree} from './tree.ts';
import {atEnd, type View} from './view.ts';

/** Everything the screen shows but what the Exchange's cache holds. */
export type State = {
	readonly size: Size;
	readonly focus: Pane;
	readonly zoomed: boolean;
	/** First row of the keys shown; undefined while they are not. */
	readonly help: number | undefined;
	readonly session: Session;
	readonly connection: 'connecting' | 'ready' | 'failed';
	readonly user: User | undefined;
	readonly prompt: Prompt;
	/** Lines entered, oldest first. */
	readonly history: readonly string[];
	readonly scrollback: Scrollback;
	readonly view: View;
	readonly tree: Tree;
	/** The line that runs. */
	readonly running: {readonly line: string; readonly startedAt: number} | undefined;
	/** Lines entered while another one ran. */
	readonly queue: readonly string[];
	/** What the running line asks, in place of the prompt. */
	readonly question: string | undefined;
	/** Counts what has come into the cache, or changed there. */
	readonly arrivals: number;
	/** Epoch, ms: the clock that ages are measured from. */
	readonly now: number;
};

export function initialState(given: Pick<State, 'size' | 'session' | 'history' | 'now'>): State {
	return {
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
		running: undefined,
		queue: [],
		question: undefined,
		arrivals: 0,
	};
}

/** What has the keys now, first to last. */
export function placesOf(state: State): readonly Place[] {
	if (state.help !== undefined) return ['help'];
	if (state.question !== undefined) return ['question', 'anywhere'];
	if (paneOf(state) === 'tree') return state.tree.isTyping ? ['filter'] : ['tree', 'anywhere'];
	if (state.prompt.search) return ['search', 'prompt', 'anywhere'];
	if (state.prompt.menu) return ['menu', 'prompt', 'anywhere'];
	return state.running ? ['running', 'prompt', 'anywhere'] : ['prompt', 'anywhere'];
}

export function geometry(state: State): Geometry {
	return geometryOf(state.size, state.focus, state.zoomed);
}

/** The pane with the keys: a window too small for panes has the shell alone. */
export function paneOf(state: State): Pane {
	return geometry(state).kind === 'plain' ? 'shell' : state.focus;
}
