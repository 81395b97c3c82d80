import {type Membership, mayRead, membershipOf} from '../../shell/membership.ts';
import type {User} from '../../shell/ports.ts';
import type {Collaborative, MemberOrganization, MemberUser, Service} from '../../shell/sharing.ts';
import {isFound, type Sought, searchFor} from './collaborative-filter.ts';
import {
	collaborativesInOrder,
	organizationsInOrder,
	peopleInOrder,
	servicesInOrder,
} from './collaborative-order.ts';
import type {Collaboratives} from './collaboratives.ts';
import {filterWords} from './series-filter.ts';

export type CollaborativeRow = {
	/** No two rows have the same. */
	readonly key: string;
	/** Key of the row that this one is beneath. */
	readonly parent: string | undefined;
	readonly depth: number;
	readonly collaborative: Collaborative;
} & (
	| {
			readonly kind: 'collaborative';
			/** Undefined while nobody knows who one is. */
			readonly membership: Membership | undefined;
			readonly isUnfolded: boolean;
	  }
	| {readonly kind: 'organization'; readonly organization: MemberOrganization; readonly isUnfolded: boolean}
	| {
			readonly kind: 'person';
			readonly organization: MemberOrganization;
			readonly member: MemberUser;
			readonly isSelf: boolean;
	  }
	| {
			readonly kind: 'service';
			readonly service: Service;
			readonly owner: User | undefined;
			readonly isOwn: boolean;
	  }
	| {readonly kind: 'note'; readonly text: string}
);

/** Every row that is unfolded, also those far out of sight. */
export type CollaborativeRows = {
	readonly rows: readonly CollaborativeRow[];
	/** Index by key. */
	readonly positions: ReadonlyMap<string, number>;
};

export type Known = {
	readonly collaboratives: readonly Collaborative[];
	readonly user: User | undefined;
	/** Undefined while it is not known what is shared there, a text where it cannot be. */
	readonly services: (collaborativeId: string) => readonly Service[] | string | undefined;
	/** Somebody that any of the collaboratives names. */
	readonly person: (userId: string) => User | undefined;
};

/** The collaboratives by name, those unfolded with organizations, people and services; of all that what fits the filter. */
export function collaborativeRows(known: Known, pane: Collaboratives): CollaborativeRows {
	const rows: CollaborativeRow[] = [];
	const positions = new Map<string, number>();
	const add = <R extends CollaborativeRow>(row: R): R => {
		let {key} = row;
		// What the Exchange tells twice are two rows.
		for (let again = 2; positions.has(key); again++) key = `${row.key} ${again}`;
		positions.set(key, rows.length);
		const unique = key === row.key ? row : {...row, key};
		rows.push(unique);
		return unique;
	};
	const words = filterWords(pane.filter);
	for (const collaborative of collaborativesInOrder(known.collaboratives)) {
		addCollaborative({known, pane, add, words}, collaborative);
	}
	return {rows, positions};
}

/** The collaboratives whose services these rows have use for: those unfolded, under a filter all that may be looked into. */
export function wantedServices(
	{collaboratives, user}: Pick<Known, 'collaboratives' | 'user'>,
	{unfolded, filter}: Collaboratives,
): readonly string[] {
	if (!user) return [];
	const all = filterWords(filter).length > 0;
	return collaboratives
		.filter(one => (all || unfolded.has(one.collaborativeId)) && mayRead(one, user))
		.map(({collaborativeId}) => collaborativeId);
}

type Adding = {
	readonly known: Known;
	readonly pane: Collaboratives;
	readonly add: <R extends CollaborativeRow>(row: R) => R;
	readonly words: readonly string[];
};

function addCollaborative(adding: Adding, collaborative: Collaborative): void {
	const {known, pane, add, words} = adding;
	const key = collaborative.collaborativeId;
	const sought = searchFor(words, [collaborative]);
	const isOpen = pane.unfolded.has(key);
	// One that fits as a whole shows all that is in it.
	const inside = isOpen && isFound(sought) ? searchFor([], []) : sought;
	const children = isOpen || words.length > 0 ? childrenOf(adding, collaborative, inside) : [];
	if (!isFound(sought) && children.length === 0) return;
	add({
		kind: 'collaborative',
		key,
		parent: undefined,
		depth: 0,
		collaborative,
		membership: known.user && membershipOf(collaborative, known.user),
		isUnfolded: isOpen || children.length > 0,
	});
	for (const child of children) add(child);
	if (!isOpen || !isFound(inside)) return;
	for (const text of notesOf(known, collaborative)) {
		add({kind: 'note', key: `${key} note`, parent: key, depth: 1, collaborative, text});
	}
}

function childrenOf(
	adding: Adding,
	collaborative: Collaborative,
	sought: Sought,
): readonly CollaborativeRow[] {
	const {known} = adding;
	const key = collaborative.collaborativeId;
	const rows = organizationsInOrder(collaborative.memberOrganizations).flatMap((member, index) =>
		organizationRows(adding, collaborative, member, index, sought),
	);
	const services = known.services(key);
	if (typeof services !== 'object') return rows;
	for (const service of servicesInOrder(services)) {
		const {serviceId, serviceType, ownerUserId} = service;
		const owner = ownerUserId === null ? undefined : known.person(ownerUserId);
		if (!isFound(searchFor(sought.words, [service, owner], sought))) continue;
		rows.push({
			kind: 'service',
			key: `${key} ${serviceType} ${serviceId}`,
			parent: key,
			depth: 1,
			collaborative,
			service,
			owner,
			isOwn: ownerUserId !== null && ownerUserId === known.user?.userId,
		});
	}
	return rows;
}

/** An organization and, as far as they are to be seen, its people. */
function organizationRows(
	{known, pane}: Adding,
	collaborative: Collaborative,
	organization: MemberOrganization,
	index: number,
	sought: Sought,
): CollaborativeRow[] {
	const parent = collaborative.collaborativeId;
	const key = `${parent} organization ${organization.organization?.organizationId ?? index}`;
	const {words} = sought;
	const here = searchFor(words, [organization], sought);
	const isOpen = pane.unfolded.has(key);
	const people = isOpen || words.length > 0 ? peopleInOrder(organization.usersInCollaborative) : [];
	const isAll = isOpen && isFound(here);
	const rows = people.flatMap((member, at): CollaborativeRow[] => {
		if (!isAll && !isFound(searchFor(words, [member], here))) return [];
		const isSelf = member.user !== null && member.user.userId === known.user?.userId;
		const own = {key: `${key} person ${member.user?.userId ?? at}`, parent: key, depth: 2};
		return [{kind: 'person', ...own, collaborative, organization, member, isSelf}];
	});
	if (!isFound(here) && rows.length === 0) return [];
	const isUnfolded = rows.length > 0;
	return [{kind: 'organization', key, parent, depth: 1, collaborative, organization, isUnfolded}, ...rows];
}

/** What takes the place of lists that are empty or cannot be had. */
function notesOf({services, user}: Known, collaborative: Collaborative): readonly string[] {
	const state = user && membershipOf(collaborative, user).memberState;
	const none = collaborative.memberOrganizations.length === 0 ? ['no member organizations'] : [];
	if (state === 'PENDING_APPROVAL') return [...none, 'cannot be looked into before it is approved'];
	if (state === 'DENIED_ACCESS') return [...none, 'cannot be looked into: access is denied'];
	const shared = services(collaborative.collaborativeId);
	if (shared === undefined) return [...none, 'reading what is shared…'];
	if (typeof shared === 'string') return [...none, shared];
	return shared.length === 0 ? [...none, 'nothing is shared in it'] : none;
}
