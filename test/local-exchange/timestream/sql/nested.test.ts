import {afterAll, beforeAll, expect, test} from 'vitest';
import {type SqlEngine, startSql} from './sql-engine.ts';

let sql: SqlEngine;
beforeAll(async () => {
	sql = await startSql();
});
afterAll(() => sql.close());

const nest = (times: number, open: string, core: string, close: string) =>
	open.repeat(times) + core + close.repeat(times);
const list = (count: number, text: (at: number) => string) =>
	Array.from({length: count}, (_, at) => text(at));
/** Each of `count` built from the one before. */
const chain = (count: number, first: string, next: (before: string, at: number) => string) =>
	list(count, String).reduce((before, _, at) => next(before, at), first);

const advice =
	'The query is too complex, an expression is too long or nested too deeply: compute parts of it in WITH or a subquery first';

test.each([
	['macros', `SELECT ${nest(40, 'bin(', 'now()', ', 1h)')}`],
	['casts to text', `SELECT ${nest(40, 'cast(', '1', ' AS varchar)')}`],
	['NULLIF', `SELECT ${nest(60, 'nullif(', '1', ', 2)')}`],
	['BETWEEN', `SELECT ${nest(60, '(', 'true', ' BETWEEN false AND true)')}`],
	['rules that write an argument twice', `SELECT ${nest(30, 'greatest(', '1', ', 2)')}`],
	[
		'macros of different kinds',
		`SELECT ${nest(30, 'replace(cast(strrpos(', "'a'", ", 'a') AS varchar), 'a')")}`,
	],
	[
		'CASE with an operand',
		`SELECT ${chain(40, '1', x => `CASE ${x} WHEN 1 THEN 1 WHEN 2 THEN 2 ELSE 3 END`)}`,
	],
	['columns made of columns', `SELECT 1 AS c0${list(40, at => `, c${at} + c${at} AS c${at + 1}`).join('')}`],
	[
		'stars of stars',
		`WITH t0 AS (SELECT 1 AS x)${list(40, at => `, t${at + 1} AS (SELECT p.*, q.* FROM t${at} p, t${at} q)`).join('')}
			SELECT count(*) FROM t40`,
	],
	['a sum of very many terms', `SELECT 1${' + 1'.repeat(30_000)}`],
	['a sum of many terms', `SELECT 1${' + 1'.repeat(700)}`],
	['brackets', `SELECT ${nest(300, '(', '1', ')')}`],
	['NOT upon NOT', `SELECT ${'NOT '.repeat(50_000)}true`],
	['stars in subqueries', `SELECT * FROM ${chain(40, 'grid.meters', from => `(SELECT *, * FROM ${from})`)}`],
])('what grows without end inside one another is refused: %s', async (_, query) => {
	const failure = await sql.failure(query);
	expect(failure).toMatch(/^ValidationException: line \d+:\d+: /);
	expect(failure).toContain(advice);
});

test.each([
	['long arithmetic', `SELECT kw${' + kw * 2'.repeat(200)} FROM grid.meters`],
	[
		'many conditions',
		`SELECT kw FROM grid.meters WHERE kw > 0${list(500, at => ` AND kw <> ${at + 1000}`).join('')}`,
	],
	[
		'CASE with many branches',
		`SELECT CASE kw ${list(30, at => `WHEN ${at} THEN ${at}`).join(' ')} END FROM grid.meters`,
	],
	[
		'CASE inside CASE',
		`SELECT ${chain(4, 'kw', x => `CASE ${x} WHEN 1 THEN 1 WHEN 2 THEN 2 ELSE 3 END`)} FROM grid.meters`,
	],
	['a long list', `SELECT kw FROM grid.meters WHERE kw IN (${list(1000, String).join(', ')})`],
	[
		'many calls side by side',
		`SELECT ${list(300, at => `bin(time, ${at + 1}m)`).join(', ')} FROM grid.meters`,
	],
	[
		'many casts in one text',
		`SELECT concat(${list(40, at => `cast(from_iso8601_timestamp(to_iso8601(time)) AS varchar), '${at}'`).join(', ')}) FROM grid.meters`,
	],
	[
		'a few in one another',
		`SELECT ${nest(3, 'from_iso8601_timestamp(to_iso8601(', 'time', '))')} FROM grid.meters`,
	],
	['bins of bins', `SELECT ${nest(4, 'bin(', 'time', ', 1h)')} FROM grid.meters`],
	[
		'the inner parts in subqueries',
		`SELECT x FROM ${chain(12, '(SELECT time AS x FROM grid.meters)', from => `(SELECT bin(x, 1h) AS x FROM ${from})`)}`,
	],
	[
		'WITH upon WITH',
		`WITH t0 AS (SELECT * FROM grid.meters)${list(12, at => `, t${at + 1} AS (SELECT *, kw AS kw${at} FROM t${at})`).join('')}
			SELECT kw FROM t12`,
	],
])('what people write is not: %s', async (_, query) => {
	expect(await sql.rows(query)).toHaveLength(20);
});
