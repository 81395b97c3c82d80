import {complete} from '../shell/complete.ts';
import {toShellError} from '../shell/errors.ts';
import {addToHistory} from '../shell/history.ts';
import {reduceSession, type SessionAction} from '../shell/session.ts';
import {createConnection} from './connection.ts';
import type {CollaborativesWatch} from './hooks/collaboratives-watch.ts';
import type {ListingWatch} from './hooks/listing-watch.ts';
import type {SeriesWatch} from './hooks/series-watch.ts';
import {actionOf, type Press} from './keys.ts';
import {createNames} from './names.ts';
import {createPerform} from './perform.ts';
import {createRunner} from './runner.ts';
import {createScene, type Scene} from './scene.ts';
import type {ScreenOptions} from './screen-options.ts';
import {type Complete, lookedUp} from './state/completing.ts';
import type {Size} from './state/geometry.ts';
import {linesEntered} from './state/queue.ts';
import {received} from './state/scrollback.ts';
import {emptySeries} from './state/series.ts';
import {paneUsed, savedPanes, shownPanes} from './state/shown-panes.ts';
import {treeAt} from './state/tree.ts';
import {typed} from './state/typed.ts';
import {atEnd} from './state/view.ts';
import {initialState, placesOf, type State} from './state/workspace-state.ts';
import {createStore, type Store} from './store.ts';
import {screenProcesses} from './terminal-commands.ts';
import {createTypingPause} from './typing-pause.ts';

/** The screen without its drawing: what it shows, and what keys do to it. */
export type Workspace = {
	readonly store: Store<State>;
	readonly scene: Scene;
	/** Undefined before there is a connection. */
	readonly series: () => SeriesWatch | undefined;
	readonly collaboratives: () => CollaborativesWatch | undefined;
	readonly listings: () => ListingWatch | undefined;
	/** Connects, and begins to keep the time. */
	readonly start: () => void;
	readonly press: (press: Press) => void;
	/** Puts text into the line, line ends and all, without running it. */
	readonly paste: (text: string) => void;
	readonly resize: (size: Size) => void;
	readonly close: () => void;
};

type World = {
	readonly options: ScreenOptions;
	readonly size: Size;
	/** Runs `use` while the terminal is as the screen found it. */
	readonly suspend: (use: () => void) => Promise<void>;
	/** Draws every row again. */
	readonly redraw: () => void;
	readonly onExit: (status: number) => void;
};

export function createWorkspace({options, size, suspend, redraw, onExit}: World): Workspace {
	const {commands, local} = options;
	const store = createStore(
		initialState({
			size,
			session: options.session,
			history: options.history.lines,
			now: Date.now(),
			...shownPanes(options.panes),
		}),
	);
	const {get, update} = store;

	const receive = (content: Parameters<typeof received>[1]) =>
		update(state => ({...state, scrollback: received(state.scrollback, content, Date.now())}));
	const say = (text: string) => receive({kind: 'note', text});
	options.greeting.forEach(say);

	const dispatch = (action: SessionAction) => {
		const {location, database} = get().session;
		update(state => {
			const session = reduceSession(state.session, action);
			const moved = action.type === 'go';
			const tree = moved ? treeAt(state.tree, action.location) : state.tree;
			const isOther = session.database?.timeSeriesDbId !== state.session.database?.timeSeriesDbId;
			const next = {...state, session, tree, series: isOther ? emptySeries : state.series};
			const isElsewhere = session.location?.store.dataStoreId !== state.session.location?.store.dataStoreId;
			// What has been opened is to be seen.
			if (isOther && session.database) return paneUsed(next, 'series', state.focus);
			return isElsewhere ? paneUsed(next, 'tree', state.focus) : next;
		});
		const {session} = get();
		if (session.location !== location || session.database !== database) options.onSession?.(session);
	};

	const completer: Complete = request => complete(request, {...names, commands, session: get().session});
	const namesCame = () =>
		update(state => ({
			...state,
			arrivals: state.arrivals + 1,
			prompt: lookedUp(state.prompt, completer, 'arrived'),
		}));
	const pulse = () => update(state => ({...state, now: Date.now(), pulses: state.pulses + 1}), 'soon');
	const newsCame = () => update(state => ({...state, news: state.news + 1}), 'soon');
	const connection = createConnection({
		...options,
		store,
		dispatch,
		say,
		askSecret: question => runner.askSecret(question),
		onListing: namesCame,
		onSeries: pulse,
		onCollaboratives: newsCame,
	});
	const names = createNames({
		exchange: connection.exchange,
		listings: connection.listings,
		account: options.account,
		local,
		session: () => get().session,
		onArrival: namesCame,
	});
	const scene = createScene(options, connection);

	const pause = createTypingPause(() =>
		update(state => (state.isTypedAhead ? {...state, isTypedAhead: false} : state)),
	);
	const processes = screenProcesses({...options, suspend, environment: process.env});
	const runner = createRunner({
		store,
		connected: connection.connected,
		exchange: connection.exchange,
		prepare: connection.prepare,
		account: options.account,
		dispatch,
		commands,
		local,
		processes,
		...(options.edit && {edit: (text, signal) => options.edit!(processes, text, signal)}),
		promptText: () => scene.promptText(get()),
		keep: line => keep(line),
		isTyping: pause.isTyping,
		onEnd: () => {
			names.forget();
			connection.retry();
		},
		onExit,
	});

	const keep = (line: string) => {
		const {history} = get();
		const grown = addToHistory(history, line);
		if (grown === history) return;
		options.history.append(grown.at(-1)!);
		update(state => ({...state, history: grown}));
	};
	const submit = (entered: string) => {
		update(state => ({...state, queue: [...state.queue, ...linesEntered(entered)], view: atEnd}));
		runner.start();
	};

	const perform = createPerform({
		store,
		scene,
		completer,
		submit,
		runner,
		say,
		peek: directoryId => connection.listings()?.peek(directoryId),
		listed: names.listed,
		redraw,
		onExit,
	});

	/** Whether text was put where one types. */
	const type = (text: string): boolean => {
		const state = typed(get(), text, completer);
		if (state) update(() => state);
		return state !== undefined;
	};

	const press = (pressed: Press) => {
		pause.pressed(placesOf(get()).includes('prompt'));
		const places = placesOf(get());
		const action = actionOf(pressed, places);
		if (action) return perform(action);
		if (!('text' in pressed) || type(pressed.text)) return;
		// Keys typed fast come as one text; where it is not typed into a line, each is a key of its own.
		const letters = [...pressed.text];
		if (letters.length > 1) for (const text of letters) press({text});
	};

	let {hidden, used} = get();
	store.subscribe(() => {
		const state = get();
		if (state.hidden === hidden && state.used === used) return;
		({hidden, used} = state);
		options.onPanes?.(savedPanes(state));
	});

	let clock: NodeJS.Timeout | undefined;
	const tick = () => {
		// An age can wait until nobody is typing.
		if (pause.isPressing()) return;
		const state = get();
		const now = Date.now();
		if (state.running || scene.ageChanges(state, now)) update(current => ({...current, now}), 'soon');
	};

	return {
		store,
		scene,
		listings: connection.listings,
		series: connection.series,
		collaboratives: connection.collaboratives,
		start: () => {
			clock ??= setInterval(tick, 1000).unref();
			connection.connected().catch((thrown: unknown) => {
				// A line that waits for the connection says so itself.
				if (!get().running) receive({kind: 'error', verb: undefined, error: toShellError(thrown)});
			});
		},
		press,
		paste: text => void type(text.replaceAll(/\r\n?/g, '\n').replace(/\n+$/, '')),
		resize: next => update(state => ({...state, size: next})),
		close: () => {
			clearInterval(clock);
			pause.close();
			runner.cancel();
			connection.close();
		},
	};
}
