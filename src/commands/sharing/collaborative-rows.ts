import {personKey} from '../../shell/audience.ts';
import {hostName} from '../../shell/collaboratives.ts';
import type {Context, Row} from '../../shell/command.ts';
import {membershipOf, tellsMembers} from '../../shell/membership.ts';
import type {User} from '../../shell/ports.ts';
import type {Collaborative, MemberOrganization, MemberState, Permission} from '../../shell/sharing.ts';
import {permissionWord, stateWord} from '../../shell/sharing-words.ts';

/** What one is in a collaborative, and how much there is to it: null where one may not know. */
export function collaborativeRow(collaborative: Collaborative, user: User, services: number | null) {
	const {memberState, permission} = membershipOf(collaborative, user);
	const members = tellsMembers(collaborative, user) ? collaborative.memberOrganizations : undefined;
	return {
		...collaborative,
		hostOrganization: hostName(collaborative),
		memberState,
		permission,
		organizations: members?.length ?? null,
		people: members ? countPeople(members) : null,
		services,
	};
}

/** Everybody once, whatever the state of their organization. */
export function countPeople(organizations: readonly MemberOrganization[]): number {
	return new Set(organizations.flatMap(({usersInCollaborative}) => usersInCollaborative.map(personKey))).size;
}

type Coded = Row & {readonly memberState?: MemberState | null; readonly permission?: Permission | null};

/** The row with `state` and `may` in words. JSON keeps to what the API says. */
export function inWords({format}: Pick<Context, 'format'>, row: Coded): Row {
	if (format === 'json') return row;
	const {memberState, permission} = row;
	return {
		...row,
		...(memberState !== undefined && {state: memberState && stateWord(memberState)}),
		...(permission !== undefined && {may: mayWord(memberState, permission)}),
	};
}

/** A permission counts for nothing as long as the organization is not in. */
export function mayWord(memberState: Coded['memberState'], permission: Permission | null): string | null {
	if (memberState === 'PENDING_APPROVAL' || memberState === 'DENIED_ACCESS') return 'nothing';
	return permission && permissionWord(permission);
}
