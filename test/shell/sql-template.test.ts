import {describe, expect, test} from 'vitest';
import {ShellError} from '../../src/shell/errors.ts';
import {locateSqlError} from '../../src/shell/sql-error.ts';
import {fillNames, hasPlaceholders} from '../../src/shell/sql-template.ts';

const names = {db: 'my"db', table: 't'};

describe('{db} and {table}', () => {
	test.each([
		['SELECT * FROM {db}.{table}', 'SELECT * FROM "my""db"."t"'],
		['SELECT * FROM "{db}"."{table}"', 'SELECT * FROM "my""db"."t"'],
		["SELECT '{db}', 'it''s {table}' FROM {table}", `SELECT '{db}', 'it''s {table}' FROM "t"`],
		['SELECT 1 -- {db}\n/* {table} */ "x {db}"', 'SELECT 1 -- {db}\n/* {table} */ "x {db}"'],
		["SELECT 'open {db}", "SELECT 'open {db}"],
		['SELECT 1', 'SELECT 1'],
	])('%j becomes %j', (sql, filled) => {
		expect(fillNames(sql, names).text).toBe(filled);
		expect(hasPlaceholders(sql)).toBe(sql !== filled);
	});

	test('places lead back to what was written', () => {
		const sql = 'SELECT x FROM {db}.{table} WHERE y';
		const {text, original} = fillNames(sql, names);
		expect(original(text.indexOf('x'))).toBe(sql.indexOf('x'));
		expect(original(text.indexOf('my'))).toBe(sql.indexOf('{db}'));
		expect(original(text.indexOf('"t"'))).toBe(sql.indexOf('{table}'));
		expect(original(text.indexOf('WHERE'))).toBe(sql.indexOf('WHERE'));
		expect(original(text.length)).toBe(sql.length);
	});
});

describe('an error of SQL', () => {
	const locate = (sql: string, message: string, columns: readonly string[] = []) =>
		locateSqlError(new ShellError('failed', message), sql, fillNames(sql, names), columns);

	test('points at the place as it was written', () => {
		const error = locate(
			'SELECT a\nFROM {db}.{table}, {db}.x WHERE b',
			"line 2:37: Column 'b' does not exist",
		);
		expect(error.message).toBe("line 2:33: Column 'b' does not exist");
		expect(error.details).toEqual(['FROM {db}.{table}, {db}.x WHERE b', `${' '.repeat(32)}^`]);
	});

	test('says which column may be meant, quoted where it must be', () => {
		expect(locate('SELECT x', "line 1:8: Column 'A kw' does not exist", ['time', 'A kW']).hint).toBe(
			'did you mean "A kW"?',
		);
		expect(locate('SELECT x', "line 1:8: Column 'tiem' does not exist", ['time', 'A kW']).hint).toBe(
			'did you mean time?',
		);
	});

	test('is found at the end of a message, too', () => {
		const {message, details} = locate('SELEC 1', 'The query syntax is invalid at line 1:1');
		expect(message).toBe('The query syntax is invalid at line 1:1');
		expect(details).toEqual(['SELEC 1', '^']);
	});

	test('of a long line shows the part around the place', () => {
		const sql = `SELECT ${'x, '.repeat(100)}bad, ${'y, '.repeat(100)}1`;
		const {details} = locate(sql, `line 1:${sql.indexOf('bad') + 1}: no`);
		expect(details[0]!.length).toBeLessThan(75);
		expect(details[0]!.slice(details[1]!.length - 1)).toMatch(/^bad/);
	});

	test('tabs and wide characters keep the caret in place', () => {
		const sql = "\tSELECT '電力', bad";
		const {details} = locate(sql, `line 1:${sql.indexOf('bad') + 1}: no`);
		expect(details[0]).toBe(" SELECT '電力', bad");
		expect(details[1]).toBe(`${' '.repeat(" SELECT 'xxxx', ".length)}^`);
	});

	test.each(['line 9:1: beyond', 'no place', 'line 0:0: none'])('%s stays as it is', message => {
		const error = locate('SELECT 1', message);
		expect(error.message).toBe(message);
		expect(error.details).toEqual([]);
	});
});
