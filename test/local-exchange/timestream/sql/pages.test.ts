import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import type {QueryRequest} from '../../../../src/local-exchange/timestream/sql/queries.ts';
import {type Answer, minute, now, record, type SqlEngine, start, startSql, textsOf} from './sql-engine.ts';

/** Pages say what they hold, not what a busy machine had by then. */
const patient = 60_000;

let sql: SqlEngine;
let clock: number;
let open: SqlEngine[];
beforeEach(async () => {
	clock = now;
	sql = await startSql({now: () => clock, holdMs: patient});
	open = [sql];
});
afterEach(async () => {
	for (const engine of open) await engine.close();
});

const all = 'SELECT time, assetId, n FROM grid.meters ORDER BY n';
const invalid = 'Invalid pagination token';

async function page(
	request: Partial<QueryRequest>,
	on = sql,
): Promise<Answer & {clientToken: string | null}> {
	const {resultJSONString, clientToken} = await on.queries.run({
		queryString: all,
		userId: 'ann',
		tables: on.tables,
		...request,
	});
	return {...JSON.parse(resultJSONString), clientToken};
}

/** Follows all pages. */
async function pages(request: Partial<QueryRequest>, on = sql): Promise<Answer[]> {
	const found = [await page(request, on)];
	while (found.at(-1)?.NextToken) {
		const {NextToken: nextToken, clientToken} = found.at(-1)!;
		found.push(await page({...request, nextToken, clientToken: clientToken ?? undefined}, on));
	}
	return found;
}

test('pages of MaxRows give every row once, in order, with one id', async () => {
	const found = await pages({maxRows: 6});
	expect(found.map(({Rows}) => Rows.length)).toEqual([6, 6, 6, 2]);
	expect(new Set(found.map(({QueryId}) => QueryId)).size).toBe(1);
	expect(found.flatMap(textsOf)).toEqual(await sql.rows(all));
	expect(found.every(({ColumnInfo}) => ColumnInfo.length === 3)).toBe(true);
	expect(found.at(-1)?.QueryStatus.ProgressPercentage).toBe(100);
	const scanned = found.map(({QueryStatus}) => QueryStatus.CumulativeBytesScanned);
	expect(scanned).toEqual(scanned.toSorted((a, b) => a - b));
	expect(found[0]?.QueryStatus.CumulativeBytesMetered).toBe(10_000_000);
});

test('a page that holds all there is has no token', async () => {
	expect(await page({maxRows: 20})).not.toHaveProperty('NextToken');
	expect(await page({})).not.toHaveProperty('NextToken');
	expect(await page({queryString: 'SELECT 1 WHERE false', maxRows: 1})).toMatchObject({Rows: []});
});

test.each([
	[0, 'greater than or equal to 1'],
	[-5, 'greater than or equal to 1'],
	[1001, 'less than or equal to 1000'],
])('MaxRows of %d is refused', async (maxRows, constraint) => {
	const message = `1 validation error detected: Value '${maxRows}' at 'maxRows' failed to satisfy constraint: Member must have value ${constraint}`;
	await expect(page({maxRows})).rejects.toMatchObject({errorType: 'ValidationException', message});
});

test('a query of more than 256 KiB is refused', async () => {
	const queryString = `SELECT '${'é'.repeat(131_072)}'`;
	await expect(page({queryString})).rejects.toThrow('Member must have length less than or equal to 262144');
	expect(await page({queryString: `SELECT '${'e'.repeat(262_000)}'`})).toMatchObject({Rows: [{}]});
});

describe('tokens', () => {
	test('give the same page again, five times, and no more', async () => {
		const {NextToken: nextToken} = await page({maxRows: 6});
		const second = await page({maxRows: 6, nextToken});
		for (let use = 2; use <= 5; use++) expect(await page({maxRows: 6, nextToken})).toEqual(second);
		await expect(page({maxRows: 6, nextToken})).rejects.toMatchObject({
			errorType: 'ValidationException',
			message: invalid,
		});
		expect((await page({maxRows: 6, nextToken: second.NextToken})).Rows).toHaveLength(6);
	});

	test('used at the same time give one page', async () => {
		const {NextToken: nextToken} = await page({maxRows: 6});
		const [a, b] = await Promise.all([page({maxRows: 6, nextToken}), page({maxRows: 6, nextToken})]);
		expect(a).toEqual(b);
	});

	test('of the last page can be used again, too', async () => {
		const {NextToken: nextToken} = await page({maxRows: 19});
		const last = await page({maxRows: 19, nextToken});
		expect(last).not.toHaveProperty('NextToken');
		expect(await page({maxRows: 19, nextToken})).toEqual(last);
	});

	test('are bound to the query, its user, its MaxRows and its client token', async () => {
		const {NextToken: nextToken, clientToken} = await page({maxRows: 6});
		const wrong: Partial<QueryRequest>[] = [
			{queryString: `${all} `},
			{userId: 'eve'},
			{maxRows: 7},
			{maxRows: undefined},
			{clientToken: 'another'},
			{nextToken: 'made up'},
			{nextToken: ''},
		];
		for (const other of wrong) await expect(page({maxRows: 6, nextToken, ...other})).rejects.toThrow(invalid);
		const right = {maxRows: 6, nextToken, clientToken: clientToken ?? undefined};
		expect((await page(right)).Rows).toHaveLength(6);
	});

	test('do nothing for somebody who may no longer read the table', async () => {
		const {NextToken: nextToken} = await page({maxRows: 6});
		await expect(page({maxRows: 6, nextToken, tables: [sql.tables[1]!]})).rejects.toThrow(invalid);
	});

	test('end after an hour, unused', async () => {
		const {NextToken: nextToken} = await page({maxRows: 6});
		clock += 3_600_000;
		const {NextToken: later} = await page({maxRows: 6, nextToken});
		clock += 3_600_001;
		await expect(page({maxRows: 6, nextToken: later})).rejects.toThrow(invalid);
	});

	test('keep the client token they were asked with', async () => {
		const first = await page({maxRows: 6, clientToken: 'mine'});
		expect(first.clientToken).toBe('mine');
		expect((await page({maxRows: 6, nextToken: first.NextToken})).clientToken).toBe('mine');
	});
});

test('a cursor sees the data as it was, whatever is written meanwhile', async () => {
	const first = await page({maxRows: 6});
	await sql.engine.engine().write('meters', [record('a3', start + minute, {n: 1n})]);
	const rest = await pages({maxRows: 6, nextToken: first.NextToken});
	expect([first, ...rest].flatMap(textsOf)).toHaveLength(20);
	expect(await sql.rows(all)).toHaveLength(21);
});

test('without MaxRows pages are as large as they may be, and no larger', async () => {
	const wide = `SELECT a.time, '${'é'.repeat(500)}' AS text FROM grid.meters a, grid.meters b, grid.meters c`;
	const found = await pages({queryString: wide});
	expect(found.length).toBeGreaterThan(6);
	expect(found.flatMap(({Rows}) => Rows)).toHaveLength(8000);
	const {resultJSONString} = await sql.queries.run({queryString: wide, userId: 'ann', tables: sql.tables});
	expect(Buffer.byteLength(resultJSONString)).toBeLessThanOrEqual(1024 * 1024);
	expect(Buffer.byteLength(resultJSONString)).toBeGreaterThan(900 * 1024);
});

test('a row that no page can hold ends the query, after the rows before it', async () => {
	const queryString = `SELECT x, CASE WHEN x = 3 THEN lpad('', 100000, 'y') || lpad('', 100000, 'y') || lpad('', 100000, 'y')
		|| lpad('', 100000, 'y') || lpad('', 100000, 'y') || lpad('', 100000, 'y') || lpad('', 100000, 'y')
		|| lpad('', 100000, 'y') || lpad('', 100000, 'y') || lpad('', 100000, 'y') || lpad('', 100000, 'y') END
		FROM (VALUES 1, 2, 3, 4) AS t(x) ORDER BY x`;
	const first = await page({queryString});
	expect(textsOf(first)).toEqual([
		['1', null],
		['2', null],
	]);
	await expect(page({queryString, nextToken: first.NextToken})).rejects.toMatchObject({
		errorType: 'ValidationException',
		message: 'Query aborted as max page response size has been exceeded by the output result row',
	});
});

describe('with few queries at a time', () => {
	test('the one that has waited longest gives way', async () => {
		const few = await startSql({now: () => clock, maxQueries: 2, holdMs: patient});
		open.push(few);
		const first = await page({maxRows: 6}, few);
		clock++;
		const second = await page({maxRows: 6}, few);
		clock++;
		await page({maxRows: 6}, few);
		await expect(page({maxRows: 6, nextToken: first.NextToken}, few)).rejects.toThrow(invalid);
		expect((await page({maxRows: 6, nextToken: second.NextToken}, few)).Rows).toHaveLength(6);
	});

	test('hundreds leave no connection open', async () => {
		const few = await startSql({maxQueries: 3, holdMs: patient});
		open.push(few);
		for (let count = 0; count < 200; count++) await page({maxRows: 1}, few);
		expect(await pages({maxRows: 7}, few)).toHaveLength(3);
	});

	test('one that nobody asks for is forgotten', async () => {
		const brief = await startSql({now: () => clock, idleMs: 1000});
		open.push(brief);
		const {NextToken: nextToken} = await page({maxRows: 6}, brief);
		clock += 1001;
		await expect(page({maxRows: 6, nextToken}, brief)).rejects.toThrow(invalid);
	});
});
