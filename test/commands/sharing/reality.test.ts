import fc from 'fast-check';
import {expect, test} from 'vitest';
import {consequences} from '../../../src/commands/sharing/consequences.ts';
import {openCatalogue} from '../../../src/local-exchange/catalogue/catalogue.ts';
import type {MemberState} from '../../../src/local-exchange/catalogue/collaboratives.ts';
import {audienceOf} from '../../../src/shell/audience.ts';
import type {Collaborative} from '../../../src/shell/sharing.ts';

const states: readonly MemberState[] = ['HOST_ORGANIZATION', 'APPROVED', 'PENDING_APPROVAL', 'DENIED_ACCESS'];
const everybody = 6;
const collaborative = fc.record({
	states: fc.array(fc.constantFrom(...states), {minLength: 1, maxLength: 3}),
	/** Of each person the permission, and the place of the organization that names them. */
	people: fc.array(fc.option(fc.tuple(fc.constantFrom('READ_ONLY', 'READ_WRITE'), fc.nat(2))), {
		maxLength: everybody,
	}),
});

test('who is said to gain sight of it, and to write, are those whom the local exchange lets do so', () => {
	const catalogue = openCatalogue(':memory:', Date.now);
	const {users, collaboratives, shares, rights} = catalogue;
	const organizationIds = ['a', 'b', 'c'].map(name => users.createOrganization(name));
	const person = {organizationId: organizationIds[0]!, firstName: 'A', lastName: 'B', email: 'c'};
	const userIds = Array.from({length: everybody}, () => users.create(person));
	const [ownerUserId = ''] = userIds;
	const create = ({states, people}: typeof collaborative extends fc.Arbitrary<infer T> ? T : never) => {
		const row = {name: 'c', description: null, hostOrganizationId: organizationIds[0]!};
		const collaborativeId = collaboratives.create(row);
		const memberOrganizations = states.map((memberState, place) => {
			const organizationId = organizationIds[place]!;
			const unsaid = {submittedByUserId: null, submittedTimestamp: null, accessApprovedByUserId: null};
			collaboratives.addOrganization({collaborativeId, organizationId, memberState, ...unsaid});
			const usersInCollaborative = people.flatMap((given, index) => {
				if (given?.[1] !== place) return [];
				const userId = userIds[index]!;
				collaboratives.addPerson(collaborativeId, organizationId, {userId, permission: given[0]});
				const user = {userId, firstName: null, lastName: null, email: null, organization: null};
				return [{permission: given[0], user}];
			});
			return {organization: {organizationId, name: 'o'}, memberState, usersInCollaborative};
		});
		return {...row, collaborativeId, memberOrganizations} satisfies Collaborative;
	};
	const agrees = fc.property(collaborative, fc.array(collaborative, {maxLength: 2}), (one, more) => {
		const {dataStoreId: serviceId} = catalogue.stores.create({name: 's', description: null, ownerUserId});
		const service = {serviceId, serviceType: 'DATA_STORE'} as const;
		const shared = create(one);
		const others = more.map(create);
		const rightsNow = () => userIds.map(userId => rights.of(userId, service));
		for (const other of others) shares.add(other.collaborativeId, service);
		const before = rightsNow();
		shares.add(shared.collaborativeId, service);
		const after = rightsNow();
		const count = (was: string, is: readonly string[]) =>
			before.filter((right, index) => right === was && is.includes(after[index]!)).length;
		const user = {userId: ownerUserId, firstName: null, lastName: null, email: null, organization: null};
		const {people, writers, regraded} = consequences(shared, others, {ownerUserId, user});
		expect({people, writers, regraded}).toEqual({
			people: count('none', ['read', 'write']),
			writers: count('none', ['write']),
			regraded: count('read', ['write']),
		});
		const seeing = after.filter(right => right === 'read' || right === 'write');
		expect(audienceOf([shared, ...others], ownerUserId)).toMatchObject({
			people: seeing.length,
			writers: seeing.filter(right => right === 'write').length,
		});
	});
	fc.assert(agrees);
	catalogue.close();
});
