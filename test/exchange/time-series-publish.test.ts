import {afterEach, describe, expect, test} from 'vitest';
import type {PublishRequest, SampleRecord} from '../../src/shell/time-series.ts';
import {failure} from './failure.ts';
import {type Asked, type FakeExchange, fakeExchange, type Reply} from './fake-exchange.ts';

let fake: FakeExchange;
afterEach(() => fake.close());

const timeSeriesDbId = 'timeSeriesDbId.1';
const done: Reply = {body: {data: {timeSeriesDb_publishToDatabase: []}}};
const record = (second: number, more: Partial<SampleRecord> = {}): SampleRecord => ({
	values: [{name: 'kW', value: String(second), type: 'DOUBLE'}],
	time: String(1_767_225_600 + second),
	timeUnit: 'SECONDS',
	version: 1,
	...more,
});
const request = (...records: readonly SampleRecord[]): PublishRequest => ({
	timeSeriesDbId,
	assetId: 'a',
	name: 'Feeder "1"',
	records,
});
const open = async (answer: (asked: Asked) => Reply) => {
	fake = await fakeExchange(asked => {
		if (asked.operationName !== 'LatestValues') return answer(asked);
		const attributes = [
			{name: 'kW', attributeType: 'DOUBLE', lastValue: '50', lastValueTime: '2026-01-01T00:00:05Z'},
		];
		const data = [
			{assetId: 'a', name: 'Feeder', attributes},
			{assetId: 'b', name: null, attributes: []},
		];
		return {body: {data: {timeSeriesDb_listAllAssetLastValues: {data, nextToken: null, clientToken: null}}}};
	});
	return fake.connect().timeSeries;
};
const rejection = (errorInfo: unknown, more: object = {}, data: unknown = null): Reply => ({
	body: {
		data: {timeSeriesDb_publishToDatabase: data},
		errors: [
			{
				errorType: 'RejectedRecordsException',
				message: 'One or more records have been rejected. See RejectedRecords for details.',
				errorInfo,
				...more,
			},
		],
	},
});

test('records are sent as the API has them: single or of several measures, names as variables', async () => {
	const series = await open(() => done);
	const multi = record(1, {
		measureName: 'readings',
		dimensions: {site: 'north'},
		values: [
			{name: 'kW', value: '1.5', type: 'DOUBLE'},
			{name: 'on', value: 'true', type: 'BOOLEAN'},
		],
	});
	expect(await series.publish(request(record(0), multi))).toEqual({accepted: 2, rejected: []});
	const name = {Name: 'name', Value: 'Feeder "1"', DimensionValueType: 'VARCHAR'};
	expect(fake.asked[0]?.variables).toEqual({
		timeSeriesDbId,
		assetId: 'a',
		data: {
			records: [
				{
					Dimensions: [name],
					MeasureName: 'kW',
					MeasureValue: '0',
					MeasureValueType: 'DOUBLE',
					Time: '1767225600',
					TimeUnit: 'SECONDS',
					Version: 1,
				},
				{
					Dimensions: [{Name: 'site', Value: 'north', DimensionValueType: 'VARCHAR'}, name],
					MeasureName: 'readings',
					MeasureValueType: 'MULTI',
					MeasureValues: [
						{Name: 'kW', Value: '1.5', Type: 'DOUBLE'},
						{Name: 'on', Value: 'true', Type: 'BOOLEAN'},
					],
					Time: '1767225601',
					TimeUnit: 'SECONDS',
					Version: 1,
				},
			],
		},
	});
});

test('those who follow the asset hear of all that was written', async () => {
	const series = await open(() => done);
	await series.publish(request(record(0)));
	const {query} = fake.asked[0]!;
	const selection = query.slice(query.lastIndexOf('timeSeriesDb_publishToDatabase'));
	for (const field of [
		'assetId',
		'name',
		'attributeType',
		'lastValue',
		'lastValueTime',
		'timestamp',
		'value',
	]) {
		expect(selection).toMatch(new RegExp(`\\b${field}\\b`));
	}
});

describe('accepted values', () => {
	test('are the latest at once, unless newer ones are there', async () => {
		const series = await open(() => done);
		await series.latest(timeSeriesDbId);
		await series.publish(request(record(3)));
		expect(series.cachedLatest(timeSeriesDbId)?.assets[0]?.attributes[0]?.lastValue).toBe('50');
		await series.publish(request(record(7), record(6)));
		expect(series.cachedLatest(timeSeriesDbId)?.assets[0]).toEqual({
			assetId: 'a',
			name: 'Feeder "1"',
			attributes: [
				{name: 'kW', attributeType: 'DOUBLE', lastValue: '7', lastValueTime: '2026-01-01T00:00:07.000Z'},
			],
		});
	});

	test('of a new asset make it known, each attribute once', async () => {
		const series = await open(() => done);
		await series.latest(timeSeriesDbId);
		await series.publish({...request(record(8), record(9)), assetId: 'new'});
		const asset = series.cachedLatest(timeSeriesDbId)?.assets.at(-1);
		expect([asset?.assetId, asset?.attributes.map(({lastValue}) => lastValue)]).toEqual(['new', ['9']]);
	});

	test.each([
		['MILLISECONDS', '1767225607001', '2026-01-01T00:00:07.001Z'],
		['MICROSECONDS', '1767225607000001', '2026-01-01T00:00:07.000001Z'],
		['NANOSECONDS', '1767225607000000001', '2026-01-01T00:00:07.000000001Z'],
	] as const)('taken in %s', async (timeUnit, time, expected) => {
		const series = await open(() => done);
		await series.latest(timeSeriesDbId);
		await series.publish(request(record(0, {timeUnit, time})));
		expect(series.cachedLatest(timeSeriesDbId)?.assets[0]?.attributes[0]?.lastValueTime).toBe(expected);
	});

	test('before 1970, and of times that are none, do no harm', async () => {
		const series = await open(() => done);
		await series.latest(timeSeriesDbId);
		await series.publish(request(record(0, {time: '-1'}), record(0, {time: 'soon'})));
		expect(series.cachedLatest(timeSeriesDbId)?.assets[0]?.attributes[0]?.lastValue).toBe('50');
	});
});

describe('rejected records', () => {
	const upper = {RecordIndex: 1, Reason: 'too old', ExistingVersion: 3};
	const lower = {recordIndex: 1, reason: 'too old', existingVersion: '3'};
	test.each<[string, Reply]>([
		['as Timestream has them', rejection({RejectedRecords: [upper]})],
		['in lower case', rejection({rejectedRecords: [lower]})],
		['as a list', rejection([lower])],
		['as JSON', rejection(JSON.stringify({RejectedRecords: [upper]}))],
		['in the data of the error', rejection(null, {data: {RejectedRecords: [upper]}})],
		['beside the answer for the others', rejection({RejectedRecords: [upper]}, {}, [])],
	])('%s', async (_case, reply) => {
		const series = await open(() => reply);
		await series.latest(timeSeriesDbId);
		expect(await series.publish(request(record(7), record(9), record(8)))).toEqual({
			accepted: 2,
			rejected: [{index: 1, reason: 'too old', existingVersion: 3}],
		});
		expect(series.cachedLatest(timeSeriesDbId)?.assets[0]?.attributes[0]?.lastValue).toBe('8');
	});

	test('come in order; those without a reason or of another batch are no trouble', async () => {
		const info = [
			{RecordIndex: 2},
			{RecordIndex: 0, Reason: 'a'},
			{RecordIndex: 99},
			{RecordIndex: -1},
			null,
		];
		const series = await open(() => rejection({RejectedRecords: info}));
		expect((await series.publish(request(record(0), record(1), record(2)))).rejected).toEqual([
			{index: 0, reason: 'a'},
			{index: 2, reason: 'the Exchange gave no reason'},
		]);
	});

	test.each([null, 'not JSON', {}, {RejectedRecords: []}, {RejectedRecords: 'x'}])(
		'that are not named (%j): the whole request failed',
		async errorInfo => {
			const series = await open(() => rejection(errorInfo));
			const error = await failure(series.publish(request(record(0))));
			expect([error.code, error.message]).toEqual([
				'failed',
				'One or more records have been rejected. See RejectedRecords for details.',
			]);
		},
	);
});

describe('a lost answer', () => {
	test.each<[string, Reply]>([
		['a dropped socket', 'drop'],
		['429', {status: 429, text: ''}],
		['500', {status: 500, text: '<html>'}],
	])('%s: the same is sent again', async (_case, first) => {
		const series = await open(({attempt}) => (attempt < 3 ? first : done));
		expect(await series.publish(request(record(0)))).toEqual({accepted: 1, rejected: []});
		expect(fake.asked).toHaveLength(3);
		expect(fake.asked[2]?.variables).toEqual(fake.asked[0]?.variables);
	});

	test('four times at most', async () => {
		const series = await open(() => 'drop');
		expect((await failure(series.publish(request(record(0))))).code).toBe('connection');
		expect(fake.asked).toHaveLength(4);
	});

	test('is not waited for after an abort', async () => {
		const stop = new AbortController();
		const series = await open(() => {
			setImmediate(() => stop.abort());
			return 'drop';
		});
		expect((await failure(series.publish(request(record(0)), {signal: stop.signal}))).code).toBe('cancelled');
		expect(fake.asked).toHaveLength(1);
	});

	test('a refusal is not repeated', async () => {
		const series = await open(() => ({body: {data: null, errors: [{message: 'Unauthorized'}]}}));
		expect((await failure(series.publish(request(record(0))))).code).toBe('denied');
		expect(fake.asked).toHaveLength(1);
	});
});

test('what the API does not take is not sent', async () => {
	const series = await open(() => done);
	expect(await series.publish(request())).toEqual({accepted: 0, rejected: []});
	const many = Array.from({length: 101}, (_, second) => record(second));
	expect((await failure(series.publish(request(...many)))).message).toBe(
		'a: 101 records are too many for one request',
	);
	for (const version of [0, 1.5, 2 ** 31]) {
		expect((await failure(series.publish(request(record(0, {version}))))).code).toBe('usage');
	}
	expect(fake.asked).toEqual([]);
});
