import {isRefusal, toShellError} from './errors.ts';
import {mayRead} from './membership.ts';
import type {DataStore, Exchange, Read, User} from './ports.ts';
import type {Collaborative, Service} from './sharing.ts';
import type {TimeSeriesDb} from './time-series.ts';
import {turns} from './turns.ts';

/** Collaboratives asked at the same time what is shared in them. */
export const atOnce = 6;

/** Whom to ask. */
type Asking = {
	readonly exchange: Pick<Exchange, 'user' | 'sharing'>;
	readonly signal?: AbortSignal | undefined;
};

/** A service in one of the collaboratives that it is shared with. */
export type SharedService = {readonly service: Service; readonly collaborative: Collaborative};

/**
 * What is shared in a collaborative; undefined where one may not know: the organization is pending or denied, or
 * the permission is gone.
 */
export async function readServices(
	{exchange, signal}: Asking,
	collaborative: Collaborative,
	user: User,
	read?: Read,
): Promise<readonly Service[] | undefined> {
	if (!mayRead(collaborative, user)) return undefined;
	try {
		return await exchange.sharing.listServices(collaborative.collaborativeId, {signal, ...read});
	} catch (thrown) {
		if (isRefusal(thrown)) return undefined;
		throw thrown;
	}
}

/**
 * Everything shared that one may see, a row for each collaborative that it is in. Of an Exchange without
 * collaboratives nothing.
 */
export async function listShared(where: Asking, read?: Read): Promise<readonly SharedService[]> {
	const {exchange, signal} = where;
	const [user, collaboratives] = await Promise.all([
		exchange.user({signal}),
		exchange.sharing.listCollaboratives({signal, ...read}),
	]).catch((thrown: unknown) => {
		if (toShellError(thrown).code === 'unsupported') return [undefined, []] as const;
		throw thrown;
	});
	if (!user) return [];
	const turn = turns(atOnce);
	const lists = await Promise.all(
		collaboratives.map(async collaborative => {
			const services = await turn(() => readServices(where, collaborative, user, read));
			return (services ?? []).map(service => ({service, collaborative}));
		}),
	);
	return lists.flat();
}

/** Stores that others share, each once. */
export async function sharedStores(where: Asking, read?: Read): Promise<readonly DataStore[]> {
	const shared = await listShared(where, read);
	const stores = shared.map(({service}) => service.dataStore).filter(store => store !== null);
	return [...new Map(stores.map(store => [store.dataStoreId, store])).values()];
}

/** Databases that others share, each once. */
export async function sharedDatabases(where: Asking, read?: Read): Promise<readonly TimeSeriesDb[]> {
	const shared = await listShared(where, read);
	const databases = shared.map(({service}) => service.timeSeriesDb).filter(database => database !== null);
	return [...new Map(databases.map(database => [database.timeSeriesDbId, database])).values()];
}
