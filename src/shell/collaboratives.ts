import {ShellError} from './errors.ts';
import type {Where} from './lookup.ts';
import type {Read, User} from './ports.ts';
import type {Collaborative} from './sharing.ts';
import {closest} from './suggest.ts';

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
	if (called.length === 1) return called[0]!;
	if (called.length > 1) {
		throw new ShellError(
			'ambiguous',
			`${word} is ambiguous: ${called.length} collaboratives bear that name. Name one by id:`,
			{
				details: called.map(({collaborativeId: id, description}) =>
					description ? `id:${id}  ${description}` : `id:${id}`,
				),
			},
		);
	}
	const meant = closest(
		word,
		collaboratives.map(({name}) => name),
	);
	throw new ShellError('not-found', `${word}: no such collaborative`, {
		hint: meant === undefined ? 'try `collaboratives`' : `did you mean ${meant}?`,
	});
}

/** All collaboratives of that name, else the one of that id, with or without `id:` in front. */
export function collaborativesNamed(
	collaboratives: readonly Collaborative[],
	word: string,
): readonly Collaborative[] {
	const named = collaboratives.filter(({name}) => name === word);
	if (named.length > 0) return named;
	const id = word.startsWith('id:') ? word.slice(3) : word;
	return collaboratives.filter(({collaborativeId}) => collaborativeId === id);
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
