import {afterEach, describe, expect, test} from 'vitest';
import type {QueryPage} from '../../src/shell/time-series.ts';
import {all, failure} from './failure.ts';
import {type Asked, type FakeExchange, fakeExchange, type Reply} from './fake-exchange.ts';
import {cancelDone, database, sqlPage, sqlReply} from './sql-answers.ts';

let fake: FakeExchange;
afterEach(() => fake.close());

const open = async (answer: (asked: Asked) => Reply | Promise<Reply>, patience = {}) => {
	fake = await fakeExchange(asked => (asked.operationName === 'CancelQuery' ? cancelDone : answer(asked)));
	return fake.connect(patience).timeSeries;
};
const cancelledQueries = () =>
	fake.asked
		.filter(({operationName}) => operationName === 'CancelQuery')
		.map(({variables}) => variables.queryId);
const queryString = 'SELECT 1';

describe('pages', () => {
	test('come one by one, with both tokens and the same request; an empty one is not the last', async () => {
		const series = await open(
			({attempt}) =>
				[
					sqlPage({percent: 10, next: 'one', clientToken: 'c'}),
					sqlPage({columns: ['a'], rows: [['1'], [null]], percent: 60, next: 'two'}),
					sqlPage({columns: ['a'], rows: [['3']], percent: 100}),
				].at(attempt - 1)!,
		);
		const pages = await all(series.query({database, queryString, maxRows: 2}));
		expect(
			pages.map(({rows, isLast, progress, bytesScanned}) => ({rows, isLast, progress, bytesScanned})),
		).toEqual([
			{rows: [], isLast: false, progress: 10, bytesScanned: 10_000},
			{rows: [['1'], [null]], isLast: false, progress: 60, bytesScanned: 60_000},
			{rows: [['3']], isLast: true, progress: 100, bytesScanned: 100_000},
		]);
		const request = {timeSeriesDbId: database.timeSeriesDbId, queryString, maxRows: 2};
		expect(fake.asked.map(({variables}) => variables)).toEqual([
			request,
			{...request, nextToken: 'one', clientToken: 'c'},
			{...request, nextToken: 'two', clientToken: 'c'},
		]);
	});

	test('a page is asked for when it is wanted', async () => {
		const series = await open(({attempt}) => sqlPage({rows: [['1']], next: `token ${attempt}`}));
		const pages = series.query({database, queryString})[Symbol.asyncIterator]();
		await pages.next();
		expect(fake.operations()).toEqual(['SqlQuery']);
		await pages.next();
		expect(fake.operations()).toEqual(['SqlQuery', 'SqlQuery']);
		await pages.return?.();
	});

	test('page 7 fails: those before it came, and the query is cancelled', async () => {
		const series = await open(({attempt}) =>
			attempt < 7
				? sqlPage({rows: [[String(attempt)]], next: `token ${attempt}`})
				: {body: {data: null, errors: [{errorType: 'QueryExecutionException', message: 'out of order'}]}},
		);
		const seen: QueryPage[] = [];
		const error = await failure(
			(async () => {
				for await (const page of series.query({database, queryString})) seen.push(page);
			})(),
		);
		expect([error.code, error.message]).toEqual(['failed', 'out of order']);
		expect(seen.map(({rows}) => rows[0]?.[0])).toEqual(['1', '2', '3', '4', '5', '6']);
		expect(cancelledQueries()).toEqual(['q']);
	});

	test('a token that is too old says to run the query again; a first page that fails does not', async () => {
		const failed = (message: string) => ({
			body: {data: null, errors: [{errorType: 'ValidationException', message}]},
		});
		const series = await open(({attempt}) =>
			attempt === 1 ? sqlPage({rows: [['1']], next: 'old'}) : failed('Invalid pagination token'),
		);
		const error = await failure(all(series.query({database, queryString})));
		expect([error.message, error.hint]).toEqual([
			'Invalid pagination token',
			'the Exchange has let go of this query: run it again',
		]);
		await fake.close();
		const other = await open(() => failed("mismatched token 'FORM'"));
		expect((await failure(all(other.query({database, queryString})))).hint).toBeUndefined();
	});

	test('a token that leads round in a circle is an error', async () => {
		const series = await open(() => sqlPage({rows: [['1']], next: 'same'}));
		expect((await failure(all(series.query({database, queryString})))).message).toContain('again and again');
	});

	test('two equal queries are two queries', async () => {
		const series = await open(() => sqlPage({rows: [['1']]}));
		await Promise.all([
			all(series.query({database, queryString})),
			all(series.query({database, queryString})),
		]);
		expect(fake.asked).toHaveLength(2);
	});
});

describe('cancelling', () => {
	test('leaving the loop early cancels at the Exchange', async () => {
		const series = await open(() => sqlPage({rows: [['1']], next: 'more', queryId: 'left early'}));
		for await (const _page of series.query({database, queryString})) break;
		expect(cancelledQueries()).toEqual(['left early']);
	});

	test('so does an abort while a page is awaited', async () => {
		const stop = new AbortController();
		const series = await open(({attempt}) => {
			if (attempt === 1) return sqlPage({next: 'more'});
			setImmediate(() => stop.abort());
			return 'hang';
		});
		expect((await failure(all(series.query({database, queryString}, {signal: stop.signal})))).code).toBe(
			'cancelled',
		);
		expect(cancelledQueries()).toEqual(['q']);
	});

	test('after the last page there is nothing to cancel', async () => {
		const series = await open(() => sqlPage({rows: [['1']]}));
		for await (const _page of series.query({database, queryString})) break;
		expect(cancelledQueries()).toEqual([]);
	});

	test('an Exchange that does not answer it is not waited for', async () => {
		fake = await fakeExchange(({operationName}) =>
			operationName === 'CancelQuery' ? 'hang' : sqlPage({rows: [['1']], next: 'more'}),
		);
		for await (const _page of fake.connect().timeSeries.query({database, queryString})) break;
		expect(fake.operations()).toEqual(['SqlQuery', 'CancelQuery']);
	});

	test('an aborted signal asks nothing', async () => {
		const series = await open(() => sqlPage({}));
		const call = {signal: AbortSignal.abort()};
		expect((await failure(all(series.query({database, queryString}, call)))).code).toBe('cancelled');
		expect(fake.asked).toEqual([]);
	});
});

test('a SQL error is in the Exchange’s words, whatever words those are', async () => {
	for (const message of [
		"line 1:8: Column 'x' does not exist",
		"line 1:8: Column 'ThrottlePosition' does not exist",
		'line 1:8: Unknown type: foo',
	]) {
		const series = await open(() => ({
			body: {data: null, errors: [{errorType: 'ValidationException', message}]},
		}));
		const error = await failure(all(series.query({database, queryString})));
		expect([error.code, error.message, fake.asked.length]).toEqual(['failed', message, 1]);
		await fake.close();
	}
});

describe('an answer', () => {
	const parse = async (answer: unknown) => {
		const series = await open(() => sqlReply(typeof answer === 'string' ? answer : JSON.stringify(answer)));
		return (await all(series.query({database, queryString})))[0]!;
	};

	test('has types and values of every kind; the unknown is text', async () => {
		const scalar = (ScalarType: string) => ({ScalarType});
		const page = await parse({
			QueryId: 'q',
			ColumnInfo: [
				{Name: 'a', Type: scalar('BIGINT')},
				{Name: 'list', Type: {ArrayColumnInfo: {Type: scalar('DOUBLE')}}},
				{Name: 'row', Type: {RowColumnInfo: [{Name: 'x', Type: scalar('VARCHAR')}, {Type: scalar('DATE')}]}},
				{Name: 'series', Type: {TimeSeriesMeasureValueColumnInfo: {Type: scalar('DOUBLE')}}},
				{Name: 'new', Type: {MapColumnInfo: {}}},
			],
			Rows: [
				{
					Data: [
						{ScalarValue: '9007199254740993'},
						{ArrayValue: [{ScalarValue: '1.0'}, {NullValue: true}]},
						{RowValue: {Data: [{ScalarValue: 'x'}, {NullValue: true}]}},
						{TimeSeriesValue: [{Time: '2026-01-01 00:00:00.000000000', Value: {ScalarValue: '1.5'}}]},
						{MapValue: {a: 1}},
					],
				},
			],
		});
		expect(page.columns).toEqual([
			{name: 'a', type: {kind: 'scalar', name: 'BIGINT'}},
			{name: 'list', type: {kind: 'array', of: {kind: 'scalar', name: 'DOUBLE'}}},
			{
				name: 'row',
				type: {
					kind: 'row',
					fields: [
						{name: 'x', type: {kind: 'scalar', name: 'VARCHAR'}},
						{name: '', type: {kind: 'scalar', name: 'DATE'}},
					],
				},
			},
			{name: 'series', type: {kind: 'time-series', of: {kind: 'scalar', name: 'DOUBLE'}}},
			{name: 'new', type: {kind: 'scalar', name: 'VARCHAR'}},
		]);
		expect(page.rows).toEqual([
			[
				'9007199254740993',
				['1.0', null],
				['x', null],
				{points: [{time: '2026-01-01 00:00:00.000000000', value: '1.5'}]},
				'{"MapValue":{"a":1}}',
			],
		]);
	});

	test.each<[string, unknown]>([
		['without anything', {}],
		['of nulls', {QueryId: null, ColumnInfo: null, Rows: null, QueryStatus: null, NextToken: null}],
		['with empty rows', {ColumnInfo: [null], Rows: []}],
	])('%s is an empty page', async (_case, answer) => {
		const {rows, isLast, progress, bytesScanned} = await parse(answer);
		expect({rows, isLast, progress, bytesScanned}).toEqual({
			rows: [],
			isLast: true,
			progress: null,
			bytesScanned: null,
		});
	});

	test('with rows that lack their data is read as far as it goes', async () => {
		expect((await parse({Rows: [null, {}, {Data: [null, {}, {ScalarValue: 1}]}]})).rows).toEqual([
			[],
			[],
			[null, '{}', '1'],
		]);
	});

	test.each(['', '{"Rows":', '<html>', '[]', 'null'])('that is %j is an error', async text => {
		expect((await failure(parse(text))).message).toBe('the Exchange’s answer to the query cannot be read');
	});
});
