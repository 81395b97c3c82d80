import {peopleIn} from './collaboratives.ts';
import type {Spec} from './command.ts';
import {type Candidate, type CompletionSources, nothing, type Offer} from './completion.ts';
import {quoteWord} from './quote.ts';
import {indexNames, rankNames} from './rank.ts';
import {
	databaseService,
	describeService,
	distinctServices,
	splitPrefix,
	storeService,
	wordFor,
} from './services.ts';
import type {Collaborative, Service} from './sharing.ts';

/** Collaboratives by name; several of one name by id. */
export function completeCollaboratives(text: string, sources: CompletionSources): Offer {
	const collaboratives = sources.collaboratives();
	if (!collaboratives) return {...nothing, pending: collaboratives === undefined};
	const {matches, ...ranked} = rankNames(indexNames(collaboratives.map(({name}) => name)), text);
	const candidates = matches.map(({place, indexes}): Candidate => {
		const {name, collaborativeId, description} = collaboratives[place]!;
		const isOnly = collaboratives.filter((other: Collaborative) => other.name === name).length === 1;
		return {
			insert: isOnly ? `${quoteWord(name)} ` : `id:${collaborativeId} `,
			label: name,
			kind: 'collaborative',
			...(description && {summary: description}),
			indexes,
		};
	});
	return {...ranked, candidates, pending: false};
}

/**
 * Stores, databases and everything shared, or only one's own, with what it is and whose; what bears one name by what
 * tells it apart.
 */
export function completeServices(text: string, sources: CompletionSources, own?: Spec['own']): Offer {
	const collaboratives = sources.collaboratives();
	const stores = sources.stores();
	const databases = sources.databases();
	const shared = collaboratives?.map(({collaborativeId}) => sources.services(collaborativeId));
	const seen = (shared ?? []).flatMap(list => list ?? []);
	const listed = [...(stores ?? []).map(storeService), ...(databases ?? []).map(databaseService)];
	const user = own && sources.user();
	// Where no list can be had, anything may be shared.
	const areShared = own === 'shared' && shared?.some(list => list !== null) === true;
	const services = distinctServices(areShared ? seen : [...listed, ...seen]).filter(
		({ownerUserId}) => !user || ownerUserId === null || ownerUserId === user.userId,
	);
	const people = peopleIn(collaboratives ?? []);
	const {prefix, type, rest} = splitPrefix(text);
	const among = type === undefined ? services : services.filter(({serviceType}) => serviceType === type);
	const {matches, common, ...ranked} = rankNames(indexNames(among.map(labelOf)), rest);
	const candidates = matches.map(({place, indexes}): Candidate => {
		const service = among[place]!;
		const own = wordFor(service, among);
		const word = prefix === '' || own !== service.name ? wordFor(service, services) : prefix + own;
		return {
			insert: `${quoteWord(word)} `,
			label: labelOf(service),
			kind: 'service',
			// An id says nothing in a menu.
			summary: describeService(service, id => people.get(id), {ids: false}),
			indexes,
		};
	});
	const lists: readonly unknown[] = [
		collaboratives,
		stores,
		databases,
		...(shared ?? []),
		...(own ? [user] : []),
	];
	const longer = common === undefined ? undefined : prefix + common;
	return {...ranked, common: longer, candidates, pending: lists.includes(undefined)};
}

function labelOf({name, serviceId}: Service): string {
	return name ?? `id:${serviceId}`;
}
