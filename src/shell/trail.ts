import {ShellError} from './errors.ts';
import {called, type Where} from './lookup.ts';
import type {DataStore} from './ports.ts';
import type {Location, Step} from './session.ts';
import {sharedStores} from './shared-services.ts';

/**
 * The location of a directory known by id only: its parents are asked for, up to the first that the
 * session or the list of stores knows.
 */
export async function locateDirectory(where: Where, id: string, path: string): Promise<Location> {
	const below: Step[] = [];
	const seen = new Set<string>();
	for (let next = id; ; ) {
		const known = knownLocation(where, next);
		if (known) return {store: known.store, trail: [...known.trail, ...below]};
		if (seen.has(next)) throw new ShellError('failed', `${path}: its parents form a circle`);
		seen.add(next);

		const asked = where.exchange.getDirectory(next, {signal: where.signal});
		const directory = await called(`${path}: no such directory`, asked);
		if (directory.homeDirectory === true || directory.parentDirectoryId === null) {
			const store = await storeOf(where, next, directory.dataStoreId, path);
			return {store, trail: [{dataStoreDirectoryId: next, name: ''}, ...below]};
		}
		below.unshift({dataStoreDirectoryId: next, name: directory.name});
		next = directory.parentDirectoryId;
	}
}

function knownLocation({session}: Where, id: string): Location | undefined {
	for (const location of [session.location, session.previous]) {
		const depth = location?.trail.findIndex(step => step.dataStoreDirectoryId === id) ?? -1;
		if (location && depth !== -1) {
			const [home, ...rest] = location.trail;
			return {store: location.store, trail: [home, ...rest.slice(0, depth)]};
		}
	}
	return undefined;
}

async function storeOf(
	where: Where,
	homeDirectoryId: string,
	dataStoreId: string | null,
	path: string,
): Promise<DataStore> {
	const isHere = (candidate: DataStore) =>
		candidate.homeDirectoryId === homeDirectoryId || candidate.dataStoreId === dataStoreId;
	const stores = await where.exchange.listDataStores({signal: where.signal});
	const store = stores.find(isHere) ?? (await sharedStores(where)).find(isHere);
	if (store) return store;
	throw new ShellError('not-found', `${path}: it is in none of the data stores you can see`);
}
