import {afterEach, describe, expect, test, vi} from 'vitest';
import {ListServicesDocument, ListSharedWithDocument} from '../../src/exchange/operations/generated.ts';
import type {Share} from '../../src/shell/sharing.ts';
import {failure} from './failure.ts';
import {type Asked, type FakeExchange, fakeExchange, type Reply} from './fake-exchange.ts';
import {
	collaborative,
	collaborativeRow,
	collaboratives,
	data,
	database,
	refused,
	serviceRow,
	services,
	shared,
	sharedWith,
	storeRow,
	storeService,
	storeServiceRow,
	unshared,
} from './sharing-answers.ts';

let fake: FakeExchange;
afterEach(async () => {
	vi.restoreAllMocks();
	await fake.close();
});

const share: Share = {
	collaborativeId: 'collaborativeId.pilot',
	serviceId: 'dataStoreId.b',
	serviceType: 'DATA_STORE',
};
const key = {serviceId: share.serviceId, serviceType: share.serviceType};

const open = async (answer: (asked: Asked) => Reply | Promise<Reply>) => {
	fake = await fakeExchange(answer);
	return fake.connect();
};

/** Answers by operation, its first letter small; the pilot has the store `a` in it, the store `b` is shared with nobody. */
const pilot = (
	asked: Asked,
	more: Readonly<Record<string, (asked: Asked) => Reply | Promise<Reply>>> = {},
) => {
	const answers: typeof more = {
		listCollaboratives: () => collaboratives(collaborativeRow('pilot')),
		listServices: () => services(storeServiceRow('a')),
		listSharedWith: () => sharedWith(),
		share: shared,
		unshare: unshared,
		...more,
	};
	const name = asked.operationName.replace(/^./, letter => letter.toLowerCase());
	return answers[name]?.(asked) ?? 'drop';
};

describe('collaboratives', () => {
	test('are listed with their organizations and people, out of the cache while it is fresh', async () => {
		const {sharing} = await open(() => collaboratives(collaborativeRow('pilot'), collaborativeRow('other')));
		expect(sharing.cachedCollaboratives()).toBeUndefined();
		const listed = await sharing.listCollaboratives();
		expect(listed).toEqual([collaborative('pilot'), collaborative('other')]);
		expect(await sharing.listCollaboratives()).toBe(listed);
		expect(sharing.cachedCollaboratives()).toBe(listed);
		expect(fake.operations()).toEqual(['ListCollaboratives']);
		expect(await sharing.listCollaboratives({maxAge: 0})).toBe(listed);
		expect(fake.asked).toHaveLength(2);
	});

	test('what is null is absent or null, never a crash', async () => {
		const row = collaborativeRow('x');
		const member = row.memberOrganizations[0]!;
		const {sharing} = await open(() =>
			collaboratives(
				null,
				{...row, collaborativeId: 'collaborativeId.1', memberOrganizations: null},
				{
					...row,
					collaborativeId: 'collaborativeId.2',
					memberOrganizations: [
						null,
						{...member, organization: null, memberState: null, usersInCollaborative: null},
						{
							...member,
							usersInCollaborative: [
								null,
								{__typename: 'CollaborativeMemberUser', permission: null, user: null},
							],
						},
					],
				},
			),
		);
		const [first, second, ...more] = await sharing.listCollaboratives();
		expect(more).toEqual([]);
		expect(first?.memberOrganizations).toEqual([]);
		expect(second?.memberOrganizations).toEqual([
			{organization: null, memberState: null, usersInCollaborative: []},
			{
				organization: member.organization && {organizationId: 'o.utility', name: 'Utility'},
				memberState: 'HOST_ORGANIZATION',
				usersInCollaborative: [{permission: null, user: null}],
			},
		]);
	});

	test.each([[[]], [null]])('%j is none', async rows => {
		const {sharing} = await open(() => data({collaborative_listCollaboratives: rows}));
		expect(await sharing.listCollaboratives()).toEqual([]);
		expect(await sharing.listCollaboratives()).toEqual([]);
		expect(fake.asked).toHaveLength(1);
	});

	test('states and permissions newer than the shell come through as text', async () => {
		const row = collaborativeRow('x');
		const [member] = row.memberOrganizations;
		const {sharing} = await open(() =>
			collaboratives({
				...row,
				memberOrganizations: [
					{
						...member,
						memberState: 'SUSPENDED',
						usersInCollaborative: [
							{__typename: 'CollaborativeMemberUser', permission: 'ADMINISTER', user: null},
						],
					},
				],
			}),
		);
		expect((await sharing.listCollaboratives())[0]?.memberOrganizations[0]).toMatchObject({
			memberState: 'SUSPENDED',
			usersInCollaborative: [{permission: 'ADMINISTER', user: null}],
		});
	});

	test('a person without an organization there keeps the one known of the session', async () => {
		const person = collaborativeRow('x').memberOrganizations[0]!.usersInCollaborative[0]!.user;
		const exchange = await open(({operationName}) => {
			if (operationName === 'UserSession') {
				return data({user_getUserSession: {__typename: 'UserSession', user: person}});
			}
			const row = collaborativeRow('x');
			const [member] = row.memberOrganizations;
			const usersInCollaborative = [
				{__typename: 'CollaborativeMemberUser', permission: null, user: {...person, organization: null}},
			];
			return collaboratives({...row, memberOrganizations: [{...member, usersInCollaborative}]});
		});
		await exchange.user();
		await exchange.sharing.listCollaboratives();
		expect((await exchange.user()).organization).toEqual({organizationId: 'o.utility', name: 'Utility'});
	});

	test('concurrent readers share one request, and one leaving does not disturb the others', async () => {
		const {sharing} = await open(() => collaboratives(collaborativeRow('pilot')));
		const leaving = new AbortController();
		const left = failure(sharing.listCollaboratives({signal: leaving.signal}));
		const staying = [sharing.listCollaboratives(), sharing.listCollaboratives({maxAge: 0})];
		leaving.abort();
		expect((await left).code).toBe('cancelled');
		const [first, second] = await Promise.all(staying);
		expect(first).toBe(second);
		expect(fake.asked).toHaveLength(1);
	});
});

describe('services', () => {
	test('of every type are listed, known or not, also those the Exchange says nothing more of', async () => {
		const {sharing} = await open(() =>
			services(
				null,
				storeServiceRow('a'),
				serviceRow('TIME_SERIES_DB', 'timeSeriesDbId.f', {
					timeSeriesDb: {__typename: 'TimeSeriesDb', ...database('f')},
				}),
				serviceRow('IOT_GROUP', 'iotGroupId.g', {
					iotEndpointGroup: {
						__typename: 'IotEndpointGroup',
						iotGroupId: 'iotGroupId.g',
						name: 'Meters',
						ownerUserId: 'u.x',
					},
				}),
				serviceRow('DATA_CAPTURE', 'dataCapture.c', {
					dataCapture: {
						__typename: 'DataCapture',
						captureId: 'dataCapture.c',
						displayName: 'Capture',
						ownerUserId: 'u.y',
					},
				}),
				serviceRow('QUANTUM_LEDGER', 'dataStoreId.lookalike'),
				serviceRow('STORE_VIEW', 'view', {dataStore: storeRow('viewed')}),
				serviceRow('DATA_STORE', 'dataStoreId.hidden'),
			),
		);
		const none = {name: null, ownerUserId: null, dataStore: null, timeSeriesDb: null};
		const listed = await sharing.listServices('c');
		expect(listed).toEqual([
			storeService('a'),
			{
				...none,
				serviceId: 'timeSeriesDbId.f',
				serviceType: 'TIME_SERIES_DB',
				name: 'f',
				ownerUserId: 'u.ada',
				timeSeriesDb: database('f'),
			},
			{...none, serviceId: 'iotGroupId.g', serviceType: 'IOT_GROUP', name: 'Meters', ownerUserId: 'u.x'},
			{...none, serviceId: 'dataCapture.c', serviceType: 'DATA_CAPTURE', name: 'Capture', ownerUserId: 'u.y'},
			{...none, serviceId: 'dataStoreId.lookalike', serviceType: 'QUANTUM_LEDGER'},
			{...none, serviceId: 'view', serviceType: 'STORE_VIEW', name: 'viewed', ownerUserId: 'u.ada'},
			{...none, serviceId: 'dataStoreId.hidden', serviceType: 'DATA_STORE'},
		]);
		expect(await sharing.listServices('c')).toBe(listed);
		expect(sharing.cachedServices('c')).toBe(listed);
		expect(sharing.cachedServices('another')).toBeUndefined();
		expect(fake.asked).toHaveLength(1);
	});

	test('one that fails alone is absent, the others are there', async () => {
		const {sharing} = await open(() => ({
			body: {
				data: {collaborative_listCollaborativeServices: [storeServiceRow('a'), null]},
				errors: [{path: ['collaborative_listCollaborativeServices', 1], message: 'Can’t serialize value'}],
			},
		}));
		expect(await sharing.listServices('c')).toEqual([storeService('a')]);
	});

	test('of a collaborative that one may not see into are denied, and leave the cache', async () => {
		const {sharing} = await open(({attempt}) => (attempt === 1 ? services(storeServiceRow('a')) : refused()));
		await sharing.listServices('c');
		expect((await failure(sharing.listServices('c', {maxAge: 0}))).code).toBe('denied');
		expect(sharing.cachedServices('c')).toBeUndefined();
		expect((await failure(sharing.listServices('c'))).code).toBe('denied');
	});

	test('that cannot be had at the moment stay in the cache', async () => {
		const {sharing} = await open(({attempt}) =>
			attempt === 1 ? services(storeServiceRow('a')) : refused('Something broke'),
		);
		const listed = await sharing.listServices('c');
		expect((await failure(sharing.listServices('c', {maxAge: 0}))).code).toBe('failed');
		expect(sharing.cachedServices('c')).toBe(listed);
	});

	test('a store that a listing of services knows less of keeps its home directory', async () => {
		const exchange = await open(({operationName}) =>
			operationName === 'ListDataStores'
				? data({storage_listDataStores: [storeRow('a')]})
				: services(
						serviceRow('DATA_STORE', 'dataStoreId.a', {
							dataStore: {...storeRow('a'), homeDirectoryId: null},
						}),
					),
		);
		await exchange.listDataStores();
		await exchange.sharing.listServices('c');
		expect((await exchange.listDataStores())[0]?.homeDirectoryId).toBe('dataStoreDirectoryId.a');
		expect(fake.asked).toHaveLength(2);
	});

	test('an answer without a field that it must have is a failure, not an empty list', async () => {
		vi.spyOn(console, 'error').mockReturnValue();
		const {sharing} = await open(() =>
			services({__typename: 'Service', serviceId: 'x', serviceType: 'DATA_STORE'}),
		);
		expect((await failure(sharing.listServices('c'))).code).toBe('failed');
	});
});

describe('sharing', () => {
	test('sends what it is told, whatever the id looks like', async () => {
		const {sharing} = await open(asked =>
			asked.operationName === 'Share'
				? data({collaborative_addServiceToCollaborative: serviceRow('IOT_GROUP', 'dataStoreId.b')})
				: unshared(asked),
		);
		const odd = {...share, serviceType: 'NEWER_THAN_US', collaborativeId: 'c"\n'};
		await sharing.share(odd);
		await sharing.unshare(odd);
		for (const {variables, query} of fake.asked) {
			expect(variables).toEqual(odd);
			expect(query).not.toContain('NEWER_THAN_US');
		}
	});

	test('shows in the cached lists at once, and who watches the cache hears of it, without asking', async () => {
		const exchange = await open(pilot);
		const {sharing} = exchange;
		await sharing.listCollaboratives();
		await sharing.listServices('collaborativeId.pilot');
		await sharing.listSharedWith(key);
		const asked = fake.asked.length;
		const heard: unknown[] = [];
		const watching = [
			exchange.client
				.watchQuery({
					query: ListServicesDocument,
					variables: {collaborativeId: 'collaborativeId.pilot'},
					fetchPolicy: 'cache-only',
				})
				.subscribe(() => heard.push('services')),
			exchange.client
				.watchQuery({
					query: ListSharedWithDocument,
					variables: {serviceId: 'dataStoreId.b', serviceType: 'DATA_STORE'},
					fetchPolicy: 'cache-only',
				})
				.subscribe(() => heard.push('shared with')),
		];
		heard.length = 0;

		await sharing.share(share);
		expect(sharing.cachedServices('collaborativeId.pilot')).toEqual([storeService('a'), storeService('b')]);
		expect(await sharing.listServices('collaborativeId.pilot')).toEqual([
			storeService('a'),
			storeService('b'),
		]);
		expect(await sharing.listSharedWith(key)).toEqual([collaborative('pilot')]);
		await expect.poll(() => new Set(heard)).toEqual(new Set(['services', 'shared with']));

		await sharing.unshare(share);
		expect(await sharing.listServices('collaborativeId.pilot')).toEqual([storeService('a')]);
		expect(await sharing.listSharedWith(key)).toEqual([]);
		expect(fake.operations().slice(asked)).toEqual(['Share', 'Unshare']);
		for (const each of watching) each.unsubscribe();
	});

	test('what is shared already changes nothing', async () => {
		const {sharing} = await open(pilot);
		const listed = await sharing.listServices('collaborativeId.pilot');
		await sharing.share({...share, serviceId: 'dataStoreId.a'});
		expect(sharing.cachedServices('collaborativeId.pilot')).toBe(listed);
	});

	test('unsharing takes the one of that type, not another with its id', async () => {
		const {sharing} = await open(asked =>
			pilot(asked, {
				listServices: () => services(storeServiceRow('b'), serviceRow('QUANTUM_LEDGER', 'dataStoreId.b')),
			}),
		);
		await sharing.listServices('collaborativeId.pilot');
		await sharing.unshare({...share, serviceType: 'QUANTUM_LEDGER'});
		expect(sharing.cachedServices('collaborativeId.pilot')).toEqual([storeService('b')]);
	});

	test('a service the answer says nothing of has the name that is known of it', async () => {
		const exchange = await open(asked =>
			pilot(asked, {
				listDataStores: () => data({storage_listDataStores: [storeRow('b')]}),
				share: () =>
					data({collaborative_addServiceToCollaborative: serviceRow('DATA_STORE', 'dataStoreId.b')}),
			}),
		);
		await exchange.listDataStores();
		await exchange.sharing.listServices('collaborativeId.pilot');
		await exchange.sharing.share(share);
		expect(exchange.sharing.cachedServices('collaborativeId.pilot')?.[1]).toEqual(storeService('b'));
	});

	test('with a collaborative never listed, the next to ask with whom it is shared asks the Exchange', async () => {
		const {sharing} = await open(asked =>
			pilot(asked, {
				listSharedWith: ({attempt}) => (attempt === 1 ? sharedWith() : sharedWith(collaborativeRow('pilot'))),
			}),
		);
		await sharing.listSharedWith(key);
		await sharing.share(share);
		expect(await sharing.listSharedWith(key)).toEqual([collaborative('pilot')]);
	});

	test('an answer overtaken by it does not take it back', async () => {
		const done = Promise.withResolvers<void>();
		const {sharing} = await open(asked =>
			pilot(asked, {
				listServices: async ({attempt}) => {
					if (attempt === 1) await done.promise;
					return attempt === 1
						? services(storeServiceRow('a'))
						: services(storeServiceRow('a'), storeServiceRow('b'));
				},
			}),
		);
		const listed = sharing.listServices('collaborativeId.pilot');
		await sharing.share(share);
		const after = sharing.listServices('collaborativeId.pilot');
		expect(await after).toHaveLength(2);
		done.resolve();
		expect(await listed).toHaveLength(2);
		expect(sharing.cachedServices('collaborativeId.pilot')).toHaveLength(2);
	});

	test('that is refused changes no list, and the next reading asks', async () => {
		const {sharing} = await open(asked => pilot(asked, {share: () => refused()}));
		const listed = await sharing.listServices('collaborativeId.pilot');
		expect((await failure(sharing.share(share))).code).toBe('denied');
		expect(sharing.cachedServices('collaborativeId.pilot')).toBe(listed);
		await sharing.listServices('collaborativeId.pilot');
		expect(fake.operations()).toEqual(['ListServices', 'Share', 'ListServices']);
	});

	test.each(['share', 'unshare'] as const)('%s answered with null is not taken for done', async method => {
		const {sharing} = await open(() =>
			data({
				collaborative_addServiceToCollaborative: null,
				collaborative_removeServiceFromCollaborative: null,
			}),
		);
		const {code, message} = await failure(sharing[method](share));
		// Whoever asked names the thing.
		expect([code, message]).toEqual(['failed', 'the Exchange did not say that it has done so']);
	});

	test('cancelled while it is being done, it is in the lists once it is', async () => {
		const sent = Promise.withResolvers<void>();
		const done = Promise.withResolvers<void>();
		const {sharing} = await open(asked =>
			pilot(asked, {
				share: async question => {
					sent.resolve();
					await done.promise;
					return shared(question);
				},
			}),
		);
		await sharing.listServices('collaborativeId.pilot');
		const stop = new AbortController();
		const sharingIt = failure(sharing.share(share, {signal: stop.signal}));
		await sent.promise;
		stop.abort();
		expect((await sharingIt).code).toBe('cancelled');
		done.resolve();
		await expect.poll(() => sharing.cachedServices('collaborativeId.pilot')).toHaveLength(2);
	});

	test('cancelled before it begins sends nothing', async () => {
		const {sharing} = await open(pilot);
		expect((await failure(sharing.share(share, {signal: AbortSignal.abort()}))).code).toBe('cancelled');
		expect(fake.asked).toEqual([]);
	});

	test('a mutation whose connection drops is not sent twice', async () => {
		const {sharing} = await open(() => 'drop');
		expect((await failure(sharing.share(share))).code).toBe('connection');
		expect(fake.asked).toHaveLength(1);
	});
});

describe('shared with', () => {
	test('a collaborative told of without its members keeps those known of it', async () => {
		const {sharing} = await open(asked =>
			pilot(asked, {
				listSharedWith: () =>
					sharedWith(
						null,
						{...collaborativeRow('pilot'), memberOrganizations: null},
						{...collaborativeRow('other'), memberOrganizations: null},
					),
			}),
		);
		await sharing.listCollaboratives();
		expect(await sharing.listSharedWith(key)).toEqual([
			collaborative('pilot'),
			{...collaborative('other'), memberOrganizations: []},
		]);
		expect(sharing.cachedCollaboratives()).toEqual([collaborative('pilot')]);
	});

	test('is for the owner: others are denied', async () => {
		const {sharing} = await open(() => refused());
		expect((await failure(sharing.listSharedWith(key))).code).toBe('denied');
	});

	test('is asked for by id and type', async () => {
		const {sharing} = await open(() => sharedWith());
		await sharing.listSharedWith(key);
		await sharing.listSharedWith({...key, serviceType: 'TIME_SERIES_DB'});
		await sharing.listSharedWith(key);
		expect(fake.asked.map(({variables}) => variables)).toEqual([
			key,
			{...key, serviceType: 'TIME_SERIES_DB'},
		]);
	});
});

test('after forget everything is asked for again', async () => {
	const exchange = await open(pilot);
	const {sharing} = exchange;
	const readAll = async () => {
		await sharing.listCollaboratives();
		await sharing.listServices('collaborativeId.pilot');
		await sharing.listSharedWith(key);
	};
	await readAll();
	exchange.forget();
	expect(sharing.cachedCollaboratives()).toBeUndefined();
	expect(sharing.cachedServices('collaborativeId.pilot')).toBeUndefined();
	await readAll();
	expect(fake.asked).toHaveLength(6);
});
