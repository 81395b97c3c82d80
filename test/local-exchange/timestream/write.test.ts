import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import type {StoredRecord} from '../../../src/local-exchange/timestream/types.ts';
import {databaseId, multi, single, startEngine, type TestEngine} from '../../support/time-series-engine.ts';

const now = Date.parse('2026-06-01T12:00:00Z');
let it: TestEngine;
beforeEach(async () => {
	it = await startEngine(() => now);
});
afterEach(() => it.close());

const write = (...records: StoredRecord[]) => it.engine().write(databaseId, records);
const values = () => it.select('SELECT time, kW FROM series ORDER BY time');

const duplicate =
	'A record already exists with the same time, dimensions, measure name, and record version. A higher record version must be specified in order to update the measure value. Specifying record version is supported by the latest SDKs.';
const lower = (version: number, existing: number) =>
	`The record version ${version} is lower than the existing version ${existing}. A higher version is required to update the measure value.`;

describe('a record that is there already', () => {
	const first = multi(1, {kW: 1, on: true}, {version: 5n});

	test('is noticed whatever its dimensions are called', async () => {
		const dimensions = JSON.parse('{"assetId": "f1", "__proto__": "p", "constructor": "c"}');
		const again = (kW: number) => multi(1, {kW}, {dimensions});
		expect(await write(again(1))).toEqual([]);
		expect(await write(again(1))).toEqual([]);
		expect(await write(again(2))).toMatchObject([{reason: duplicate}]);
		expect(await values()).toHaveLength(1);
	});

	test.each<[string, Partial<StoredRecord>, {reason: string; existingVersion: bigint} | 'taken' | 'ignored']>(
		[
			['with the same values and version is fine', {}, 'ignored'],
			['with its values in another order is fine', {values: [...first.values].reverse()}, 'ignored'],
			[
				'with its dimensions in another order is fine',
				{dimensions: {name: 'Feeder 1', assetId: 'f1'}},
				'ignored',
			],
			['with the same values and a lower version is fine', {version: 4n}, 'ignored'],
			[
				'with another value needs a higher version',
				{values: multi(1, {kW: 2, on: true}).values},
				{reason: duplicate, existingVersion: 5n},
			],
			[
				'with less values needs a higher version',
				{values: multi(1, {kW: 1}).values},
				{reason: duplicate, existingVersion: 5n},
			],
			[
				'with more values needs a higher version',
				{values: multi(1, {kW: 1, on: true, n: 1}).values},
				{reason: duplicate, existingVersion: 5n},
			],
			[
				'with a lower version and another value is rejected',
				{version: 4n, values: multi(1, {kW: 2, on: true}).values},
				{reason: lower(4, 5), existingVersion: 5n},
			],
			[
				'with a higher version is replaced',
				{version: 6n, values: multi(1, {kW: 2, on: false}).values},
				'taken',
			],
			['with other dimensions is another', {dimensions: {assetId: 'f1'}}, 'taken'],
			['with another measure name is another', {measureName: 'other'}, 'taken'],
			['at another ns is another', {time: first.time + 1n}, 'taken'],
		],
	)('%s', async (_, change, outcome) => {
		const again = {...first, ...change};
		for (const restart of [false, true]) {
			const own = {...again, time: again.time + (restart ? 60n : 0n)};
			expect(await write({...first, time: first.time + (restart ? 60n : 0n)})).toEqual([]);
			if (restart) await it.reopen();
			const before = await it.select('SELECT * FROM series ORDER BY ALL');
			const rejected = await write(own);
			const after = await it.select('SELECT * FROM series ORDER BY ALL');
			expect(rejected).toEqual(typeof outcome === 'string' ? [] : [{index: 0, ...outcome}]);
			if (outcome === 'taken') expect(after).not.toEqual(before);
			else expect(after).toEqual(before);
		}
	});

	test('is replaced as a whole, once', async () => {
		await write(first);
		await write(multi(1, {kW: 2}, {version: 6n}));
		expect(await it.select('SELECT kW, "on" FROM series')).toEqual([['2', null]]);
		expect(await write(first)).toEqual([{index: 0, reason: lower(5, 6), existingVersion: 6n}]);
		await it.reopen();
		expect(await write(first)).toEqual([{index: 0, reason: lower(5, 6), existingVersion: 6n}]);
	});

	test('with the same values takes a higher version over', async () => {
		await write(first);
		await write({...first, version: 9n});
		expect(await write({...first, version: 8n, values: multi(1, {kW: 3, on: true}).values})).toEqual([
			{index: 0, reason: lower(8, 9), existingVersion: 9n},
		]);
	});
});

describe('within a batch', () => {
	test('each record meets those before it', async () => {
		const rejected = await write(
			multi(1, {kW: 1}),
			multi(1, {kW: 1}),
			multi(1, {kW: 2}),
			multi(1, {kW: 3}, {version: 2n}),
			multi(1, {kW: 4}, {version: 2n}),
			multi(1, {kW: 3}, {version: 1n}),
			multi(2, {kW: 5}),
		);
		expect(rejected).toEqual([
			{index: 2, reason: duplicate, existingVersion: 1n},
			{index: 4, reason: duplicate, existingVersion: 2n},
		]);
		expect(await values()).toEqual([
			['1970-01-01 00:00:01', '3'],
			['1970-01-01 00:00:02', '5'],
		]);
	});

	test('a stored record is replaced by the last of several', async () => {
		await write(multi(1, {kW: 1}), multi(5, {kW: 5}));
		await write(multi(1, {kW: 2}, {version: 2n}), multi(1, {kW: 3}, {version: 3n}));
		expect(await values()).toEqual([
			['1970-01-01 00:00:01', '3'],
			['1970-01-01 00:00:05', '5'],
		]);
	});

	test('the bad ones are named and the good ones taken', async () => {
		const rejected = await write(multi(1, {kW: 1}), single(1, 'kW', 'NaN'), multi(3, {}), multi(4, {kW: 4}));
		expect(rejected.map(({index}) => index)).toEqual([1, 2]);
		expect(await values()).toHaveLength(2);
	});

	test('rejections of both kinds come in order', async () => {
		await write(multi(1, {kW: 1}));
		const rejected = await write(multi(1, {kW: 2}), multi(2, {}), multi(1, {kW: 3}));
		expect(rejected.map(({index}) => index)).toEqual([0, 1, 2]);
	});
});

test('single measures of one type are told apart by their names', async () => {
	await write(single(1, 'kW', '1'), single(1, 'kWh', '2'), single(1, 'kW', '3', 'BIGINT'));
	expect(await write(single(1, 'kW', '1'), single(1, 'kWh', '7'), single(1, 'kW', '4', 'BIGINT'))).toEqual([
		{index: 1, reason: duplicate, existingVersion: 1n},
		{index: 2, reason: duplicate, existingVersion: 1n},
	]);
	expect(await it.select('SELECT count(*) FROM series')).toEqual([['3']]);
});

describe('a record is rejected', () => {
	const dimensions = (other: Record<string, string>) => ({dimensions: {assetId: 'f1', ...other}});
	test.each<[string, StoredRecord, string | RegExp]>([
		['for a bad number', single(1, 'kW', '12,5'), "The measure value '12,5' of kW is invalid: not a DOUBLE."],
		[
			'for NaN',
			single(1, 'kW', 'NaN'),
			"The measure value 'NaN' of kW is invalid: NaN and infinity cannot be stored.",
		],
		['for 1e309', single(1, 'kW', '1e309'), /out of the range of DOUBLE/],
		['for 2^63', single(1, 'n', '9223372036854775808', 'BIGINT'), /out of the range of BIGINT/],
		['for a boolean word', single(1, 'on', 'yes', 'BOOLEAN'), /not a BOOLEAN/],
		['for a text that is not Unicode', single(1, 's', '\ud800', 'VARCHAR'), /not valid Unicode/],
		[
			'without an asset',
			multi(1, {kW: 1}, {dimensions: {name: 'x'}}),
			'The record has no dimension assetId.',
		],
		['without a measure name', multi(1, {kW: 1}, {measureName: ''}), 'The measure name is empty.'],
		['without a value', multi(1, {}), 'The record has no measure value.'],
		['for a measure without a name', multi(1, {'': 1}), 'The measure name is empty.'],
		[
			'for a measure twice',
			multi(1, {}, {values: [...multi(1, {a: 1}).values, ...multi(1, {a: 1}).values]}),
			'The record has the measure a twice.',
		],
		['for version 0', multi(1, {kW: 1}, {version: 0n}), 'The record version must be 1 or higher.'],
		[
			'for a reserved dimension',
			multi(1, {kW: 1}, dimensions({time: 'x'})),
			'The dimension name time is reserved.',
		],
		['for a reserved prefix', multi(1, {ts_kW: 1}), 'The measure name ts_kW is reserved.'],
		['for the name of a column of Timestream', multi(1, {'measure_value::double': 1}), /is reserved/],
		[
			'for a colon in a dimension',
			multi(1, {kW: 1}, dimensions({'a:b': 'x'})),
			'The dimension name a:b must not contain a colon.',
		],
		[
			'for a dimension without a value',
			multi(1, {kW: 1}, dimensions({a: ''})),
			'The dimension a has no value.',
		],
		['for a NUL in a name', multi(1, {'k\0W': 1}), 'The measure name is not valid Unicode.'],
		[
			'for 61 bytes of dimension name',
			multi(1, {kW: 1}, dimensions({[`${'é'.repeat(30)}x`]: 'x'})),
			/longer than 60 bytes/,
		],
		['for 257 bytes of measure name', multi(1, {[`${'x'.repeat(257)}`]: 1}), /longer than 256 bytes/],
		['for more than 2 KB', multi(1, {s: 'x'.repeat(2040)}), 'The record exceeds 2048 bytes.'],
		[
			'for 257 measures',
			multi(1, Object.fromEntries(Array.from({length: 257}, (_, i) => [`v${i}`, true]))),
			'The record has more than 256 measures.',
		],
		[
			'for a time 15 minutes ahead',
			multi(now / 1000 + 900, {kW: 1}),
			/^The record timestamp is outside the time range \[1677-09-21T00:12:43.146Z, 2026-06-01T12:15:00.000Z\) of the memory store\.$/,
		],
		[
			'for a time that 64 bits do not hold',
			multi(1, {kW: 1}, {time: -(2n ** 63n)}),
			/outside the time range/,
		],
	])('%s', async (_, record, reason) => {
		expect(await write(record)).toEqual([
			{index: 0, reason: typeof reason === 'string' ? reason : expect.stringMatching(reason)},
		]);
		expect(await it.select('SELECT * FROM series')).toEqual([]);
	});

	test.each<[string, StoredRecord]>([
		['1e308', single(1, 'kW', '1e308')],
		['60 bytes of dimension name', multi(1, {kW: 1}, dimensions({['é'.repeat(30)]: 'x'}))],
		['256 bytes of measure name', multi(1, {['x'.repeat(256)]: 1}, {measureName: 'y'.repeat(256)})],
		['a time just under 15 minutes ahead', multi(now / 1000 + 899, {kW: 1})],
		['a time before 1970', multi(-2_000_000_000, {kW: 1})],
		['a measure name that would be a reserved column, of a single measure', single(1, 'ts_load', '1')],
	])('but not for %s', async (_, record) => {
		expect(await write(record)).toEqual([]);
		expect(await it.select('SELECT count(*) FROM series')).toEqual([['1']]);
	});
});

test('values come back as they were: to the bit, to the ns, to the character', async () => {
	const record = multi(0, {
		d: 0.1 + 0.2,
		big: 9_007_199_254_740_993n,
		text: 'a\0b\r\n"⚡" \u{1f600}',
		yes: false,
	});
	const time = {name: 't', type: 'TIMESTAMP' as const, value: '1767225600000000001'};
	await write({...record, time: -1n, values: [...record.values, time]});
	const chosen = 'epoch_ns(time), d, big, text, yes, epoch_ns(t)';
	const row = [
		'-1',
		'0.30000000000000004',
		'9007199254740993',
		'a\0b\r\n"⚡" \u{1f600}',
		'false',
		time.value,
	];
	expect(await it.select(`SELECT ${chosen} FROM series`)).toEqual([row]);
	await it.reopen();
	expect(await it.select(`SELECT ${chosen} FROM series`)).toEqual([row]);
});

test('writing to a database that is not there is an error', async () => {
	await expect(it.engine().write('timeSeriesDbId.2', [multi(1, {kW: 1})])).rejects.toThrow(
		'timeSeriesDbId.2: no such time-series database',
	);
});

test('nothing to write is nothing wrong', async () => {
	expect(await write()).toEqual([]);
});
