import {afterEach, expect, test} from 'vitest';
import {failure} from './failure.ts';
import {type Asked, type FakeExchange, fakeExchange, type Reply} from './fake-exchange.ts';
import {
	collaborativeRow,
	collaboratives,
	serviceRow,
	services,
	shared,
	storeService,
	storeServiceRow,
	undefinedField,
} from './sharing-answers.ts';

let fake: FakeExchange;
afterEach(() => fake.close());

const open = async (answer: (asked: Asked) => Reply | Promise<Reply>) => {
	fake = await fakeExchange(answer);
	return fake.connect();
};
const share = {collaborativeId: 'c', serviceId: 'dataStoreId.b', serviceType: 'DATA_STORE'};

test('an Exchange without collaboratives says so, whatever is asked of it, and is asked once', async () => {
	const exchange = await open(() => undefinedField('collaborative_listCollaboratives', 'Query'));
	for (const call of [
		() => exchange.sharing.listCollaboratives(),
		() => exchange.sharing.listServices('c'),
		() => exchange.sharing.listSharedWith(share),
		() => exchange.sharing.share(share),
		() => exchange.sharing.unshare(share),
	]) {
		const {code, message} = await failure(call());
		expect([code, message]).toEqual(['unsupported', 'this Exchange has no collaboratives']);
	}
	expect(fake.asked).toHaveLength(1);
	exchange.forget();
	await failure(exchange.sharing.listCollaboratives());
	expect(fake.asked).toHaveLength(2);
});

test.each([
	['listServices', 'collaborative_listCollaborativeServices'],
	['listSharedWith', 'collaborative_listCollaborativesServiceSharedWith'],
] as const)('%s alone tells as much', async (method, field) => {
	const {sharing} = await open(() => undefinedField(field, 'Query'));
	const call = method === 'listServices' ? sharing.listServices('c') : sharing.listSharedWith(share);
	expect((await failure(call)).message).toBe('this Exchange has no collaboratives');
});

test('one that has them but lacks a part says which', async () => {
	const {sharing} = await open(({operationName}) =>
		operationName === 'ListCollaboratives'
			? collaboratives(collaborativeRow('pilot'))
			: undefinedField('collaborative_addServiceToCollaborative', 'Mutation'),
	);
	await sharing.listCollaboratives();
	expect((await failure(sharing.share(share))).message).toBe(
		'this Exchange does not offer collaborative_addServiceToCollaborative',
	);
	expect(await sharing.listCollaboratives({maxAge: 0})).toHaveLength(1);
});

test('one older than IoT groups and captures lists its services all the same, asked so once', async () => {
	const {iotEndpointGroup, dataCapture, ...row} = storeServiceRow('a');
	const {sharing} = await open(asked => {
		if (asked.operationName === 'Share') return shared(asked);
		return asked.query.includes('iotEndpointGroup')
			? undefinedField('iotEndpointGroup', 'Service')
			: services(row, {...row, serviceType: 'OCS_ADAPTER', serviceId: 'x', dataStore: null});
	});
	const other = {
		serviceId: 'x',
		serviceType: 'OCS_ADAPTER',
		name: null,
		ownerUserId: null,
		dataStore: null,
		timeSeriesDb: null,
	};
	expect(await sharing.listServices('c')).toEqual([storeService('a'), other]);
	await sharing.share(share);
	expect(sharing.cachedServices('c')).toEqual([storeService('a'), other, storeService('b')]);
	await sharing.listServices('c', {maxAge: 0});
	expect(fake.operations()).toEqual(['ListServices', 'ListKnownServices', 'Share', 'ListKnownServices']);
});

test('a service of a type that the Exchange itself does not know how to name is no reason to fail', async () => {
	const {sharing} = await open(() => services(serviceRow('', 'odd'), storeServiceRow('a')));
	expect((await sharing.listServices('c')).map(({serviceType}) => serviceType)).toEqual(['', 'DATA_STORE']);
});
