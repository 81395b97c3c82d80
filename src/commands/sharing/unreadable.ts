import {ShellError} from '../../shell/errors.ts';
import {membershipOf, tellsMembers} from '../../shell/membership.ts';
import type {User} from '../../shell/ports.ts';
import type {Collaborative} from '../../shell/sharing.ts';
import {stateWord} from '../../shell/sharing-words.ts';

/** Why one may not know what is shared in a collaborative, nor, where that is so, who else is in it. */
export function notReadable(collaborative: Collaborative, user: User): string {
	const what = tellsMembers(collaborative, user) ? '' : 'who else is in it and ';
	return `${what}what is shared in it cannot be seen: ${reason(collaborative, user)}`;
}

/** The same as an error that names the collaborative. */
export function unreadable(collaborative: Collaborative, user: User): ShellError {
	return new ShellError('denied', `${collaborative.name}: ${notReadable(collaborative, user)}`);
}

/** Why one may not know who is in it. */
export function notTold(collaborative: Collaborative, user: User): string {
	return `who else is in ${collaborative.name} is not shown to you: ${reason(collaborative, user)}`;
}

/** What is in one's way in a collaborative. */
export function reason(collaborative: Collaborative, user: User): string {
	const {organization, memberState, isNamed} = membershipOf(collaborative, user);
	const name = organization?.organization?.name ?? 'your organization';
	if (!organization) return 'your organization is not in it';
	if (memberState === 'PENDING_APPROVAL') return `${name} is pending, its host has to approve it`;
	if (memberState === 'DENIED_ACCESS') return `${name} is denied access`;
	if (!isNamed) return `you are not among the people of ${name} in it`;
	return memberState === null
		? 'you have no permission'
		: `${name} is ${stateWord(memberState)}, yet you have no permission`;
}
