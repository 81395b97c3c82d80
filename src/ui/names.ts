import type {Account, Profile} from '../shell/account.ts';
import type {CompletionSources} from '../shell/complete.ts';
import type {DataStore, Exchange, LocalEntry, LocalFiles, User} from '../shell/ports.ts';
import {databaseService, storeService} from '../shell/services.ts';
import type {Session} from '../shell/session.ts';
import type {Collaborative, Service} from '../shell/sharing.ts';
import type {LatestValues, TimeSeriesDb} from '../shell/time-series.ts';
import type {ListingWatch} from './hooks/listing-watch.ts';

type Names = Omit<CompletionSources, 'commands' | 'session'> & {
	/** Looks everything up anew when it is next asked for: a command may have changed it. */
	readonly forget: () => void;
	/** The stores and databases of one's lists; undefined while they are on their way. */
	readonly listed: () => readonly Service[] | undefined;
};

type World = {
	/** Undefined before there is a connection: names are on their way then. */
	readonly exchange: () => Pick<Exchange, 'user' | 'listDataStores' | 'timeSeries' | 'sharing'> | undefined;
	readonly listings: () => ListingWatch | undefined;
	readonly account?: Pick<Account, 'profiles'>;
	readonly local: LocalFiles;
	readonly session: () => Session;
	/** Names asked for have come. */
	readonly onArrival: () => void;
};

/** What completion looks names up in: answers at once, and fetches behind what it does not know yet. */
export function createNames({exchange, listings, account, local, session, onArrival}: World): Names {
	const stores = lookups<readonly DataStore[]>(onArrival);
	const users = lookups<User>(onArrival);
	const databases = lookups<readonly TimeSeriesDb[]>(onArrival);
	const collaboratives = lookups<readonly Collaborative[]>(onArrival);
	const services = lookups<readonly Service[]>(onArrival);
	const profiles = lookups<readonly Profile[]>(onArrival);
	const values = lookups<LatestValues>(onArrival);
	/** What there is of values that are still coming. */
	const pages = new Map<string, LatestValues>();
	const directories = lookups<readonly LocalEntry[]>(onArrival);
	const ofExchange = [users, stores, databases, collaboratives, services, values];
	let asked = exchange();
	const storesNow = () => {
		const connected = exchange();
		return connected && stores.get('', () => connected.listDataStores());
	};
	const databasesNow = () => {
		const connected = exchange();
		return connected && databases.get('', () => connected.timeSeries.listDatabases());
	};
	return {
		user: () => {
			const connected = exchange();
			return connected && users.get('', () => connected.user());
		},
		stores: storesNow,
		listing: directoryId => listings()?.get(directoryId),
		databases: databasesNow,
		collaboratives: () => {
			const connected = exchange();
			return connected && collaboratives.get('', () => connected.sharing.listCollaboratives());
		},
		listed: () => {
			const [ownStores, ownDatabases] = [storesNow(), databasesNow()];
			if (!ownStores || ownDatabases === undefined) return undefined;
			// An Exchange may have no databases.
			return [...ownStores.map(storeService), ...(ownDatabases ?? []).map(databaseService)];
		},
		services: collaborativeId => {
			const connected = exchange();
			return (
				connected && services.get(collaborativeId, () => connected.sharing.listServices(collaborativeId))
			);
		},
		profiles: () => account && profiles.get('', account.profiles),
		latest: timeSeriesDbId => {
			const connected = exchange();
			if (!connected) return undefined;
			const {timeSeries} = connected;
			const onPage = (page: LatestValues) => {
				pages.set(timeSeriesDbId, page);
				onArrival();
			};
			const found = values.get(timeSeriesDbId, () =>
				timeSeries.latest(timeSeriesDbId, {onPage}).finally(() => pages.delete(timeSeriesDbId)),
			);
			// What is cached follows the live values; what was looked up is as old as the look.
			return timeSeries.cachedLatest(timeSeriesDbId) ?? pages.get(timeSeriesDbId) ?? found;
		},
		localEntries: typed => {
			const directory = local.resolve(session().localDirectory, typed || '.');
			return directories.get(directory, () => local.list(directory));
		},
		forget: () => {
			// Names of the Exchange before are of no use on another one.
			const isAnother = asked !== undefined && asked !== exchange();
			asked = exchange();
			for (const names of ofExchange) isAnother ? names.drop() : names.forget();
			profiles.forget();
			directories.forget();
			listings()?.retry();
		},
	};
}

/** Answers kept until forgotten; a forgotten one still serves until the new one is here. */
function lookups<T>(onArrival: () => void) {
	const known = new Map<string, T | null>();
	const current = new Set<string>();
	return {
		get: (key: string, look: () => Promise<T>): T | undefined | null => {
			if (!current.has(key)) {
				current.add(key);
				look()
					.catch(() => null)
					.then(answer => {
						known.set(key, answer);
						onArrival();
					});
			}
			return known.get(key);
		},
		forget: () => {
			current.clear();
		},
		drop: () => {
			current.clear();
			known.clear();
		},
	};
}
