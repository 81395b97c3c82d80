import {afterEach, beforeEach, expect, test} from 'vitest';
import {databaseId, multi, startEngine, type TestEngine} from '../../support/time-series-engine.ts';

let it: TestEngine;
beforeEach(async () => {
	it = await startEngine();
});
afterEach(() => it.close());

/** 100 records of one second each, of which all values are `number`. */
const batch = (number: number) =>
	Array.from({length: 100}, (_, index) => multi(number * 100 + index, {batch: number}));

test('readers see whole batches while others write, also when columns come', async () => {
	const engine = it.engine();
	await engine.write(databaseId, batch(0));
	let isDone = false;
	const sizes = new Set<string>();
	let reads = 0;
	const reader = async () => {
		const connection = await engine.connect();
		while (!isDone) {
			const {relation} = (await engine.table(databaseId))!;
			const sql = `SELECT batch, count(*) FROM ${relation} GROUP BY batch`;
			for (const row of (await connection.runAndReadAll(sql)).getRows()) sizes.add(String(row[1]));
			reads++;
		}
		connection.closeSync();
	};
	const readers = [reader(), reader()];
	for (let number = 1; number <= 30; number++) {
		const records =
			number % 5 === 0 ? batch(number).map(record => withColumn(record, number)) : batch(number);
		expect(await engine.write(databaseId, records)).toEqual([]);
	}
	isDone = true;
	await Promise.all(readers);
	expect([...sizes]).toEqual(['100']);
	expect(reads).toBeGreaterThan(1);
	expect(await it.select('SELECT count(*), count(v5), count(v30) FROM series')).toEqual([
		['3100', '100', '100'],
	]);
});

function withColumn(record: ReturnType<typeof multi>, number: number): ReturnType<typeof multi> {
	return {...record, values: [...record.values, {name: `v${number}`, type: 'BOOLEAN', value: 'true'}]};
}

test('a query that is being read goes on, whatever is written, added and removed', async () => {
	const engine = it.engine();
	await engine.load(
		databaseId,
		Array.from({length: 50}, (_, number) => batch(number)),
	);
	const {relation} = (await engine.table(databaseId))!;
	const connection = await engine.connect();
	const stream = await connection.stream(`SELECT batch FROM ${relation}`);
	let count = (await stream.fetchChunk())!.rowCount;
	await engine.write(
		databaseId,
		batch(50).map(record => withColumn(record, 1)),
	);
	await engine.write(
		databaseId,
		batch(0).map(record => ({...record, version: 2n})),
	);
	await engine.removeDatabase(databaseId);
	for (;;) {
		const chunk = await stream.fetchChunk();
		if (!chunk || chunk.rowCount === 0) break;
		count += chunk.rowCount;
	}
	expect(count).toBe(5000);
	connection.closeSync();
});

test('writers at the same time all succeed, each with its own rejections', async () => {
	const engine = it.engine();
	await engine.write(databaseId, [multi(0, {batch: -1})]);
	const rejections = await Promise.all(
		Array.from({length: 20}, (_, number) =>
			engine.write(databaseId, [multi(0, {batch: number}), ...batch(number + 1), multi(1, {})]),
		),
	);
	for (const rejected of rejections) expect(rejected.map(({index}) => index)).toEqual([0, 101]);
	expect(await it.select('SELECT count(*) FROM series')).toEqual([['2001']]);
});

test('of writers of the same record the first wins', async () => {
	const engine = it.engine();
	const rejections = await Promise.all(
		[1, 2, 3].map(kW => engine.write(databaseId, [multi(1, {kW}, {version: kW === 3 ? 2n : 1n})])),
	);
	expect(rejections.map(rejected => rejected.length)).toEqual([0, 1, 0]);
	expect(await it.select('SELECT kW FROM series')).toEqual([['3']]);
});

test('more waiting records than a transaction takes are all written', async () => {
	const engine = it.engine();
	const batches = Array.from({length: 250}, (_, number) => batch(number));
	const rejections = await Promise.all(batches.map(records => engine.write(databaseId, records)));
	expect(rejections.flat()).toEqual([]);
	expect(await it.select('SELECT count(*) FROM series')).toEqual([['25000']]);
});
