import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {type Cast, openCast, type Relation} from './cast.ts';
import {type Things, thingsOf} from './things.ts';

let cast: Cast;
let things: Things;
beforeEach(async () => {
	cast = await openCast();
	things = thingsOf(cast);
});
afterEach(() => cast.close());

const refusal = [expect.objectContaining({errorType: 'Unauthorized', message: 'Unauthorized'})];
const members = `name hostOrganizationId memberOrganizations {
	memberState organization {name} usersInCollaborative {permission user {firstName}}
}`;
const list = `{answer: collaborative_listCollaboratives {${members}}}`;
const get = `query ($id: ID!) {answer: collaborative_getCollaborative(collaborativeId: $id) {${members}}}`;
const services = `query ($id: ID!) {answer: collaborative_listCollaborativeServices(collaborativeId: $id) {
	serviceId serviceType
	dataStore {name ownerUserId homeDirectoryId} timeSeriesDb {name ownerUserId databaseName}
	iotEndpointGroup {iotGroupId iotHubId name ownerUserId} dataCapture {captureId displayName ownerUserId state}
}}`;
const changed = (
	operation: string,
) => `mutation ($collaborativeId: ID!, $serviceId: ID!, $serviceType: ServiceType!) {
	answer: collaborative_${operation}(
		collaborativeId: $collaborativeId, serviceId: $serviceId, serviceType: $serviceType
	) {serviceId serviceType dataStore {name} timeSeriesDb {name}}
}`;
const share = changed('addServiceToCollaborative');
const unshare = changed('removeServiceFromCollaborative');
const sharedWith = `query ($serviceId: ID!, $serviceType: ServiceType!) {
	answer: collaborative_listCollaborativesServiceSharedWith(serviceId: $serviceId, serviceType: $serviceType) {name}
}`;

type Membership = {organization: {name: string} | null; memberState: string; usersInCollaborative: unknown};

describe('a collaborative', () => {
	test.each(['owner', 'writer', 'reader'] as const)(
		'shows a %s all its organizations and people',
		async who => {
			const {answer} = await cast.sure(who, list);
			expect(answer).toHaveLength(1);
			const organizations: Membership[] = answer[0].memberOrganizations;
			expect(organizations.map(({organization, memberState}) => [organization?.name, memberState])).toEqual([
				['Sample Utility', 'HOST_ORGANIZATION'],
				['Partner', 'APPROVED'],
				['Waiting', 'PENDING_APPROVAL'],
				['Refused', 'DENIED_ACCESS'],
			]);
			expect(organizations[1]!.usersInCollaborative).toEqual([
				{permission: 'READ_WRITE', user: {firstName: 'writer'}},
				{permission: 'READ_ONLY', user: {firstName: 'reader'}},
			]);
			expect((await cast.sure(who, get, {id: cast.collaborativeId})).answer).toEqual(answer[0]);
		},
	);

	test.each([
		['colleague', 'Partner', 'APPROVED'],
		['pending', 'Waiting', 'PENDING_APPROVAL'],
		['denied', 'Refused', 'DENIED_ACCESS'],
	] as const)(
		'shows a %s nothing but where their own organization stands',
		async (who, name, memberState) => {
			const {answer} = await cast.sure(who, list);
			expect(answer).toMatchObject([
				{name: 'Pilot', memberOrganizations: [{organization: {name}, memberState}]},
			]);
			expect(answer[0].memberOrganizations).toHaveLength(1);
			expect((await cast.sure(who, get, {id: cast.collaborativeId})).answer).toEqual(answer[0]);
			const refused = await cast.ask(who, services, {id: cast.collaborativeId});
			expect(refused).toMatchObject({data: {answer: null}, errors: refusal});
		},
	);

	test('whose organization has nothing to do with it is neither listed nor got', async () => {
		expect(await cast.sure('stranger', list)).toEqual({answer: []});
		expect((await cast.ask('stranger', get, {id: cast.collaborativeId})).errors).toEqual(refusal);
	});

	test('has null for members, people, and an organization or a person that is gone', async () => {
		const hostOrganizationId = cast.catalogue.users.local().organization.organizationId;
		const {collaboratives} = cast.catalogue;
		collaboratives.create({name: 'Empty', description: null, hostOrganizationId});
		cast.change(
			"UPDATE memberOrganizations SET organizationId = 'gone' WHERE memberState = 'PENDING_APPROVAL'",
		);
		cast.change('UPDATE memberUsers SET userId = ? WHERE userId = ?', 'gone', cast.userIdOf('reader'));
		const {answer} = await cast.sure('owner', list);
		expect(answer[1]).toEqual({name: 'Empty', hostOrganizationId, memberOrganizations: null});
		const organizations: Membership[] = answer[0].memberOrganizations;
		expect(organizations[1]!.usersInCollaborative).toContainEqual({permission: 'READ_ONLY', user: null});
		expect(organizations[2]).toEqual({
			memberState: 'PENDING_APPROVAL',
			organization: null,
			usersInCollaborative: null,
		});
	});
});

describe('sharing', () => {
	test('answers with the service, twice the same, and so does taking it back', async () => {
		const {dataStoreId: serviceId} = await things.newStore('Shared');
		const variables = {collaborativeId: cast.collaborativeId, serviceId, serviceType: 'DATA_STORE'};
		const service = {serviceId, serviceType: 'DATA_STORE', dataStore: {name: 'Shared'}, timeSeriesDb: null};
		for (const _ of [1, 2]) expect(await cast.sure('owner', share, variables)).toEqual({answer: service});
		const shown = await cast.sure('reader', services, {id: cast.collaborativeId});
		expect(shown.answer).toHaveLength(1);
		expect(await cast.sure('owner', sharedWith, variables)).toEqual({answer: [{name: 'Pilot'}]});
		for (const _ of [1, 2]) expect(await cast.sure('owner', unshare, variables)).toEqual({answer: service});
		expect(await cast.sure('reader', services, {id: cast.collaborativeId})).toEqual({answer: []});
		expect(await cast.sure('owner', sharedWith, variables)).toEqual({answer: []});
	});

	test('tells services of every type apart, whatever their ids say', async () => {
		const {otherServices, shares} = cast.catalogue;
		const store = await things.sharedStore();
		const database = await things.sharedDatabase();
		const ownerUserId = cast.userIdOf('writer');
		const made = {description: null, ownerUserId, created: '2026-01-01T00:00:00.000Z'};
		const types = ['IOT_GROUP', 'DATA_CAPTURE', 'OCS_ADAPTER'] as const;
		const ids = types.map(serviceType => otherServices.create({...made, serviceType, name: serviceType}));
		for (const [index, serviceType] of types.entries()) {
			shares.add(cast.collaborativeId, {serviceId: ids[index]!, serviceType});
		}
		const [group, capture, adapter] = ids;
		const none = {dataStore: null, timeSeriesDb: null, iotEndpointGroup: null, dataCapture: null};
		expect((await cast.sure('reader', services, {id: cast.collaborativeId})).answer).toEqual([
			{
				...none,
				serviceId: store.dataStoreId,
				serviceType: 'DATA_STORE',
				dataStore: expect.objectContaining({name: 'Study', homeDirectoryId: store.homeDirectoryId}),
			},
			{
				...none,
				serviceId: database.timeSeriesDbId,
				serviceType: 'TIME_SERIES_DB',
				timeSeriesDb: expect.objectContaining({name: 'Feeders', databaseName: database.databaseName}),
			},
			{
				...none,
				serviceId: group,
				serviceType: 'IOT_GROUP',
				iotEndpointGroup: expect.objectContaining({iotGroupId: group, name: 'IOT_GROUP', ownerUserId}),
			},
			{
				...none,
				serviceId: capture,
				serviceType: 'DATA_CAPTURE',
				dataCapture: {captureId: capture, displayName: 'DATA_CAPTURE', ownerUserId, state: 'COMPLETE'},
			},
			{...none, serviceId: adapter, serviceType: 'OCS_ADAPTER'},
		]);
		const wrong = {collaborativeId: cast.collaborativeId, serviceId: adapter, serviceType: 'IOT_GROUP'};
		expect((await cast.ask('writer', unshare, wrong)).errors?.[0]).toMatchObject({
			errorType: 'NotFound',
			message: `IoT group ${adapter} does not exist`,
		});
		await cast.sure('writer', unshare, {...wrong, serviceType: 'OCS_ADAPTER'});
		expect((await cast.sure('reader', services, {id: cast.collaborativeId})).answer).toHaveLength(4);
	});

	test.each(['colleague', 'pending', 'denied', 'stranger'] as const)(
		'a %s cannot share even what is their own',
		async who => {
			const {variables} = await ownStore(who);
			expect((await cast.ask(who, share, variables)).errors).toEqual(refusal);
		},
	);

	test('a reader shares what is their own, and others there see it', async () => {
		const {dataStoreId, variables} = await ownStore('reader');
		await cast.sure('reader', share, variables);
		const seen = 'query ($id: ID!) {answer: storage_getDataStore(dataStoreId: $id) {name}}';
		expect(await cast.sure('owner', seen, {id: dataStoreId})).toEqual({answer: {name: 'Own'}});
	});

	test('the host cannot take back what is not its own', async () => {
		const {variables} = await ownStore('writer');
		await cast.sure('writer', share, variables);
		expect((await cast.ask('owner', unshare, variables)).errors).toEqual(refusal);
	});

	test('whoever is no longer in the collaborative can still take their own things back', async () => {
		const {variables} = await ownStore('writer');
		await cast.sure('writer', share, variables);
		cast.change('DELETE FROM memberUsers WHERE userId = ?', cast.userIdOf('writer'));
		expect((await cast.ask('writer', share, variables)).errors).toEqual(refusal);
		expect(await cast.sure('writer', sharedWith, variables)).toEqual({answer: [{name: 'Pilot'}]});
		expect((await cast.ask('writer', unshare, variables)).errors).toBeUndefined();
		expect((await cast.ask('writer', unshare, variables)).errors).toEqual(refusal);
	});

	test('two that share and take back at once leave one answer', async () => {
		const {dataStoreId: serviceId} = await things.newStore();
		const variables = {collaborativeId: cast.collaborativeId, serviceId, serviceType: 'DATA_STORE'};
		const answers = await Promise.all(
			Array.from({length: 20}, (_, index) => cast.ask('owner', index % 2 ? unshare : share, variables)),
		);
		expect(answers.filter(({errors}) => errors !== undefined)).toEqual([]);
		await cast.sure('owner', share, variables);
		expect((await cast.sure('owner', services, {id: cast.collaborativeId})).answer).toHaveLength(1);
	});

	test('survives a restart', async () => {
		const {dataStoreId} = await things.sharedStore();
		await cast.exchange.server.close();
		await cast.exchange.reopen();
		const {stores} = await cast.sure('reader', '{stores: storage_listDataStores {dataStoreId}}');
		expect(stores).toEqual([{dataStoreId}]);
	});
});

async function ownStore(who: Relation) {
	const create = 'mutation {store: storage_createDataStore(name: "Own") {dataStoreId}}';
	const {dataStoreId} = (await cast.sure(who, create)).store;
	const variables = {
		collaborativeId: cast.collaborativeId,
		serviceId: dataStoreId,
		serviceType: 'DATA_STORE',
	};
	return {dataStoreId, variables};
}
