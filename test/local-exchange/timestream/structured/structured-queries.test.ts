import {mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, afterEach, beforeAll, expect, test} from 'vitest';
import {results as resultsIn} from '../../../../src/local-exchange/contents/results.ts';
import {type Engine, openEngine} from '../../../../src/local-exchange/timestream/engine.ts';
import {structuredQueries} from '../../../../src/local-exchange/timestream/structured/structured-queries.ts';
import type {StructuredQueries} from '../../../../src/local-exchange/timestream/structured/structured-query.ts';
import type {StoredRecord} from '../../../../src/local-exchange/timestream/types.ts';

const owner = {timeSeriesDbId: 'timeSeriesDbId.x', userId: 'userId.x'};
const request = {assets: new Map([['f1', undefined]]), from: 0n, to: 10n ** 18n, pageRows: 10};
const directory = mkdtempSync(join(tmpdir(), 'adx-structured-'));
const results = resultsIn({results: directory});
const never = new AbortController().signal;

let engine: Engine;
let queries: StructuredQueries;
beforeAll(async () => {
	const home = mkdtempSync(join(tmpdir(), 'adx-engine-'));
	engine = await openEngine({file: join(home, 'series.duckdb')});
	await engine.createDatabase({...owner, databaseName: 'd', tableName: 't'});
	await engine.load(owner.timeSeriesDbId, batches(200));
	return async () => {
		await engine.close();
		rmSync(home, {recursive: true});
		rmSync(directory, {recursive: true});
	};
});
afterEach(() => queries.close());
afterAll(() => expect(readdirSync(directory)).toEqual([]));

function* batches(count: number): Generator<StoredRecord[]> {
	for (let batch = 0; batch < count; batch++) {
		yield Array.from({length: 500}, (_, index) => ({
			dimensions: {assetId: 'f1'},
			measureName: 'kW',
			time: BigInt(batch * 500 + index),
			version: 1n,
			multi: false,
			values: [{name: 'kW', type: 'DOUBLE' as const, value: String(index)}],
		}));
	}
}

const start = (signal = never) => queries.start(owner, request, '', engine, signal);

test('whoever goes away before the first page leaves neither query nor file', async () => {
	const gone = new AbortController();
	const create: typeof results.create = async extension => {
		const file = await results.create(extension);
		gone.abort();
		return file;
	};
	queries = structuredQueries({results: {...results, create}});
	const large = {...request, pageRows: 100_000};
	await expect(queries.start(owner, large, '', engine, gone.signal)).rejects.toThrow();
	expect(readdirSync(directory)).toEqual([]);
	await expect(start(gone.signal)).rejects.toThrow();
});

test('a query that nobody uses ends by itself', async () => {
	const ended = Promise.withResolvers<string>();
	queries = structuredQueries({results, idleMs: 1, onEnd: async ({queryId}) => ended.resolve(queryId)});
	const {query} = await start();
	expect(await ended.promise).toBe(query.queryId);
	expect(queries.get(owner, query.queryId)).toBeUndefined();
	await queries.close();
});

test('of more queries than may be, the one that was unused longest ends', async () => {
	queries = structuredQueries({results, most: 2});
	const one = await start();
	const two = await start();
	await queries.next(owner, queries.tokenAfter(one)!);
	const three = await start();
	const there = [one, two, three].map(({query}) => queries.get(owner, query.queryId) !== undefined);
	expect(there).toEqual([true, false, true]);
});

test('another user has no part in a query', async () => {
	queries = structuredQueries({results});
	const started = await start();
	const other = {...owner, userId: 'userId.y'};
	const {queryId} = started.query;
	expect(queries.get(other, queryId)).toBeUndefined();
	expect(await queries.cancel(other, queryId)).toBe(false);
	await expect(queries.next(other, queries.tokenAfter(started)!)).rejects.toThrow('does not exist');
});

test('a page that fails ends the query: what it had read cannot be had again', async () => {
	let failing = false;
	const full = {
		...results,
		create: async (extension: 'csv') => {
			if (failing) throw Object.assign(new Error('no space'), {code: 'ENOSPC'});
			return results.create(extension);
		},
	} as typeof results;
	queries = structuredQueries({results: full});
	const started = await start();
	failing = true;
	const token = queries.tokenAfter(started)!;
	await expect(queries.next(owner, token)).rejects.toThrow('no space');
	failing = false;
	await expect(queries.next(owner, token)).rejects.toThrow('does not exist');
});
