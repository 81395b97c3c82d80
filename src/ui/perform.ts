import type {Listing} from '../shell/ports.ts';
import {isIncomplete} from '../shell/tokenize.ts';
import type {Action} from './keys.ts';
import type {Runner} from './runner.ts';
import type {Scene} from './scene.ts';
import {type Complete, completed, lookedUp} from './state/completing.ts';
import {selectedOf} from './state/menu.ts';
import {promptAction} from './state/press-prompt.ts';
import {promptCleared, promptFilled} from './state/prompt.ts';
import {scrolledAway} from './state/scrollback.ts';
import {atEnd, scrolled, scrolledToStart} from './state/view.ts';
import {geometry, type State} from './state/workspace-state.ts';
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
	readonly redraw: () => void;
	readonly onExit: (status: number) => void;
};

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

	const inTree = (action: Action) => {
		const state = get();
		const {tree, fill, run} = treeStep(state.tree, action, {
			rows: scene.treeRows(state),
			page: scene.treePage(state),
			look: world.peek,
		});
		// Where the shell is out of sight, what it says would be, too.
		const leaves =
			fill !== undefined || (run !== undefined && !run.startsWith('cd ') && !geometry(state).shell);
		update(current => ({
			...current,
			tree,
			focus: leaves ? 'shell' : current.focus,
			prompt: fill === undefined ? current.prompt : promptFilled(current.prompt, fill),
		}));
		if (run !== undefined) submit(run);
	};

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
		panes: () => update(state => ({...state, focus: state.focus === 'shell' ? 'tree' : 'shell'})),
		zoom: () => update(state => ({...state, zoomed: !state.zoomed})),
		help: () => update(state => ({...state, help: 0})),
		back: () =>
			update(state => (state.help === undefined ? {...state, focus: 'shell'} : {...state, help: undefined})),
		yes: () => runner.answer(true),
		no: () => runner.answer(false),
	};

	return action => {
		const handler = handlers[action];
		if (handler) handler();
		else if (/^(tree|filter)-/.test(action)) inTree(action);
		else editPrompt(action);
	};
}
