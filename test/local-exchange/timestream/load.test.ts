import {afterEach, beforeEach, expect, test} from 'vitest';
import type {StoredRecord} from '../../../src/local-exchange/timestream/types.ts';
import {databaseId, multi, single, startEngine, type TestEngine} from '../../support/time-series-engine.ts';

let it: TestEngine;
beforeEach(async () => {
	it = await startEngine();
});
afterEach(() => it.close());

const load = (batches: Parameters<ReturnType<TestEngine['engine']>['load']>[1]) =>
	it.engine().load(databaseId, batches);

test('batches that are made one by one go in, of several shapes', async () => {
	let held = 0;
	function* batches() {
		for (let batch = 0; batch < 30; batch++) {
			held++;
			yield Array.from({length: 300}, (_, index) =>
				index % 3 === 0
					? single(batch * 300 + index, 'kWh', `${index}`)
					: multi(batch * 300 + index, batch > 20 ? {kW: index, late: true} : {kW: index}),
			);
			held--;
		}
	}
	await load(batches());
	expect(held).toBe(0);
	expect(await it.select('SELECT count(*), count(kW), count(late), sum(kW) FROM series')).toEqual([
		['9000', '6000', '1800', '900000'],
	]);
	expect(await it.engine().lastValues(databaseId)).toMatchObject([
		{attribute: 'kWh', value: '297.0'},
		{attribute: 'kW', value: '299.0'},
		{attribute: 'late', value: 'true'},
	]);
	await it.reopen();
	expect(await it.select('SELECT count(*) FROM series')).toEqual([['9000']]);
});

test('batches may come from elsewhere, with pauses', async () => {
	async function* batches() {
		yield [multi(1, {kW: 1})];
		await new Promise(done => setImmediate(done));
		yield [multi(2, {kW: 2})];
	}
	await load(batches());
	expect(await it.select('SELECT kW FROM series ORDER BY time')).toEqual([['1'], ['2']]);
});

test('of the same record twice the highest version stays, then the last', async () => {
	const records = [
		multi(5, {kW: 5}),
		multi(1, {kW: 1}, {version: 3n}),
		multi(1, {kW: 2}, {version: 2n}),
		multi(2, {kW: 3}),
		multi(2, {kW: 4}),
		single(2, 'kW', '1'),
		single(2, 'kW', '2'),
	];
	await load([records]);
	const rows = 'SELECT kW, "measure_value::double" FROM series ORDER BY time, measure_name';
	expect(await it.select(rows)).toEqual([
		['1', null],
		[null, '2'],
		['4', null],
		['5', null],
	]);
	const newest = await it.engine().lastValues(databaseId);
	expect(newest.map(({value}) => value)).toEqual(['5.0']);
	expect(await it.engine().write(databaseId, [records[1] as StoredRecord])).toEqual([]);
});

test('a bad record leaves nothing behind: no rows, no columns, no values', async () => {
	const batches = [[multi(1, {kW: 1})], [multi(2, {kW: 2}), single(3, 'kWh', 'much')]];
	await expect(load(batches)).rejects.toThrow("record 3: The measure value 'much' of kWh is invalid");
	expect((await it.engine().table(databaseId))!.columns).toHaveLength(2);
	expect(await it.engine().lastValues(databaseId)).toEqual([]);
	await load([[multi(1, {volts: 230})]]);
	expect(await it.select('SELECT volts FROM series')).toEqual([['230']]);
});

test('a source that fails leaves nothing behind, and what comes after works', async () => {
	function* batches() {
		yield [multi(1, {kW: 1})];
		throw new Error('the disk is gone');
	}
	await expect(load(batches())).rejects.toThrow('the disk is gone');
	expect(await it.engine().write(databaseId, [multi(1, {volts: 1})])).toEqual([]);
	expect((await it.engine().table(databaseId))!.columns.map(({name}) => name)).not.toContain('kW');
});

test('into a database with records it keeps to the rules of writing', async () => {
	await it.engine().write(databaseId, [multi(1, {kW: 1})]);
	await load([[multi(1, {kW: 1}), multi(2, {kW: 2})], [multi(1, {kW: 3}, {version: 2n})]]);
	expect(await it.select('SELECT kW FROM series ORDER BY time')).toEqual([['3'], ['2']]);
	await expect(load([[multi(2, {kW: 7})]])).rejects.toThrow(/^record 1 of a batch: A record already exists/);
});

test('times may lie in the future', async () => {
	await load([[multi(Math.round(Date.now() / 1000) + 86_400, {kW: 1})]]);
	expect(await it.select('SELECT kW FROM series')).toEqual([['1']]);
});
