import type {Where} from './lookup.ts';
import {calledBy, describeId, onlyOne} from './named.ts';
import type {Read, User} from './ports.ts';
import type {Collaborative} from './sharing.ts';

/**
 * The collaborative of that name, id or `id:collaborativeId.…`; one that a cached list lacks is asked for.
 * Throws `not-found`, `ambiguous` (with the ids).
 */
export async function resolveCollaborative(
	{exchange: {sharing}, signal}: Pick<Where, 'exchange' | 'signal'>,
	word: string,
	read?: Read,
): Promise<Collaborative> {
	const known = sharing.cachedCollaboratives();
	let collaboratives = await sharing.listCollaboratives({signal, ...read});
	let called = collaborativesNamed(collaboratives, word);
	if (called.length === 0 && collaboratives === known) {
		collaboratives = await sharing.listCollaboratives({signal, maxAge: 0});
		called = collaborativesNamed(collaboratives, word);
	}
	return onlyOne(called, word, {
		noun: 'collaborative',
		list: 'collaboratives',
		names: () => collaboratives.map(({name}) => name),
		details: all => all.map(({collaborativeId, description}) => describeId(collaborativeId, description)),
	});
}

/** All collaboratives of that name, else the one of that id, with or without `id:` in front. */
export function collaborativesNamed(
	collaboratives: readonly Collaborative[],
	word: string,
): readonly Collaborative[] {
	return calledBy(collaboratives, word, ({collaborativeId}) => collaborativeId);
}

/** Name of a collaborative's host; null where none of its members says. */
export function hostName({hostOrganizationId, memberOrganizations}: Collaborative): string | null {
	const host = memberOrganizations.find(
		({organization, memberState}) =>
			organization?.organizationId === hostOrganizationId || memberState === 'HOST_ORGANIZATION',
	);
	return host?.organization?.name ?? null;
}

/** Everybody that collaboratives name, and oneself, by id. */
export function peopleIn(collaboratives: readonly Collaborative[], user?: User): ReadonlyMap<string, User> {
	const people = new Map<string, User>();
	for (const {memberOrganizations} of collaboratives) {
		for (const {usersInCollaborative} of memberOrganizations) {
			for (const {user} of usersInCollaborative) if (user) people.set(user.userId, user);
		}
	}
	if (user) people.set(user.userId, user);
	return people;
}
