import {ShellError, toShellError} from '../shell/errors.ts';
import type {DataStore, Exchange} from '../shell/ports.ts';
import type {Location} from '../shell/session.ts';

type Options = {
	readonly exchange: Pick<Exchange, 'listDataStores' | 'listDirectory'>;
	/** Stores that others share: one of them may be meant though the list leaves it out. */
	readonly shared?: () => Promise<readonly DataStore[]>;
	/** The store asked for by name or `id:`; wins over everything else. */
	readonly store: string | undefined;
	/** Where the last session was. */
	readonly saved?: Location | undefined;
	/** Take the first store when nothing says which. Else only when there is just one. */
	readonly first: boolean;
	readonly signal?: AbortSignal;
};

/**
 * Where a session starts; undefined when there is no store, or several and none was chosen. A saved
 * location is checked, and falls back to its store's root when the directory is gone. Throws ShellError
 * `not-found` or `ambiguous` for the store asked for.
 */
export async function openLocation(options: Options): Promise<Location | undefined> {
	const {exchange, shared = async () => [], store, saved, first, signal} = options;
	const stores = await exchange.listDataStores({signal});
	if (store) {
		const isListed = storesNamed(stores, store).length > 0;
		return rootOf(named(isListed ? stores : [...stores, ...(await shared())], store));
	}
	const isLast = ({dataStoreId}: DataStore) => dataStoreId === saved?.store.dataStoreId;
	const last = stores.find(isLast) ?? (saved && (await shared()).find(isLast));
	if (saved && last?.homeDirectoryId === saved.trail[0].dataStoreDirectoryId) {
		const here = saved.trail.at(-1)!.dataStoreDirectoryId;
		const there = await exchange.listDirectory(here, {signal}).catch(error => {
			if (error instanceof ShellError && ['not-found', 'denied'].includes(error.code)) return undefined;
			throw error;
		});
		return there ? {...saved, store: last} : rootOf(last);
	}
	const usable = stores.filter(({homeDirectoryId}) => homeDirectoryId !== null);
	return usable[0] && (first || usable.length === 1) ? rootOf(usable[0]) : undefined;
}

/**
 * As `openLocation`, for a prompt, which is of use without a place to stand in: what is wrong becomes a note.
 * An Exchange that could not be asked may be reached again in a moment, so the saved location stands.
 */
export async function startLocation(
	options: Options,
): Promise<{readonly location: Location | undefined; readonly notes: readonly string[]}> {
	try {
		const location = await openLocation(options);
		return {location, notes: location ? [] : [noStoreNote]};
	} catch (thrown) {
		const {message, hint} = toShellError(thrown);
		return {
			location: options.store ? undefined : options.saved,
			notes: [hint ? `${message} (${hint})` : message],
		};
	}
}

const noStoreNote = 'No data store is selected: `stores` lists them, `use STORE` selects one.';

function storesNamed(stores: readonly DataStore[], wanted: string): readonly DataStore[] {
	return stores.filter(({name, dataStoreId}) => name === wanted || `id:${dataStoreId}` === wanted);
}

function named(stores: readonly DataStore[], wanted: string): DataStore {
	const found = storesNamed(stores, wanted);
	if (found.length > 1) {
		throw new ShellError('ambiguous', `${wanted}: ${found.length} data stores bear that name`, {
			hint: 'name one by id',
			details: found.map(({dataStoreId}) => `id:${dataStoreId}`),
		});
	}
	if (!found[0]) {
		throw new ShellError('not-found', `${wanted}: no such data store`, {
			details: [...new Set(stores.map(({name}) => name))],
		});
	}
	return found[0];
}

function rootOf(store: DataStore): Location {
	if (store.homeDirectoryId === null) {
		throw new ShellError('failed', `${store.name}: this data store has no home directory`);
	}
	return {store, trail: [{dataStoreDirectoryId: store.homeDirectoryId, name: ''}]};
}
