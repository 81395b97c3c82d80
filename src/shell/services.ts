import {alignColumns} from './candidates.ts';
import {peopleIn} from './collaboratives.ts';
import {ShellError, toShellError} from './errors.ts';
import type {Where} from './lookup.ts';
import {calledBy} from './named.ts';
import type {DataStore, Read, User} from './ports.ts';
import {quoteWord, shownWord} from './quote.ts';
import {listShared} from './shared-services.ts';
import type {Collaborative, Service, ServiceType} from './sharing.ts';
import {personName, serviceWord} from './sharing-words.ts';
import {closest} from './suggest.ts';
import type {TimeSeriesDb} from './time-series.ts';

type Asking = Pick<Where, 'exchange' | 'signal'>;

/** `store:NAME` and `db:NAME` tell a store from a database that bears the same name. */
const prefixes: Readonly<Record<string, ServiceType>> = {store: 'DATA_STORE', db: 'TIME_SERIES_DB'};

export type Wanted = {
	/** Default: what a prefix says, else any. */
	readonly type?: ServiceType | undefined;
	/** What is one's own goes before what others share under the same name. */
	readonly own?: true;
};

export function storeService(dataStore: DataStore): Service {
	const {dataStoreId: serviceId, name, ownerUserId} = dataStore;
	return {serviceId, serviceType: 'DATA_STORE', name, ownerUserId, dataStore, timeSeriesDb: null};
}

export function databaseService(timeSeriesDb: TimeSeriesDb): Service {
	const {timeSeriesDbId: serviceId, name, ownerUserId} = timeSeriesDb;
	return {serviceId, serviceType: 'TIME_SERIES_DB', name, ownerUserId, dataStore: null, timeSeriesDb};
}

/** The stores and databases of the Exchange's own lists. An Exchange may have no databases. */
export async function listedServices({exchange, signal}: Asking, read?: Read): Promise<readonly Service[]> {
	const [stores, databases] = await Promise.all([
		exchange.listDataStores({signal, ...read}),
		exchange.timeSeries.listDatabases({signal, ...read}).catch((thrown: unknown) => {
			if (toShellError(thrown).code === 'unsupported') return [];
			throw thrown;
		}),
	]);
	return [...stores.map(storeService), ...databases.map(databaseService)];
}

/**
 * The service of that name, id or `id:…`: a store or a database one sees, or anything shared. What it is comes
 * from where it was found. Throws `not-found`, `ambiguous` (with what to type instead).
 */
export async function resolveService(where: Asking, word: string, wanted: Wanted = {}): Promise<Service> {
	const fresh = {maxAge: 0};
	const [user, listed] = await Promise.all([
		where.exchange.user({signal: where.signal}),
		listedServices(where, fresh),
	]);
	const isOwn = ({ownerUserId}: Service) => ownerUserId === user.userId;
	const own = wanted.own ? servicesCalled(listed.filter(isOwn), word, wanted.type) : [];
	if (own.length === 1) return own[0]!;
	const shared = own.length > 0 ? [] : await listShared(where, fresh);
	const all = distinctServices([...listed, ...shared.map(({service}) => service)]);
	const called = own.length > 0 ? own : servicesCalled(all, word, wanted.type);
	const mine = wanted.own ? called.filter(isOwn) : [];
	const found = mine.length > 0 ? mine : called;
	if (found.length === 1) return found[0]!;
	if (found.length > 1) {
		const people = peopleIn(shared.map(({collaborative}) => collaborative));
		throw ambiguous(word, found, id => (id === user.userId ? user : people.get(id)));
	}
	const meant = closest(
		word,
		all.flatMap(({name}) => name ?? []),
	);
	throw new ShellError('not-found', `${shownWord(word)}: no such service`, {
		hint: meant === undefined ? 'try `stores`, `databases` or `services`' : `did you mean ${meant}?`,
	});
}

/** All services of that name, else of that id, with or without `id:` in front; else what stands behind a prefix. */
function servicesCalled(
	services: readonly Service[],
	word: string,
	type?: ServiceType | undefined,
): readonly Service[] {
	const among = type === undefined ? services : services.filter(({serviceType}) => serviceType === type);
	const called = calledBy(among, word, ({serviceId}) => serviceId);
	if (called.length > 0 || type !== undefined) return called;
	const {type: prefixed, rest} = splitPrefix(word);
	return prefixed === undefined ? [] : servicesCalled(services, rest, prefixed);
}

/** The type that a prefix stands for, and what comes behind it; without one all of the word. */
export function splitPrefix(word: string): {
	readonly prefix: string;
	readonly type: ServiceType | undefined;
	readonly rest: string;
} {
	const [, name = ''] = /^(store|db):/.exec(word) ?? [];
	const prefix = name === '' ? '' : `${name}:`;
	return {prefix, type: prefixes[name], rest: word.slice(prefix.length)};
}

/** The shortest word that `servicesCalled` takes for this one among them, unquoted. */
export function wordFor(service: Service, among: readonly Service[]): string {
	const {name, serviceType, serviceId} = service;
	const called = among.filter(other => other.name === name);
	if (name !== null && called.length === 1) return name;
	const prefix = Object.keys(prefixes).find(key => prefixes[key] === serviceType);
	const isOnly = called.filter(other => other.serviceType === serviceType).length === 1;
	return name !== null && prefix !== undefined && isOnly ? `${prefix}:${name}` : `id:${serviceId}`;
}

/** `data store of Ada User`; of somebody nobody knows the name of by id, unless `ids` is false. */
export function describeService(
	{serviceType, ownerUserId}: Service,
	nameOf: (userId: string) => User | undefined,
	{ids = true}: {readonly ids?: boolean} = {},
): string {
	const owner = ownerUserId === null ? undefined : nameOf(ownerUserId);
	const called = owner ? personName(owner) : ids ? ownerUserId : null;
	return called === null ? serviceWord(serviceType) : `${serviceWord(serviceType)} of ${called}`;
}

/** The collaboratives among them through which a service is seen. */
export function collaborativesWith(
	{serviceId, serviceType}: Pick<Service, 'serviceId' | 'serviceType'>,
	shared: readonly {readonly service: Service; readonly collaborative: Collaborative}[],
): readonly Collaborative[] {
	return shared
		.filter(({service}) => service.serviceId === serviceId && service.serviceType === serviceType)
		.map(({collaborative}) => collaborative);
}

/** Each once, whatever lists it comes from. */
export function distinctServices(services: readonly Service[]): readonly Service[] {
	const byKey = new Map<string, Service>();
	for (const service of services) {
		const key = `${service.serviceType} ${service.serviceId}`;
		if (!byKey.has(key)) byKey.set(key, service);
	}
	return [...byKey.values()];
}

function ambiguous(
	word: string,
	found: readonly Service[],
	nameOf: (userId: string) => User | undefined,
): ShellError {
	const types = [...new Set(found.map(({serviceType}) => serviceWord(serviceType)))];
	const what = types.length === 1 ? `${found.length} services of the type ${types[0]}` : listing(types);
	return new ShellError('ambiguous', `${word} is ambiguous: ${what} bear that name. Name one:`, {
		details: alignColumns(
			found.map(service => [quoteWord(wordFor(service, found)), describeService(service, nameOf)]),
		),
	});
}

/** `a data store and a time series`. */
function listing(types: readonly string[]): string {
	const named = types.map(type => `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`);
	return `${named.slice(0, -1).join(', ')} and ${named.at(-1)}`;
}
