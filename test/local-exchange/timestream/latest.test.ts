import {copyFileSync, existsSync} from 'node:fs';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {openEngine} from '../../../src/local-exchange/timestream/engine.ts';
import type {StoredRecord} from '../../../src/local-exchange/timestream/types.ts';
import {
	databaseId,
	multi,
	second,
	single,
	startEngine,
	type TestEngine,
} from '../../support/time-series-engine.ts';

let it: TestEngine;
beforeEach(async () => {
	it = await startEngine();
});
afterEach(() => it.close());

const write = async (...records: StoredRecord[]) =>
	expect(await it.engine().write(databaseId, records)).toEqual([]);

/** `ASSET ATTRIBUTE VALUE SECONDS`, as the engine, one opened after a kill, and one opened after a close say. */
async function latest(): Promise<readonly string[]> {
	const inMemory = await it.engine().lastValues(databaseId);
	const copy = `${it.file}.killed`;
	for (const suffix of ['', '.wal']) {
		if (existsSync(it.file + suffix)) copyFileSync(it.file + suffix, copy + suffix);
	}
	const killed = await openEngine({file: copy});
	const found = await killed.lastValues(databaseId);
	await killed.close();
	await it.reopen();
	const kept = await it.engine().lastValues(databaseId);
	const sorted = (values: typeof kept) => values.toSorted((a, b) => (a.attribute < b.attribute ? -1 : 1));
	expect(sorted(found)).toEqual(sorted(inMemory));
	expect(kept).toEqual(inMemory);
	return inMemory.map(
		({assetId, attribute, value, time}) => `${assetId} ${attribute} ${value} ${time / second}`,
	);
}

test('no record, no values', async () => {
	expect(await latest()).toEqual([]);
});

test('each attribute has its own newest sample, whatever the order they come in', async () => {
	await write(multi(5, {kW: 5, on: true}), multi(1, {kW: 1, s: 'old'}), multi(9, {kW: 9}));
	await write(multi(7, {kW: 7, on: false}), single(8, 'kWh', '3', 'BIGINT'));
	expect(await latest()).toEqual(['f1 kW 9.0 9', 'f1 on false 7', 'f1 s old 1', 'f1 kWh 3 8']);
});

test('assets are sorted by id and bear the name they were given last', async () => {
	const named = (assetId: string, name?: string) => {
		const dimensions: Record<string, string> = name === undefined ? {assetId} : {assetId, name};
		return {dimensions};
	};
	await write(multi(1, {kW: 1}, named('b', 'Old')), multi(2, {kWh: 1}, named('b', 'New')));
	await write(multi(3, {on: true}, named('b')), multi(1, {kW: 1}, named('a')));
	const values = await it.engine().lastValues(databaseId);
	expect(values.map(({assetId, name, attribute}) => [assetId, name, attribute])).toEqual([
		['a', null, 'kW'],
		['b', 'New', 'kW'],
		['b', 'New', 'kWh'],
		['b', 'New', 'on'],
	]);
	await latest();
});

test('an attribute of several series of an asset has one value, the newest', async () => {
	await write(multi(1, {kW: 1}), multi(2, {kW: 2}, {measureName: 'other'}), single(3, 'kW', '3', 'BIGINT'));
	expect(await latest()).toEqual(['f1 kW 3 3']);
});

describe('an upsert', () => {
	beforeEach(() =>
		write(multi(1, {kW: 1, on: true}), multi(2, {kW: 2, on: false}), multi(2, {kW: 0}, {measureName: 'm'})),
	);

	test('changes the newest value, also to a smaller one', async () => {
		await write(
			multi(2, {kW: -5, on: false}, {version: 2n}),
			multi(2, {kW: -6}, {measureName: 'm', version: 2n}),
		);
		expect(await latest()).toEqual(['f1 kW -6.0 2', 'f1 on false 2']);
	});

	test('of an older record changes nothing', async () => {
		await write(multi(1, {kW: 100, on: false}, {version: 2n}));
		expect(await latest()).toEqual(['f1 kW 0.0 2', 'f1 on false 2']);
	});

	test('that takes a value away brings the one before it back', async () => {
		await write(multi(2, {kW: 3}, {version: 2n}));
		expect(await latest()).toEqual(['f1 kW 0.0 2', 'f1 on true 1']);
	});

	test('that takes the only value away takes the attribute away', async () => {
		await write(multi(3, {volts: 230}));
		await write(multi(3, {kW: 3}, {version: 2n}));
		expect(await latest()).toEqual(['f1 kW 3.0 3', 'f1 on false 2']);
	});
});

test('rejected records leave no trace', async () => {
	await write(multi(1, {kW: 1}));
	await it.engine().write(databaseId, [multi(1, {kW: 2}), multi(9, {kW: Number.NaN})]);
	expect(await latest()).toEqual(['f1 kW 1.0 1']);
});

test('every type comes back, with its time to the ns', async () => {
	const values = [
		{name: 'd', type: 'DOUBLE' as const, value: '-0.0'},
		{name: 'n', type: 'BIGINT' as const, value: '-9223372036854775808'},
		{name: 'b', type: 'BOOLEAN' as const, value: 'TRUE'},
		{name: 's', type: 'VARCHAR' as const, value: '⚡\0'},
		{name: 't', type: 'TIMESTAMP' as const, value: '1'},
	];
	await write(multi(0, {}, {time: -1n, values}));
	await latest();
	expect(await it.engine().lastValues(databaseId)).toMatchObject([
		{type: 'DOUBLE', value: '-0.0', time: -1n},
		{type: 'BIGINT', value: '-9223372036854775808', time: -1n},
		{type: 'BOOLEAN', value: 'true', time: -1n},
		{type: 'VARCHAR', value: '⚡\0', time: -1n},
		{type: 'TIMESTAMP', value: '1970-01-01 00:00:00.000000001', time: -1n},
	]);
});

test('asked before a write is done, they are those from before', async () => {
	await write(multi(1, {kW: 1}));
	const before = await it.engine().lastValues(databaseId);
	const writing = it.engine().write(databaseId, [multi(2, {kW: 2})]);
	expect(await it.engine().lastValues(databaseId)).toEqual(before);
	await writing;
	expect(await it.engine().lastValues(databaseId)).toMatchObject([{value: '2.0'}]);
});
