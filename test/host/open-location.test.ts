import {describe, expect, test} from 'vitest';
import {openLocation, startLocation} from '../../src/host/open-location.ts';
import {ShellError} from '../../src/shell/errors.ts';
import type {DataStore} from '../../src/shell/ports.ts';
import type {Location} from '../../src/shell/session.ts';

const store = (dataStoreId: string, name: string): DataStore => ({
	dataStoreId,
	name,
	description: null,
	ownerUserId: null,
	homeDirectoryId: `home of ${dataStoreId}`,
});

function exchangeWith(stores: readonly DataStore[], directories: readonly string[] = []) {
	return {
		listDataStores: async () => stores,
		listDirectory: async (directoryId: string) => {
			if (!directories.includes(directoryId)) throw new ShellError('not-found', directoryId);
			return {directoryId, entries: [], fetchedAt: 0};
		},
	};
}

const two = [store('1', 'Campus'), store('2', 'Grid')];
const saved: Location = {
	store: two[1]!,
	trail: [
		{dataStoreDirectoryId: 'home of 2', name: ''},
		{dataStoreDirectoryId: 'weather', name: 'weather'},
	],
};

describe('a session starts', () => {
	test('in the store asked for, by name or id', async () => {
		for (const name of ['Grid', 'id:2']) {
			const location = await openLocation({exchange: exchangeWith(two), store: name, first: false});
			expect(location?.store.dataStoreId).toBe('2');
		}
	});

	test('where the last one was', async () => {
		const exchange = exchangeWith(two, ['weather']);
		expect(await openLocation({exchange, store: undefined, saved, first: true})).toEqual(saved);
	});

	test('in a store that others share, though the list leaves it out', async () => {
		const shared = async () => [two[1]!];
		const exchange = exchangeWith([two[0]!], ['weather']);
		const named = await openLocation({exchange, shared, store: 'Grid', first: false});
		expect(named?.store.dataStoreId).toBe('2');
		expect(await openLocation({exchange, shared, store: undefined, saved, first: true})).toEqual(saved);
	});

	test('at the root when the last directory is gone', async () => {
		const location = await openLocation({exchange: exchangeWith(two), store: undefined, saved, first: true});
		expect(location?.store.name).toBe('Grid');
		expect(location?.trail).toHaveLength(1);
	});

	test('in the first store when the last one is gone and a first one will do', async () => {
		const exchange = exchangeWith([two[0]!, store('3', 'New')]);
		expect((await openLocation({exchange, store: undefined, saved, first: true}))?.store.name).toBe('Campus');
	});

	test('in no store when there are several and none was chosen', async () => {
		expect(await openLocation({exchange: exchangeWith(two), store: undefined, first: false})).toBeUndefined();
		expect(await openLocation({exchange: exchangeWith([]), store: undefined, first: true})).toBeUndefined();
	});

	test('in the only store there is', async () => {
		const exchange = exchangeWith([two[0]!]);
		expect((await openLocation({exchange, store: undefined, first: false}))?.store.name).toBe('Campus');
	});
});

test('an unknown store is named, with those there are', async () => {
	const opened = openLocation({
		exchange: exchangeWith(two),
		shared: async () => two,
		store: 'Gird',
		first: true,
	});
	await expect(opened).rejects.toMatchObject({code: 'not-found', details: ['Campus', 'Grid']});
});

test('of two stores with one name neither is taken', async () => {
	const exchange = exchangeWith([store('1', 'Campus'), store('2', 'Campus')]);
	const opened = openLocation({exchange, store: 'Campus', first: true});
	await expect(opened).rejects.toMatchObject({code: 'ambiguous', details: ['id:1', 'id:2']});
});

test('a connection that fails while the last directory is checked is not hidden', async () => {
	const exchange = {
		...exchangeWith(two),
		listDirectory: async () => {
			throw new ShellError('connection', 'gone');
		},
	};
	const opened = openLocation({exchange, store: undefined, saved, first: true});
	await expect(opened).rejects.toMatchObject({code: 'connection'});
});

describe('a prompt', () => {
	const silent = {
		...exchangeWith(two),
		listDataStores: async () => {
			throw new ShellError('connection', 'x.example: does not answer', {hint: 'try again'});
		},
	};

	test('opens where the last one was when the Exchange cannot be asked, and says so', async () => {
		expect(await startLocation({exchange: silent, store: undefined, saved, first: false})).toEqual({
			location: saved,
			notes: ['x.example: does not answer (try again)'],
		});
	});

	test('opens in no store when the one asked for cannot be found', async () => {
		const opened = await startLocation({exchange: exchangeWith(two), store: 'Gird', saved, first: true});
		expect(opened.location).toBeUndefined();
		expect(opened.notes[0]).toContain('Gird');
	});
});
