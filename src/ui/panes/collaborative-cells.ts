import {mayWord} from '../../commands/sharing/collaborative-rows.ts';
import {serviceLabel} from '../../commands/sharing/service-rows.ts';
import {missing} from '../../render/cells.ts';
import {sanitize} from '../../render/sanitize.ts';
import {personKey} from '../../shell/audience.ts';
import type {Membership} from '../../shell/membership.ts';
import {readableCount} from '../../shell/readable.ts';
import type {MemberOrganization} from '../../shell/sharing.ts';
import {personName, serviceMark, serviceWord, stateMark, stateWord} from '../../shell/sharing-words.ts';
import type {CollaborativeRow} from '../state/collaborative-rows.ts';

/** The words of a row, safe to be shown. */
export type Cells = {
	/** One column: folded, unfolded, or what kind of service it is. */
	readonly sign: string;
	readonly label: string;
	/** A state, a permission or a type. */
	readonly what: string;
	/** A number of people, or whose it is. */
	readonly more: string;
};

/** The row of a collaborative has its standing as `more`; the cells of a note are empty but for its label. */
export function cellsOf(row: CollaborativeRow): Cells {
	switch (row.kind) {
		case 'collaborative':
			return {
				sign: foldSign(row.isUnfolded),
				label: sanitize(row.collaborative.name),
				what: '',
				more: row.membership ? standing(row.membership) : '',
			};
		case 'organization': {
			const {organization, memberState} = row.organization;
			const people = peopleIn(row.organization);
			return {
				sign: people > 0 ? foldSign(row.isUnfolded) : ' ',
				label: organization ? sanitize(organization.name) : missing,
				what: memberState ? `${stateMark(memberState)} ${sanitize(stateWord(memberState))}` : missing,
				more: `${readableCount(people)} ${people === 1 ? 'person' : 'people'}`,
			};
		}
		case 'person': {
			const {user, permission} = row.member;
			return {
				sign: ' ',
				label: user ? sanitize(personName(user)) : missing,
				what: sanitize(mayWord(row.organization.memberState, permission) ?? missing),
				more: row.isSelf ? 'you' : '',
			};
		}
		case 'service': {
			const {service, owner, isOwn} = row;
			return {
				sign: serviceMark(service.serviceType),
				label: sanitize(serviceLabel(service)),
				what: sanitize(serviceWord(service.serviceType)),
				more: isOwn ? 'you' : owner ? sanitize(personName(owner)) : missing,
			};
		}
		case 'note':
			return {sign: ' ', label: sanitize(row.text), what: '', more: ''};
	}
}

/** `host · you: write`, `member · you: read`, `pending`, `denied`. */
function standing({organization, memberState, permission}: Membership): string {
	if (!organization || memberState === null) return missing;
	const word = sanitize(stateWord(memberState));
	if (memberState === 'PENDING_APPROVAL' || memberState === 'DENIED_ACCESS') return word;
	const may = sanitize(mayWord(memberState, permission) ?? missing);
	return `${memberState === 'APPROVED' ? 'member' : word} · you: ${may}`;
}

function foldSign(isUnfolded: boolean): string {
	return isUnfolded ? '▾' : '▸';
}

const counts = new WeakMap<MemberOrganization, number>();

/** Each once. */
function peopleIn(organization: MemberOrganization): number {
	let count = counts.get(organization);
	if (count === undefined) {
		count = new Set(organization.usersInCollaborative.map(personKey)).size;
		counts.set(organization, count);
	}
	return count;
}
