import {compareNames} from '../../shell/listing.ts';
import type {
	Collaborative,
	MemberOrganization,
	MemberState,
	MemberUser,
	Service,
} from '../../shell/sharing.ts';
import {personName} from '../../shell/sharing-words.ts';

const states: readonly (MemberState | null)[] = [
	'HOST_ORGANIZATION',
	'APPROVED',
	'PENDING_APPROVAL',
	'DENIED_ACCESS',
];

/** By name. */
export const collaborativesInOrder = ordered<Collaborative>(({name}) => ({name}));

/** The host, those approved, then those that see nothing; each by name, those without one last. */
export const organizationsInOrder = ordered<MemberOrganization>(({organization, memberState}) => ({
	rank: states.includes(memberState) ? states.indexOf(memberState) : states.length,
	name: organization?.name,
}));

/** By name; those whom the Exchange does not name last. */
export const peopleInOrder = ordered<MemberUser>(({user}) => ({name: user && personName(user)}));

/** By name; those without one last, by their ids. */
export const servicesInOrder = ordered<Service>(({name, serviceId}) => ({
	rank: name === null ? 1 : 0,
	name: name ?? serviceId,
}));

type Place = {readonly rank?: number; readonly name: string | null | undefined};

function comparePlaces(a: Place, b: Place): number {
	const byRank = (a.rank ?? 0) - (b.rank ?? 0);
	if (byRank !== 0) return byRank;
	if (a.name == null || b.name == null) return Number(a.name == null) - Number(b.name == null);
	return compareNames(a.name, b.name);
}

/** Sorted once a list: the same list has the same order, as the same object. */
function ordered<T extends object>(placeOf: (item: T) => Place): (list: readonly T[]) => readonly T[] {
	const known = new WeakMap<readonly T[], readonly T[]>();
	return list => {
		let sorted = known.get(list);
		if (!sorted) {
			const places = list.map(item => ({item, place: placeOf(item)}));
			sorted = places.sort((a, b) => comparePlaces(a.place, b.place)).map(({item}) => item);
			known.set(list, sorted);
		}
		return sorted;
	};
}
