import type {Listing} from '../shell/ports.ts';
import type {Service} from '../shell/sharing.ts';
import {isIncomplete} from '../shell/tokenize.ts';
import {collaborativeStep} from './collaborative-keys.ts';
import type {Action} from './key-table.ts';
import type {Runner} from './runner.ts';
import type {Scene} from './scene.ts';
import {seriesStep} from './series-keys.ts';
import {type Complete, completed, lookedUp} from './state/completing.ts';
import {filterAction} from './state/filter.ts';
import {selectedOf} from './state/menu.ts';
import {promptAction} from './state/press-prompt.ts';
import {promptCleared, promptFilled} from './state/prompt.ts';
import {scrolledAway} from './state/scrollback.ts';
import {atEnd, scrolled, scrolledToStart} from './state/view.ts';
import {geometry, nextPane, paneOf, placesOf, type State, withoutPane} from './state/workspace-state.ts';
import type {Store} from './store.ts';
import {treeStep} from './tree-keys.ts';

type World = {
	readonly store: Store<State>;
	readonly scene: Scene;
	readonly completer: Complete;
	/** Runs a line, or queues it behind the one that runs. */
	readonly submit: (line: string) => void;
	readonly runner: Runner;
	readonly say: (note: string) => void;
	readonly peek: (directoryId: string) => Listing | undefined | null;
	/** The stores and databases of one's lists; undefined while they are on their way. */
	readonly listed: () => readonly Service[] | undefined;
	readonly redraw: () => void;
	readonly onExit: (status: number) => void;
};

/** What a key in a pane has to say in the shell. */
type Spoken = {readonly fill?: string; readonly run?: string; readonly say?: string};

/** What each action of the key table does to the screen. */
export function createPerform(world: World): (action: Action) => void {
	const {store, scene, completer, submit, runner} = world;
	const {get, update} = store;

	const editPrompt = (action: Action) =>
		update(state => {
			const prompt = promptAction(state.prompt, action, state.history);
			if (action.startsWith('menu-')) return {...state, prompt};
			if (action === 'erase') return {...state, prompt: lookedUp(prompt, completer, 'typed')};
			return {...state, prompt: prompt.menu ? {...prompt, menu: undefined} : prompt};
		});

	const enter = () => {
		const {text, cursor} = get().prompt.line;
		// An open quote goes on in the next row.
		if (isIncomplete(text) && cursor === text.length) return editPrompt('new-row');
		update(state => ({...state, prompt: promptCleared(state.prompt)}));
		submit(text);
	};

	const scroll = (by: number) =>
		update(state => ({
			...state,
			view: scrolled(state.scrollback, state.view, by, scene.scrollPage(state), scene.measure(state)),
		}));
	const page = (pages: -1 | 1) => pages * Math.max(1, scene.scrollPage(get()) - 1);
	/** Scrolls what is in front: the keys, or what was said. */
	const move = (by: number) => {
		const {help} = get();
		if (help === undefined) scroll(by);
		else update(state => ({...state, help: Math.max(0, Math.min(scene.helpEnd(state), help + by))}));
	};

	/** A key in a pane that led to a line or a word: it is put at the prompt, or runs or is said there, to be seen. */
	const speak = ({fill, run, say}: Spoken) => {
		// Where the shell is out of sight, what it says would be, too.
		const speaks = say !== undefined || (run !== undefined && !run.startsWith('cd '));
		if (fill !== undefined || (speaks && !geometry(get()).shell))
			update(state => ({...state, focus: 'shell'}));
		if (say !== undefined) world.say(say);
		if (fill !== undefined) update(state => ({...state, prompt: promptFilled(state.prompt, fill)}));
		if (run === undefined) return;
		// What is watched never ends by itself: the next line takes its place.
		if (isWatching(get())) runner.cancel();
		submit(run);
	};
	const inTree = (action: Action) => {
		const state = get();
		const {tree, ...line} = treeStep(state.tree, action, {
			rows: scene.treeRows(state),
			page: scene.treePage(state),
			look: world.peek,
		});
		update(current => ({...current, tree}));
		speak(line);
	};
	const inSeries = (action: Action) => {
		const state = get();
		const {series, ...line} = seriesStep(state.series, action, {
			rows: scene.series.rows(state),
			page: scene.series.page(state),
			assets: scene.series.latest(state)?.assets ?? [],
			recent: scene.series.recent(state),
			now: Date.now(),
		});
		update(current => ({...current, series}));
		speak(line);
	};
	const inCollaboratives = (action: Action) => {
		const state = get();
		const {pane, ...spoken} = collaborativeStep(state.collaboratives, action, {
			rows: scene.collaboratives.rows(state),
			page: scene.collaboratives.page(state),
			session: state.session,
			known: () => ({
				user: state.user,
				collaboratives: scene.collaboratives.all(),
				listed: world.listed(),
				shared: scene.collaboratives.shared(state),
			}),
		});
		update(current => ({...current, collaboratives: pane}));
		speak(spoken);
	};
	const inFilter = (action: Action) =>
		update(state => {
			const pane = paneOf(state);
			return pane === 'shell' ? state : {...state, [pane]: filterAction(state[pane], action)};
		});
	const editAnswer = (action: Action) =>
		update(state => {
			if (!state.answer) return state;
			const {line} = promptAction({line: state.answer}, action, []);
			return {...state, answer: line};
		});

	const handlers: Partial<Record<Action, () => void>> = {
		enter,
		complete: () => update(state => ({...state, prompt: completed(state.prompt, completer)})),
		'menu-take': () => (selectedOf(get().prompt.menu) ? editPrompt('menu-take') : enter()),
		interrupt: () => (get().running ? runner.cancel() : editPrompt('interrupt')),
		'delete-or-leave': () => {
			const {prompt, running} = get();
			if (prompt.line.text !== '') editPrompt('delete');
			else if (running) world.say('A line is running: Ctrl-C cancels it, then Ctrl-D leaves.');
			else world.onExit(0);
		},
		'clear-screen': () => {
			update(state => ({...state, scrollback: scrolledAway(state.scrollback), view: atEnd}));
			world.redraw();
		},
		'page-up': () => move(page(-1)),
		'page-down': () => move(page(1)),
		'row-up': () => move(-1),
		'row-down': () => move(1),
		'to-start': () => update(state => ({...state, view: scrolledToStart(state.scrollback)})),
		'to-end': () => update(state => ({...state, view: atEnd})),
		panes: () => {
			update(nextPane);
			// Its keys will ask for names.
			if (paneOf(get()) === 'collaboratives') world.listed();
		},
		hide: () => update(withoutPane),
		zoom: () => update(state => ({...state, zoomed: !state.zoomed})),
		help: () => update(state => ({...state, help: 0})),
		back: () =>
			update(state => (state.help === undefined ? {...state, focus: 'shell'} : {...state, help: undefined})),
		yes: () => runner.answer(true),
		no: () => runner.answer(false),
		'answer-done': () => runner.answer(get().answer?.text ?? ''),
		'answer-cancel': () => runner.answer(false),
	};

	return action => {
		const handler = handlers[action];
		if (handler) handler();
		else if (action.startsWith('tree-')) inTree(action);
		else if (action.startsWith('series-')) inSeries(action);
		else if (action.startsWith('collaboratives-')) inCollaboratives(action);
		else if (/^filter(-|$)/.test(action)) inFilter(action);
		else if (placesOf(get()).includes('answer')) editAnswer(action);
		else editPrompt(action);
	};
}

/** Whether the line that runs follows values until it is cancelled. */
function isWatching({running}: State): boolean {
	return running !== undefined && /^\s*latest\s(.*\s)?(--watch|-w)(\s|$)/.test(running.line);
}
