import {accessThrough, personKey} from '../../shell/audience.ts';
import {seesShared, tellsMembers} from '../../shell/membership.ts';
import type {User} from '../../shell/ports.ts';
import type {Collaborative, MemberState} from '../../shell/sharing.ts';

/** What sharing with a collaborative, or no longer sharing, changes for one of its organizations. */
export type Effect = {
	/** Null where the Exchange does not name it. */
	readonly organizationId: string | null;
	readonly name: string | null;
	readonly memberState: MemberState | null;
	/** All of its people. */
	readonly people: number;
	/** Those who see it through this collaborative alone and may read. */
	readonly read: number;
	/** Those who see it through this collaborative alone and may write. */
	readonly write: number;
	/** Those who see it anyway, the owner not counted. */
	readonly kept: number;
	/** Those among them who may write through this collaborative alone. */
	readonly regraded: number;
	/** Names of the other collaboratives through which they see it. */
	readonly through: readonly string[];
	/** Whether the owner is one of the people. */
	readonly isOwners: boolean;
};

export type Consequences = {
	/** In the order of the organizations. */
	readonly organizations: readonly Effect[];
	/** People who see it through this collaborative alone, each once, and those of them who may write. */
	readonly people: number;
	readonly writers: number;
	/** Of the others, those who may write through this collaborative alone. */
	readonly regraded: number;
	/** False where the Exchange does not say who else is in the collaborative, or whether some of them count in it. */
	readonly isComplete: boolean;
	/** Names of other collaboratives through which anybody may see it: the Exchange does not say who is in them. */
	readonly untold: readonly string[];
};

/**
 * What hangs on a service being shared with `collaborative`, given the others that it is shared with: who gains
 * when it is shared, who loses when it no longer is, as far as `user` is told. Somebody in several organizations counts
 * in the first.
 */
export function consequences(
	collaborative: Collaborative,
	others: readonly Collaborative[],
	{ownerUserId, user}: {readonly ownerUserId: string | null; readonly user: User},
): Consequences {
	const anyway = accessThrough(others);
	const then = accessThrough([...others, collaborative]);
	const counted = new Set<unknown>(ownerUserId === null ? [] : [ownerUserId]);
	const organizations = collaborative.memberOrganizations.map((member): Effect => {
		const {organization, memberState, usersInCollaborative} = member;
		const all = new Set(usersInCollaborative.map(personKey));
		const keys = seesShared(member) ? [...all].filter(key => !counted.has(key)) : [];
		for (const key of keys) counted.add(key);
		const kept = keys.filter(key => anyway.has(key));
		const writes = (key: unknown) => then.get(key)?.permission === 'READ_WRITE';
		const gained = keys.filter(key => !anyway.has(key));
		const write = gained.filter(writes).length;
		const through = kept.flatMap(key => anyway.get(key)!.through.map(({name}) => name));
		return {
			organizationId: organization?.organizationId ?? null,
			name: organization?.name ?? null,
			memberState,
			people: all.size,
			read: gained.length - write,
			write,
			kept: kept.length,
			regraded: kept.filter(key => writes(key) && anyway.get(key)!.permission !== 'READ_WRITE').length,
			through: [...new Set(through)],
			isOwners: ownerUserId !== null && usersInCollaborative.some(({user}) => user?.userId === ownerUserId),
		};
	});
	const sum = (count: (effect: Effect) => number) =>
		organizations.reduce((total, effect) => total + count(effect), 0);
	return {
		organizations,
		people: sum(({read, write}) => read + write),
		writers: sum(({write}) => write),
		regraded: sum(({regraded}) => regraded),
		isComplete: tellsMembers(collaborative, user) && !organizations.some(isUnsure),
		untold: others.filter(other => !tellsMembers(other, user)).map(({name}) => name),
	};
}

/** Whether it is not known if its people see what is shared: its state is not told, or newer than this shell. */
export function isUnsure({memberState}: Pick<Effect, 'memberState'>): boolean {
	return memberState !== 'PENDING_APPROVAL' && memberState !== 'DENIED_ACCESS' && !seesShared({memberState});
}
