import type {User} from './ports.ts';
import type {Collaborative, MemberOrganization, MemberState, Permission} from './sharing.ts';

/** What somebody is in a collaborative. */
export type Membership = {
	/** Undefined when none of its organizations is theirs. */
	readonly organization: MemberOrganization | undefined;
	/** Of that organization; null also where the Exchange does not say. */
	readonly memberState: MemberState | null;
	/** Null for those who are not among its people. */
	readonly permission: Permission | null;
	/** Whether they are among its people. */
	readonly isNamed: boolean;
};

/** Finds somebody by their own id, else by that of their organization. */
export function membershipOf(collaborative: Collaborative, user: User): Membership {
	const members = collaborative.memberOrganizations;
	const isMe = (member: MemberOrganization['usersInCollaborative'][number]) =>
		member.user?.userId === user.userId;
	// Among the people of several organizations they have what the best of them gives.
	const naming = members.filter(({usersInCollaborative}) => usersInCollaborative.some(isMe));
	const organization =
		naming.find(seesShared) ??
		naming[0] ??
		members.find(
			member =>
				member.organization !== null &&
				member.organization.organizationId === user.organization?.organizationId,
		);
	const permissions = naming
		.filter(member => member.memberState === organization?.memberState)
		.flatMap(({usersInCollaborative}) => usersInCollaborative.filter(isMe))
		.map(({permission}) => permission);
	return {
		organization,
		memberState: organization?.memberState ?? null,
		permission: permissions.find(permission => permission === 'READ_WRITE') ?? permissions[0] ?? null,
		isNamed: naming.length > 0,
	};
}

/** Whether the people of an organization see what is shared: only the host's and those of approved ones do. */
export function seesShared({memberState}: Pick<MemberOrganization, 'memberState'>): boolean {
	return memberState === 'HOST_ORGANIZATION' || memberState === 'APPROVED';
}

/** Whether it is worth asking what is shared there: not while one's organization is pending or denied. */
export function mayRead(collaborative: Collaborative, user: User): boolean {
	const {memberState} = membershipOf(collaborative, user);
	return memberState !== 'PENDING_APPROVAL' && memberState !== 'DENIED_ACCESS';
}

/** Whether it is known that none of its organizations is theirs. */
export function isOutside(collaborative: Collaborative, user: User): boolean {
	const isNamed = collaborative.memberOrganizations.every(({organization}) => organization !== null);
	return isNamed && membershipOf(collaborative, user).organization === undefined;
}

/**
 * Whether the Exchange says who is in it. To those who do not count in it, it names their own organization at most,
 * which is not to be taken for all there is.
 */
export function tellsMembers(collaborative: Collaborative, user: User): boolean {
	const {memberOrganizations: members, hostOrganizationId} = collaborative;
	const {organization: own, isNamed} = membershipOf(collaborative, user);
	// Of one's own that has nobody in it there is nothing to hide.
	if (members.length === 0) return hostOrganizationId === user.organization?.organizationId;
	return members.some(member => member !== own) || (isNamed && own !== undefined && seesShared(own));
}
