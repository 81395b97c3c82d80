import {setImmediate as turn} from 'node:timers/promises';
import {afterEach, describe, expect, test, vi} from 'vitest';
import {createQueries, type QueriesParts} from '../../../../src/local-exchange/timestream/sql/queries.ts';
import {type Answer, now, type SqlEngine, startSql} from './sql-engine.ts';

let sql: SqlEngine | undefined;
afterEach(async () => {
	await sql?.close();
	sql = undefined;
});

const rows = (count: number) =>
	Array.from({length: count}, () => 'grid.meters').map((table, at) => `${table} t${at}`);
/** Works for minutes before its first row. */
const endless = `SELECT count(*) FROM ${rows(8).join(', ')} WHERE t0.kw + t1.kw + t2.kw + t3.kw < t4.kw * t5.kw - t6.kw + t7.kw`;
/** Some hundred milliseconds. */
const slow = `SELECT count(*) FROM ${rows(5).join(', ')} WHERE t0.kw + t1.kw + t2.kw < t3.kw * t4.kw`;
/** Millions of rows, of which the first come at once. */
const long = `SELECT t0.time, t1.kw, t2.assetId FROM ${rows(6).join(', ')}`;

async function begin(parts: Partial<QueriesParts> = {}): Promise<SqlEngine> {
	sql = await startSql(parts);
	return sql;
}

async function page(
	on: SqlEngine,
	queryString: string,
	nextToken?: string,
	signal?: AbortSignal,
): Promise<Answer> {
	const request = {queryString, userId: 'ann', tables: on.tables, nextToken, signal};
	return JSON.parse((await on.queries.run(request)).resultJSONString);
}

/** Asks for page after page, and resolves to the last. */
async function lastPage(on: SqlEngine, queryString: string, nextToken?: string): Promise<Answer> {
	let answer = await page(on, queryString, nextToken);
	while (answer.NextToken !== undefined) answer = await page(on, queryString, answer.NextToken);
	return answer;
}

test('a query that takes long is answered with empty pages until it has rows', async () => {
	const on = await begin({holdMs: 5});
	const first = await page(on, endless);
	const second = await page(on, endless, first.NextToken);
	for (const answer of [first, second]) {
		expect(answer).toMatchObject({Rows: [], ColumnInfo: [{Name: '_col0', Type: {ScalarType: 'BIGINT'}}]});
		expect(answer.QueryStatus.ProgressPercentage).toBeLessThan(100);
	}
	await on.queries.cancel(first.QueryId, 'ann');
	// The last page may be an empty one, too.
	expect(await on.rows(slow)).toEqual([['3200000']]);
	expect((await lastPage(on, slow)).QueryStatus.ProgressPercentage).toBe(100);
});

test('a query ends when its time is up, and says so', async () => {
	const on = await begin({timeoutMs: 100});
	await expect(page(on, endless)).rejects.toMatchObject({
		errorType: 'QueryExecutionException',
		message: 'The query timed out after 0.1 s',
	});
	expect(await on.engine.select('SELECT 1')).toEqual([['1']]);
});

test('time between pages does not count, time for pages does', async () => {
	const on = await begin({timeoutMs: 300, holdMs: 5});
	await expect(lastPage(on, endless)).rejects.toThrow('The query timed out after 0.3 s');
});

test('a cancelled query stops at once, and its tokens say why', async () => {
	const on = await begin({holdMs: 5});
	const {QueryId, NextToken} = await page(on, endless);
	expect(await on.queries.cancel(QueryId, 'eve')).toBe(false);
	expect(await on.queries.cancel('another', 'ann')).toBe(false);
	expect(await on.queries.cancel(QueryId, 'ann')).toBe(true);
	expect(await on.queries.cancel(QueryId, 'ann')).toBe(false);
	await expect(page(on, endless, NextToken)).rejects.toMatchObject({
		errorType: 'ConflictException',
		message: 'Unable to poll results for a cancelled query.',
	});
	expect(await on.rows('SELECT 1')).toEqual([['1']]);
});

test('a query can be cancelled while somebody waits for its page', async () => {
	const on = await begin({holdMs: 5});
	const {QueryId, NextToken} = await page(on, endless);
	const slower = lastPage(on, endless, NextToken);
	slower.catch(() => {});
	expect(await on.queries.cancel(QueryId, 'ann')).toBe(true);
	await expect(slower).rejects.toThrow('cancelled');
});

test('cancelling between pages lets go of the connection', async () => {
	const on = await begin();
	const first = await page(on, long);
	expect(first.Rows.length).toBeGreaterThan(1000);
	expect(await on.queries.cancel(first.QueryId, 'ann')).toBe(true);
	await expect(page(on, long, first.NextToken)).rejects.toThrow('cancelled');
});

test('a finished query has nothing to cancel', async () => {
	const on = await begin();
	const {QueryId} = await page(on, 'SELECT 1');
	expect(await on.queries.cancel(QueryId, 'ann')).toBe(false);
});

test('a query ends when whoever asked goes away before the first page', async () => {
	const on = await begin();
	const leaving = new AbortController();
	const asked = page(on, endless, undefined, leaving.signal);
	asked.catch(() => {});
	await turn();
	leaving.abort();
	await expect(asked).rejects.toThrow();
	await expect(page(on, 'SELECT 1', undefined, AbortSignal.abort())).rejects.toThrow();
});

test('millions of rows come page by page, in memory that does not grow', async () => {
	const on = await begin();
	let answer = await page(on, long);
	let seen = answer.Rows.length;
	const before = process.memoryUsage.rss();
	for (let count = 0; count < 20; count++) {
		answer = await page(on, long, answer.NextToken);
		seen += answer.Rows.length;
	}
	expect(seen).toBeGreaterThan(100_000);
	// All of it is 64 million rows.
	expect(process.memoryUsage.rss() - before).toBeLessThan(300_000_000);
});

test('closing stops what is under way', async () => {
	const on = await begin({holdMs: 5});
	const {NextToken} = await page(on, endless);
	const waiting = lastPage(on, endless, NextToken);
	waiting.catch(() => {});
	await on.queries.close();
	await expect(waiting).rejects.toThrow();
});

test('others are answered while a query works', async () => {
	const on = await begin({holdMs: 5, maxQueries: 2});
	const {QueryId} = await page(on, endless);
	expect(await on.rows('SELECT count(*) FROM grid.meters')).toEqual([['20']]);
	let turns = 0;
	const working = page(on, slow).then(() => turns);
	while (turns < 50) {
		await turn();
		turns++;
	}
	expect(await working).toBeGreaterThan(0);
	await on.queries.cancel(QueryId, 'ann');
});

test('when all are working, one more is told to wait', async () => {
	const on = await begin({holdMs: 5, maxQueries: 1});
	const {QueryId, NextToken} = await page(on, endless);
	const working = page(on, endless, NextToken);
	await expect(page(on, 'SELECT 1')).rejects.toMatchObject({errorType: 'ThrottlingException'});
	await working;
	expect(await on.queries.cancel(QueryId, 'ann')).toBe(true);
});

describe('what DuckDB plans, it plans to its end', () => {
	const planned = `SELECT kw${' + kw * 2'.repeat(200)} FROM grid.meters`;
	const throttled = {errorType: 'ThrottlingException'};

	test('who waits is answered in time, and the work still counts', async () => {
		const on = await begin({timeoutMs: 20, maxQueries: 1});
		await expect(page(on, planned)).rejects.toThrow('The query timed out after 0.02 s');
		await expect(page(on, 'SELECT 1')).rejects.toMatchObject(throttled);
		await vi.waitFor(() => page(on, 'SHOW TABLES FROM grid'), {timeout: 30_000});
	});

	test('who goes away need not wait, and the work still counts', async () => {
		const {engine, tables} = await begin();
		const planning = Promise.withResolvers<void>();
		const connect = async () => {
			const connection = await engine.engine().connect();
			const prepare = connection.prepare.bind(connection);
			connection.prepare = text => {
				const statement = prepare(text);
				planning.resolve();
				return statement;
			};
			return connection;
		};
		const queries = createQueries({engine: {...engine.engine(), connect}, now: () => now, maxQueries: 1});
		const leaving = new AbortController();
		const ask = (queryString: string, signal?: AbortSignal) =>
			queries.run({queryString, userId: 'ann', tables, signal});
		const asked = ask(planned, leaving.signal);
		asked.catch(() => {});
		await planning.promise;
		leaving.abort();
		await expect(asked).rejects.toMatchObject({errorType: 'ConflictException'});
		await expect(ask('SELECT 1')).rejects.toMatchObject(throttled);
		await vi.waitFor(() => ask('SELECT 1'), {timeout: 30_000});
		await queries.close();
	});
});
