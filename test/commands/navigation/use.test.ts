import {expect, test} from 'vitest';
import {pathOf} from '../../../src/shell/session.ts';
import {memoryExchange} from '../../support/memory-exchange.ts';
import {runCommands} from '../../support/run.ts';

const stores = {'Campus study': {weather: {}}, 'Wind park': {}};

test('goes to the root of the store, and lists nothing for it', async () => {
	const exchange = memoryExchange(stores);
	const {session, status} = await runCommands("use 'Wind park'", {exchange});
	expect([session.location?.store.name, pathOf(session.location!), status]).toEqual(['Wind park', '/', 0]);
	expect(exchange.requests.filter(request => !request.startsWith('listDataStores'))).toEqual([]);
});

test('takes an id', async () => {
	const exchange = memoryExchange(stores);
	const {dataStoreId} = (await exchange.listDataStores())[1]!;
	const {session} = await runCommands(`use id:${dataStoreId}`, {exchange});
	expect(session.location?.store.name).toBe('Wind park');
});

test('suggests the closest name, and leaves one where one was', async () => {
	const {screen, session, status} = await runCommands('use Windpark', {exchange: memoryExchange(stores)});
	expect(screen[0]).toBe('use: Windpark: no such data store (did you mean Wind park?)');
	expect([session.location?.store.name, status]).toEqual(['Campus study', 1]);
});

test('of two stores of one name it asks for an id', async () => {
	const exchange = memoryExchange(stores);
	const [first] = await exchange.listDataStores();
	const twice = {
		...exchange,
		listDataStores: async () => [first!, {...first!, dataStoreId: 'dataStoreId.other'}],
	};
	const {screen} = await runCommands("use 'Campus study'", {exchange: twice});
	expect(screen.join('\n')).toMatch(/ambiguous.*\n.*id:dataStoreId\.1\n.*id:dataStoreId\.other/);
});

test('of a store whose root is withheld it says so', async () => {
	const exchange = memoryExchange(stores);
	const [first] = await exchange.listDataStores();
	const closed = {...exchange, listDataStores: async () => [{...first!, homeDirectoryId: null}]};
	const options = {exchange: closed, session: {location: undefined}};
	expect((await runCommands("use 'Campus study'", options)).screen[0]).toContain('cannot be read');
});
