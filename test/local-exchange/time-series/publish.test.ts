import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import {type AppSyncSocket, credentialsOf, openSocket, startMessage} from '../../support/appsync-socket.ts';
import {startExchange, type TestExchange} from '../../support/exchange.ts';
import {assetFields, newDatabase, type SeriesClient, sample} from './series-client.ts';

const noon = Date.UTC(2026, 0, 1, 12);

let exchange: TestExchange;
let database: SeriesClient;
beforeAll(async () => {
	exchange = await startExchange();
});
afterAll(() => exchange.close());
beforeEach(async () => {
	database = await newDatabase(exchange);
});

test('the answer is what was written, and the latest values show it', async () => {
	const {data, errors} = await database.publish('f1', [
		sample('kW', 412.5, noon, 'Feeder 1'),
		sample('kW', 400, noon - 60_000, 'Feeder 1'),
		sample('kV', '13.2', noon, 'Feeder 1'),
	]);
	expect(errors).toBeUndefined();
	const time = '2026-01-01T12:00:00.000Z';
	const kW = {name: 'kW', attributeType: 'DOUBLE', lastValue: '412.5', lastValueTime: time};
	const kV = {name: 'kV', attributeType: 'DOUBLE', lastValue: '13.2', lastValueTime: time};
	expect(data).toEqual([
		{
			assetId: 'f1',
			name: 'Feeder 1',
			attributes: [
				{
					...kW,
					data: [
						{timestamp: time, value: '412.5'},
						{timestamp: '2026-01-01T11:59:00.000Z', value: '400.0'},
					],
				},
				{...kV, data: [{timestamp: time, value: '13.2'}]},
			],
		},
	]);
	const {data: latest} = await database.latest();
	expect(latest).toEqual([
		{
			assetId: 'f1',
			name: 'Feeder 1',
			attributes: expect.toSatisfy(attributes => attributes.length === 2),
		},
	]);
	for (const attribute of [kW, kV]) expect(latest[0].attributes).toContainEqual({...attribute, data: []});
});

test('a record of several values has an attribute for each, in any type', async () => {
	const MeasureValues = [
		{Name: 'kW', Value: '1e3', Type: 'DOUBLE'},
		{Name: 'count', Value: '9007199254740993', Type: 'BIGINT'},
		{Name: 'closed', Value: 'TRUE', Type: 'BOOLEAN'},
		{Name: 'note', Value: 'high 🙂 "load"', Type: 'VARCHAR'},
		{Name: 'since', Value: '1767268800', Type: 'TIMESTAMP'},
	];
	const record = {MeasureName: 'reading', MeasureValueType: 'MULTI', MeasureValues};
	const {errors} = await database.publish('f1', [
		{...record, Time: String(noon / 1000), TimeUnit: 'SECONDS', Version: 1},
	]);
	expect(errors).toBeUndefined();
	const [{attributes}] = (await database.latest()).data;
	const values = attributes.map((each: {name: string; lastValue: string}) => [each.name, each.lastValue]);
	expect(Object.fromEntries(values)).toEqual({
		kW: '1000.0',
		count: '9007199254740993',
		closed: 'true',
		note: 'high 🙂 "load"',
		since: '2026-01-01 12:00:00.000000000',
	});
});

test.each([
	['SECONDS', '1767268800', '2026-01-01T12:00:00.000Z'],
	['MILLISECONDS', '1767268800001', '2026-01-01T12:00:00.001Z'],
	['MICROSECONDS', '1767268800000001', '2026-01-01T12:00:00.000001000Z'],
	['NANOSECONDS', '1767268800000000001', '2026-01-01T12:00:00.000000001Z'],
	[undefined, '1767268800001', '2026-01-01T12:00:00.001Z'],
])('a time in %s', async (TimeUnit, Time, expected) => {
	const {data} = await database.publish('f1', [{...sample('kW', 1, 0), Time, TimeUnit}]);
	expect(data[0].attributes[0].lastValueTime).toBe(expected);
});

describe('records that Timestream would not take', () => {
	test('are reported with their places, and the others are written', async () => {
		await database.publish('f1', [sample('kW', 1, noon, undefined, 3)]);
		const {data, errors} = await database.publish('f1', [
			sample('kW', 'high', noon + 1000),
			sample('kW', 2, noon + 2000),
			sample('kW', 3, noon, undefined, 2),
			{...sample('kW', 4, 0), Time: 'noon'},
		]);
		expect(errors).toEqual([
			{
				path: ['answer'],
				data: null,
				errorType: 'RejectedRecordsException',
				message: 'One or more records have been rejected. See RejectedRecords for details.',
				locations: [expect.any(Object)],
				errorInfo: {
					RejectedRecords: [
						{RecordIndex: 0, Reason: expect.stringContaining("'high'")},
						{RecordIndex: 2, Reason: expect.stringContaining('version'), ExistingVersion: 3},
						{RecordIndex: 3, Reason: "The record time 'noon' is not an epoch in MILLISECONDS."},
					],
				},
			},
		]);
		expect(data).toMatchObject([{assetId: 'f1', attributes: [{name: 'kW', lastValue: '2.0'}]}]);
		expect((await database.latest()).data[0].attributes).toMatchObject([{lastValue: '2.0'}]);
	});

	test('leave no answer when nothing was written', async () => {
		const {data, errors} = await database.publish('f1', [sample('kW', 'x', noon), sample('kW', 'y', noon)]);
		expect(data).toBeNull();
		expect(errors?.[0]?.errorInfo.RejectedRecords).toHaveLength(2);
		expect((await database.latest()).data).toEqual([]);
	});

	const good = sample('kW', 1, noon);
	test.each([
		['without a measure name', {...good, MeasureName: null}, 'measure name is empty'],
		['without a value', {...good, MeasureValue: null}, 'no measure value'],
		['without a time', {...good, Time: null}, "The record time ''"],
		['of an hour ahead', {...good, Time: String(Date.now() + 3_600_000)}, 'outside the time range'],
		['of version 0', {...good, Version: 0}, 'version'],
		['of no finite number', {...good, MeasureValue: 'NaN'}, 'NaN'],
		['of a number too large', {...good, MeasureValue: '1e309'}, 'out of the range'],
		[
			'of several values without MULTI',
			{...good, MeasureValues: [{Name: 'a', Value: '1', Type: 'DOUBLE'}]},
			'MULTI',
		],
		['of MULTI with one value', {...good, MeasureValueType: 'MULTI'}, 'MULTI'],
		[
			'of MULTI in MULTI',
			{
				...good,
				MeasureValue: null,
				MeasureValueType: 'MULTI',
				MeasureValues: [{Name: 'a', Value: '1', Type: 'MULTI'}],
			},
			'MULTI',
		],
		['of another asset', {...good, Dimensions: [{Name: 'assetId', Value: 'f2'}]}, 'another asset'],
		[
			'with a dimension twice',
			{
				...good,
				Dimensions: [
					{Name: 'p', Value: 'A'},
					{Name: 'p', Value: 'B'},
				],
			},
			'twice',
		],
		['with a reserved dimension', {...good, Dimensions: [{Name: 'time', Value: 'A'}]}, 'reserved'],
		[
			'with a dimension of __proto__ and no time',
			{...good, Time: '', Dimensions: [{Name: '__proto__', Value: 'A'}]},
			'time',
		],
		['null', null, "The record time ''"],
	])('%s', async (_, record, reason) => {
		const {errors} = await database.publish('f1', [record as object]);
		expect(errors?.[0]?.errorInfo.RejectedRecords).toEqual([
			expect.objectContaining({RecordIndex: 0, Reason: expect.stringContaining(reason)}),
		]);
	});

	test.each([0, 101])('are not looked at when there are %i of them', async count => {
		const records = Array.from({length: count}, (_, index) => sample('kW', 1, noon + index));
		const {data, errors} = await database.publish('f1', records);
		expect(data).toBeNull();
		expect(errors?.[0]).toMatchObject({
			errorType: 'ValidationException',
			message: expect.stringContaining("'records' failed to satisfy constraint"),
		});
	});
});

test('the same records again change nothing and are no error; a higher version replaces', async () => {
	for (const version of [1, 1, 2, 2]) {
		const {errors} = await database.publish('f1', [sample('kW', version, noon, 'Feeder 1', version)]);
		expect(errors).toBeUndefined();
	}
	expect((await database.latest()).data[0].attributes).toMatchObject([{lastValue: '2.0'}]);
});

test('a dimension of the record is no other asset', async () => {
	const at = (phase: string) => ({...sample('kW', 1, noon), Dimensions: [{Name: 'phase', Value: phase}]});
	const {errors} = await database.publish('f1', [at('A'), at('B')]);
	expect(errors).toBeUndefined();
	expect((await database.latest()).data).toHaveLength(1);
});

describe('who subscribes to an asset', () => {
	let socket: AppSyncSocket;
	const subscription = `subscription ($id: ID!, $assetId: ID!) {
		onTimeSeriesDbPublish(timeSeriesDbId: $id, assetId: $assetId) {${assetFields}}
	}`;
	const start = (id: string, assetId: string, timeSeriesDbId = database.timeSeriesDbId) =>
		socket.send(startMessage(id, subscription, exchange.token, {id: timeSeriesDbId, assetId}));

	beforeEach(async () => {
		const url = new URL('/graphql/realtime', exchange.endpoint.replace('http', 'ws'));
		url.searchParams.set('header', credentialsOf(exchange.token));
		socket = await openSocket(url.href);
		socket.send({type: 'connection_init'});
		expect((await socket.next()).type).toBe('connection_ack');
	});
	afterEach(() => socket.close());

	test('hears what is published to it and to no other asset or database', async () => {
		const other = await newDatabase(exchange, 'Other');
		start('1', 'f1');
		expect(await socket.next()).toEqual({id: '1', type: 'start_ack'});
		await other.publish('f1', [sample('kW', 1, noon)]);
		await database.publish('f2', [sample('kW', 2, noon)]);
		const {data} = await database.publish('f1', [sample('kW', 3, noon), sample('kW', 'x', noon)]);
		expect(await socket.next()).toEqual({
			id: '1',
			type: 'data',
			payload: {data: {onTimeSeriesDbPublish: data}},
		});
	});

	test('hears the fields that the publisher selected, and nothing when the asset is not among them', async () => {
		const ask = `subscription {onTimeSeriesDbPublish(timeSeriesDbId: "${database.timeSeriesDbId}", assetId: "f1") {
			assetId name attributes {name lastValue data {value}}
		}}`;
		socket.send(startMessage('1', ask, exchange.token));
		await socket.next();
		const unheard = 'name attributes {name}';
		const heard = `id: assetId ... on TimeSeriesDbAssetData @skip(if: true) {name}
			attributes {name} attributes {... on AssetAttribute {v: lastValue}}`;
		await database.publish('f1', [sample('kW', 1, noon, 'Feeder 1')], unheard);
		const {errors} = await database.publish('f1', [sample('kW', 2, noon + 1000, 'Feeder 1')], heard);
		expect(errors).toBeUndefined();
		const attributes = [{name: 'kW', lastValue: '2.0', data: null}];
		expect((await socket.next()).payload).toEqual({
			data: {onTimeSeriesDbPublish: [{assetId: 'f1', name: null, attributes}]},
		});
	});

	test('is refused where there is no such database', async () => {
		start('1', 'f1', 'timeSeriesDbId.x');
		expect(await socket.next()).toMatchObject({type: 'error', payload: {errors: [{errorType: 'NotFound'}]}});
	});
});
