import {afterEach, describe, expect, test} from 'vitest';
import {failure} from './failure.ts';
import {type Asked, type FakeExchange, fakeExchange, type Reply} from './fake-exchange.ts';

let fake: FakeExchange;
afterEach(() => fake.close());

const database = (name: string) => ({
	timeSeriesDbId: `timeSeriesDbId.${name}`,
	name,
	description: null,
	ownerUserId: 'u',
	databaseName: `db_${name}`,
	tableName: 'series',
});
const row = (name: string) => ({__typename: 'TimeSeriesDb', ...database(name)});
const list = (rows: unknown): Reply => ({body: {data: {timeSeriesDb_listDatabases: rows}}});
const open = async (answer: (asked: Asked) => Reply | Promise<Reply>) => {
	fake = await fakeExchange(answer);
	return fake.connect().timeSeries;
};
const undefinedField: Reply = {
	body: {
		data: null,
		errors: [
			{
				path: null,
				message:
					"Validation error of type FieldUndefined: Field 'timeSeriesDb_listDatabases' in type 'Query' is undefined",
			},
		],
	},
};

test('databases are listed, out of the cache while it is fresh; null rows are absent', async () => {
	const series = await open(() => list([null, row('a'), row('b')]));
	expect(series.cachedDatabases()).toBeUndefined();
	const databases = await series.listDatabases();
	expect(databases).toEqual([database('a'), database('b')]);
	expect(await series.listDatabases()).toBe(databases);
	expect(series.cachedDatabases()).toBe(databases);
	expect(fake.operations()).toEqual(['ListDatabases']);
});

test.each([[[]], [null]])('%j is no database', async rows => {
	const series = await open(() => list(rows));
	expect(await series.listDatabases()).toEqual([]);
});

test('one that is made is in the list, one that is deleted is not, with its values, without asking', async () => {
	const series = await open(({operationName}) => {
		if (operationName === 'CreateDatabase') return {body: {data: {timeSeriesDb_createDatabase: row('b')}}};
		if (operationName === 'DeleteDatabase') return {body: {data: {timeSeriesDb_deleteDatabase: row('a')}}};
		if (operationName === 'LatestValues') {
			const data = [{assetId: 'x', name: 'X', attributes: []}];
			return {
				body: {data: {timeSeriesDb_listAllAssetLastValues: {data, nextToken: null, clientToken: null}}},
			};
		}
		return list([row('a')]);
	});
	await series.listDatabases();
	await series.latest('timeSeriesDbId.a');
	expect(await series.createDatabase({name: 'b'})).toEqual(database('b'));
	await series.deleteDatabase('timeSeriesDbId.a');
	expect(await series.listDatabases()).toEqual([database('b')]);
	expect(series.cachedLatest('timeSeriesDbId.a')).toBeUndefined();
	expect(fake.operations()).toEqual(['ListDatabases', 'LatestValues', 'CreateDatabase', 'DeleteDatabase']);
});

test('one that is deleted is no longer among what is shared, without asking', async () => {
	fake = await fakeExchange(({operationName}) => {
		if (operationName === 'DeleteDatabase') return {body: {data: {timeSeriesDb_deleteDatabase: row('a')}}};
		const services = ['a', 'b'].map(name => ({
			__typename: 'Service',
			serviceId: `timeSeriesDbId.${name}`,
			serviceType: 'TIME_SERIES_DB',
			dataStore: null,
			timeSeriesDb: row(name),
			iotEndpointGroup: null,
			dataCapture: null,
		}));
		return {body: {data: {collaborative_listCollaborativeServices: services}}};
	});
	const {sharing, timeSeries} = fake.connect();
	expect(await sharing.listServices('c')).toHaveLength(2);
	await timeSeries.deleteDatabase('timeSeriesDbId.a');
	expect((await sharing.listServices('c')).map(({name}) => name)).toEqual(['b']);
	expect(fake.operations()).toEqual(['ListServices', 'DeleteDatabase']);
});

test('an answer overtaken by an own write does not bring back what was deleted', async () => {
	const deleted = Promise.withResolvers<void>();
	const series = await open(async ({operationName, attempt}) => {
		if (operationName === 'DeleteDatabase') return {body: {data: {timeSeriesDb_deleteDatabase: row('a')}}};
		if (attempt === 1) await deleted.promise;
		return list(attempt === 1 ? [row('a')] : []);
	});
	const listed = series.listDatabases();
	await series.deleteDatabase('timeSeriesDbId.a');
	deleted.resolve();
	expect(await listed).toEqual([]);
});

test('deleting one that is not there says so', async () => {
	const series = await open(() => ({body: {data: {timeSeriesDb_deleteDatabase: null}}}));
	expect((await failure(series.deleteDatabase('timeSeriesDbId.x'))).code).toBe('not-found');
});

describe('an Exchange without time series', () => {
	test('says so once, whatever is asked of it, and is not asked again', async () => {
		fake = await fakeExchange(() => undefinedField);
		const exchange = fake.connect();
		const series = exchange.timeSeries;
		for (const call of [
			() => series.listDatabases(),
			() => series.latest('x'),
			() => series.createDatabase({name: 'x'}),
		]) {
			const error = await failure(call());
			expect([error.code, error.message]).toEqual([
				'unsupported',
				'this Exchange has no time-series databases',
			]);
		}
		expect(fake.asked).toHaveLength(1);
		exchange.forget();
		await failure(series.listDatabases());
		expect(fake.asked).toHaveLength(2);
	});

	test('one that lacks only a part says which', async () => {
		const series = await open(({operationName}) =>
			operationName === 'ListDatabases'
				? list([row('a')])
				: {
						body: {
							data: null,
							errors: [{message: 'Cannot query field "timeSeriesDb_createDatabase" on type "Mutation".'}],
						},
					},
		);
		await series.listDatabases();
		expect((await failure(series.createDatabase({name: 'x'}))).message).toBe(
			'this Exchange does not offer timeSeriesDb_createDatabase',
		);
		expect(await series.listDatabases({maxAge: 0})).toHaveLength(1);
	});
});
