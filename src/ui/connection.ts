import {toShellError} from '../shell/errors.ts';
import type {SessionAction} from '../shell/session.ts';
import {findStartingDatabase, type Prepare} from '../shell/starting-database.ts';
import {type CollaborativesWatch, watchCollaboratives} from './hooks/collaboratives-watch.ts';
import {type ListingWatch, watchListings} from './hooks/listing-watch.ts';
import {type SeriesWatch, watchSeries} from './hooks/series-watch.ts';
import type {Connected, ScreenExchange, ScreenOptions, ScreenSide} from './screen-options.ts';
import {emptyCollaboratives} from './state/collaboratives.ts';
import {emptySeries} from './state/series.ts';
import {emptyTree} from './state/tree.ts';
import type {State} from './state/workspace-state.ts';
import type {Store} from './store.ts';

export type Connection = {
	/** The Exchange; the first call connects, and each call after a failure tries again. */
	readonly connected: () => Promise<ScreenExchange>;
	/** Undefined before there is a connection. */
	readonly exchange: () => ScreenExchange | undefined;
	readonly listings: () => ListingWatch | undefined;
	readonly series: () => SeriesWatch | undefined;
	readonly collaboratives: () => CollaborativesWatch | undefined;
	/** Tries what could not be had once more: a command may have found the way. */
	readonly retry: () => void;
	/** Waits for what a command needs of the session besides the connection. */
	readonly prepare: Prepare;
	readonly close: () => void;
};

type World = {
	readonly connect: ScreenOptions['connect'];
	readonly store: Store<State>;
	readonly dispatch: (action: SessionAction) => void;
	readonly say: (note: string) => void;
	readonly askSecret: ScreenSide['askSecret'];
	/** A listing has come, or has changed. */
	readonly onListing: () => void;
	/** There is something else to show of the series. */
	readonly onSeries: () => void;
	/** There is something else to show of collaboratives. */
	readonly onCollaboratives: () => void;
};

/** Whether an Exchange has refused, and not nobody answered. */
function isAnswer(thrown: unknown): boolean {
	const {code} = toShellError(thrown);
	return code !== 'connection' && code !== 'timeout';
}

export function createConnection(world: World): Connection {
	const {connect, store, dispatch, say, askSecret, onListing, onSeries, onCollaboratives} = world;
	let exchange: ScreenExchange | undefined;
	let listings: ListingWatch | undefined;
	let series: SeriesWatch | undefined;
	let collaboratives: CollaborativesWatch | undefined;
	let prepare: Prepare | undefined;
	let connecting: Promise<ScreenExchange> | undefined;
	const become = (connection: State['connection']) => store.update(state => ({...state, connection}));

	const learnUser = (opened: ScreenExchange) => {
		opened.user().then(
			// Another Exchange may have come in the meantime.
			user => store.update(state => (exchange === opened ? {...state, user, connection: 'ready'} : state)),
			// The first command that needs the Exchange says what is wrong.
			(thrown: unknown) => {
				if (exchange === opened) become(isAnswer(thrown) ? 'ready' : 'failed');
			},
		);
	};
	const take = ({exchange: opened, session, openDatabase, notes = []}: Connected) => {
		listings?.close();
		series?.close();
		collaboratives?.close();
		exchange = opened;
		listings = watchListings(opened, onListing);
		series = watchSeries(opened, onSeries);
		collaboratives = watchCollaboratives(opened, onCollaboratives);
		become('connecting');
		if (session.location) dispatch({type: 'go', location: session.location});
		store.update(state => ({...state, session, user: undefined}));
		prepare =
			openDatabase &&
			findStartingDatabase({
				open: openDatabase,
				session: () => store.get().session,
				dispatch,
				say,
			});
		for (const note of notes) say(note);
		// Names that were asked for too early can be looked up now.
		onListing();
		learnUser(opened);
		return opened;
	};
	const adopt = (connected: Connected) => {
		const {localDirectory, status} = store.get().session;
		store.update(state => ({
			...state,
			tree: emptyTree,
			series: emptySeries,
			collaboratives: emptyCollaboratives,
		}));
		connecting = Promise.resolve(
			take({...connected, session: {...connected.session, localDirectory, status}}),
		);
	};
	const open = async (): Promise<ScreenExchange> => {
		become('connecting');
		return take(await connect({say, askSecret, adopt}));
	};

	return {
		connected: () => {
			connecting ??= open().catch(thrown => {
				connecting = undefined;
				become('failed');
				throw thrown;
			});
			return connecting;
		},
		exchange: () => exchange,
		listings: () => listings,
		series: () => series,
		collaboratives: () => collaboratives,
		prepare: async (command, signal) => prepare?.(command, signal),
		retry: () => {
			if (exchange && !store.get().user) learnUser(exchange);
			series?.retry();
			collaboratives?.retry();
		},
		close: () => {
			listings?.close();
			series?.close();
			collaboratives?.close();
			exchange?.close();
		},
	};
}
