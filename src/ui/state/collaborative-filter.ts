import type {User} from '../../shell/ports.ts';
import type {Collaborative, MemberOrganization, MemberUser, Service} from '../../shell/sharing.ts';
import {permissionWord, personName, serviceWord, stateWord} from '../../shell/sharing-words.ts';

type Thing = Collaborative | MemberOrganization | MemberUser | Service | User;

/** What has been found of a filter's words in a thing and in those that it belongs to. */
export type Sought = {
	/** Lower case; none fit everything. */
	readonly words: readonly string[];
	readonly missing: readonly string[];
	/** The thing itself has one of the words. */
	readonly isHit: boolean;
};

/** Looks for words in a thing, all its parts taken together, that belongs to what `above` tells of. */
export function searchFor(
	words: readonly string[],
	parts: readonly (Thing | undefined)[],
	above?: Sought,
): Sought {
	if (words.length === 0) return {words, missing: [], isHit: true};
	const texts = parts.flatMap(part => (part ? [textOf(part)] : []));
	const holds = (word: string) => texts.some(text => text.includes(word));
	return {
		words,
		missing: (above?.missing ?? words).filter(word => !holds(word)),
		isHit: words.some(holds),
	};
}

/** Whether all words are there, one of them in the thing itself. */
export function isFound({missing, isHit}: Sought): boolean {
	return isHit && missing.length === 0;
}

const texts = new WeakMap<Thing, string>();

function textOf(thing: Thing): string {
	let text = texts.get(thing);
	if (text === undefined) {
		text = partsOf(thing).filter(Boolean).join('\n').toLowerCase();
		texts.set(thing, text);
	}
	return text;
}

function partsOf(thing: Thing): readonly (string | null)[] {
	if ('collaborativeId' in thing) return [thing.name, thing.description];
	if ('serviceId' in thing) return [thing.name, thing.serviceId, serviceWord(thing.serviceType)];
	if ('memberState' in thing) {
		const {organization, memberState} = thing;
		return [organization?.name ?? null, memberState && stateWord(memberState)];
	}
	if ('userId' in thing) return [personName(thing), thing.email];
	const {user, permission} = thing;
	return [...(user ? partsOf(user) : []), permission && permissionWord(permission)];
}
