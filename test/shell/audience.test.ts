import {describe, expect, test} from 'vitest';
import {audienceOf} from '../../src/shell/audience.ts';
import {mayRead, membershipOf} from '../../src/shell/membership.ts';
import type {User} from '../../src/shell/ports.ts';
import type {Collaborative, MemberState, Permission} from '../../src/shell/sharing.ts';
import {personName, serviceWord, stateMark, stateWord} from '../../src/shell/sharing-words.ts';

const person = (userId: string, organizationId: string | null = 'o1'): User => ({
	userId,
	firstName: null,
	lastName: null,
	email: null,
	organization: organizationId === null ? null : {organizationId, name: organizationId},
});
const member = (
	organizationId: string | null,
	memberState: MemberState | null,
	people: Readonly<Record<string, Permission | null>>,
) => ({
	organization: organizationId === null ? null : {organizationId, name: organizationId},
	memberState,
	usersInCollaborative: Object.entries(people).map(([id, permission]) => ({
		permission,
		user: id.startsWith('?') ? null : person(id, organizationId),
	})),
});
const pilot = (...memberOrganizations: Collaborative['memberOrganizations']): Collaborative => ({
	collaborativeId: 'c',
	name: 'Pilot',
	description: null,
	hostOrganizationId: 'o1',
	memberOrganizations,
});

describe('an audience', () => {
	test('is the people of hosts and approved organizations, each once over all collaboratives', () => {
		const one = pilot(
			member('o1', 'HOST_ORGANIZATION', {a: 'READ_ONLY', b: 'READ_WRITE'}),
			member('o2', 'PENDING_APPROVAL', {x: 'READ_WRITE'}),
			member('o3', 'DENIED_ACCESS', {y: 'READ_WRITE'}),
			member('o4', null, {z: 'READ_WRITE'}),
			member('o5', 'APPROVED', {}),
		);
		const other = pilot(member('o1', 'APPROVED', {a: 'READ_WRITE'}), member('o6', 'APPROVED', {c: null}));
		expect(audienceOf([one], null)).toEqual({organizations: 1, people: 2, writers: 1});
		expect(audienceOf([one, other], null)).toEqual({organizations: 2, people: 3, writers: 2});
	});

	test('leaves out the owner, and an organization that sees it in them alone', () => {
		const one = pilot(
			member('o1', 'HOST_ORGANIZATION', {a: 'READ_WRITE'}),
			member('o2', 'APPROVED', {b: 'READ_ONLY', '?1': null}),
		);
		expect(audienceOf([one], 'a')).toEqual({organizations: 1, people: 2, writers: 0});
	});

	test('counts those nobody names, each for themselves', () => {
		const one = pilot(
			member(null, 'APPROVED', {'?1': 'READ_ONLY', '?2': null}),
			member(null, 'APPROVED', {'?3': null}),
		);
		expect(audienceOf([one], null)).toEqual({organizations: 2, people: 3, writers: 0});
	});
});

describe('a membership', () => {
	test('is found by the person, else by their organization', () => {
		const one = pilot(member('o1', 'APPROVED', {a: 'READ_WRITE'}));
		expect(membershipOf(one, person('a', null))).toMatchObject({permission: 'READ_WRITE', isNamed: true});
		expect(membershipOf(one, person('b'))).toMatchObject({
			memberState: 'APPROVED',
			permission: null,
			isNamed: false,
		});
		expect(membershipOf(one, person('b', 'o9'))).toMatchObject({organization: undefined, memberState: null});
	});

	test('in several organizations is that of one that is in, with the greatest permission', () => {
		const one = pilot(
			member('o1', 'PENDING_APPROVAL', {a: 'READ_WRITE'}),
			member('o2', 'APPROVED', {a: 'READ_ONLY'}),
		);
		expect(membershipOf(one, person('a'))).toMatchObject({memberState: 'APPROVED', permission: 'READ_ONLY'});
	});

	test.each<[MemberState | null, boolean]>([
		['HOST_ORGANIZATION', true],
		['APPROVED', true],
		[null, true],
		['PENDING_APPROVAL', false],
		['DENIED_ACCESS', false],
	])('of the state %s: worth asking what is shared: %s', (state, worth) => {
		expect(mayRead(pilot(member('o1', state, {a: null})), person('a'))).toBe(worth);
	});
});

test('words for what is newer than this shell are its own', () => {
	expect(stateWord('ON_PROBATION' as MemberState)).toBe('on probation');
	expect(stateMark('ON_PROBATION' as MemberState)).toBe('·');
	expect(serviceWord('QUANTUM_LAKE')).toBe('quantum lake');
});

test('a person is called by name, else by email, else by id', () => {
	const ada = {...person('u1'), firstName: 'Ada', lastName: 'Reed', email: 'ada@example.org'};
	expect(personName(ada)).toBe('Ada Reed');
	expect(personName({...ada, firstName: null})).toBe('Reed');
	expect(personName({...ada, firstName: ' ', lastName: null})).toBe('ada@example.org');
	expect(personName(person('u1'))).toBe('u1');
});
