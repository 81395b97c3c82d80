import {seesShared} from './membership.ts';
import type {User} from './ports.ts';
import type {Collaborative, MemberUser, Permission} from './sharing.ts';

/** Who sees a service through some collaboratives, its owner not counted. */
export type Audience = {
	/** Those with somebody who sees it. */
	readonly organizations: number;
	/** Each once. */
	readonly people: number;
	/** Those among the people who may write. */
	readonly writers: number;
};

/** What somebody may do through some collaboratives, and through which of them they see it. */
export type Access = {
	readonly user: User | null;
	/** The greatest; null where the Exchange does not say. */
	readonly permission: Permission | null;
	readonly through: readonly Collaborative[];
};

/**
 * Everybody who sees what is shared in these collaboratives, by `personKey`: the people of hosts and of
 * approved organizations.
 */
export function accessThrough(collaboratives: readonly Collaborative[]): ReadonlyMap<unknown, Access> {
	const access = new Map<unknown, Access>();
	for (const collaborative of collaboratives) {
		for (const organization of collaborative.memberOrganizations) {
			if (!seesShared(organization)) continue;
			for (const member of organization.usersInCollaborative) {
				const known = access.get(personKey(member));
				const through = known?.through ?? [];
				access.set(personKey(member), {
					user: member.user,
					permission: greater(known?.permission ?? null, member.permission),
					through: through.includes(collaborative) ? through : [...through, collaborative],
				});
			}
		}
	}
	return access;
}

/** Who sees the service of `ownerUserId` that is shared with these collaboratives. */
export function audienceOf(collaboratives: readonly Collaborative[], ownerUserId: string | null): Audience {
	const isOther = ({user}: Pick<MemberUser, 'user'>) => user === null || user.userId !== ownerUserId;
	const people = [...accessThrough(collaboratives).values()].filter(isOther);
	const organizations = new Set(
		collaboratives
			.flatMap(({memberOrganizations}) => memberOrganizations)
			.filter(member => seesShared(member) && member.usersInCollaborative.some(isOther))
			// One that the Exchange does not name is its own.
			.map(member => member.organization?.organizationId ?? member),
	);
	return {
		organizations: organizations.size,
		people: people.length,
		writers: people.filter(({permission}) => permission === 'READ_WRITE').length,
	};
}

/** The same for the same person in every collaborative. Somebody the Exchange does not name is nobody else. */
export function personKey(member: MemberUser): unknown {
	return member.user?.userId ?? member;
}

function greater(one: Permission | null, other: Permission | null): Permission | null {
	return one === 'READ_WRITE' || other === null ? one : other;
}
