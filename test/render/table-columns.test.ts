import {describe, expect, test} from 'vitest';
import {layout} from '../../src/render/layout.ts';
import type {Column, Output, Row} from '../../src/shell/command.ts';

// Before anything asks for the zone.
process.env.TZ = 'America/Los_Angeles';

const now = Date.UTC(2026, 10, 21, 20);

function screen(records: readonly Row[], columns: readonly Column[], width = 60, headers = true): string[] {
	const output: Output = {kind: 'records', records, columns, layout: 'table', headers};
	const lines = layout(output, {width, color: false, now});
	return Array.from({length: lines.length}, (_, index) => lines.at(index));
}
const values = (...texts: (string | null)[]) => texts.map(v => ({name: 'x', v}));
const value: readonly Column[] = [
	{field: 'name', as: 'text', header: 'name'},
	{field: 'v', as: 'value', header: 'value'},
	{field: 'name', as: 'text', header: 'more'},
];

describe('a column of values', () => {
	test('has its decimal points in one line', () => {
		expect(screen(values('412.6', '-3', '0.123456789', null, '1e300', '12345678901'), value)).toEqual([
			'name               value  more',
			'x             412.6       x',
			'x              -3         x',
			'x               0.123457  x',
			'x               ·         x',
			'x               1e300     x',
			'x     12345678901         x',
		]);
	});

	test('of text stands to the left, of both to the right', () => {
		expect(screen(values('open', 'closed', null), value).slice(1)).toEqual([
			'x     open    x',
			'x     closed  x',
			'x     ·       x',
		]);
		expect(screen(values('open', '7.5'), value).slice(1)).toEqual(['x      open  x', 'x       7.5  x']);
	});

	test('is cut where text is long, numbers are not', () => {
		const [, number, text] = screen(values('7.5', 'y'.repeat(100)), value, 40);
		expect(number).toMatch(/^x +7\.5 +x$/);
		expect(text).toMatch(/^x {5}y+… +x$/);
	});
});

describe('a column of times', () => {
	const times = (...texts: (string | null)[]) => texts.map(t => ({t}));
	const columns: readonly Column[] = [{field: 't', as: 'instant', header: 'time'}];

	test('of a SQL answer stays in UTC, which is said, without zeros that say nothing', () => {
		expect(
			screen(times('2026-11-21 20:00:00.000000000', '2026-11-21 20:00:00.250000000', null), columns),
		).toEqual(['time (UTC)', '2026-11-21 20:00:00', '2026-11-21 20:00:00.25', '·']);
	});

	test('is local, the zone is in the header, digits are as many as the finest needs', () => {
		expect(
			screen(times('2026-11-21T20:00:00Z', '2026-11-21T20:00:00.250000000Z', null, 'soon'), columns),
		).toEqual(['time (PST)', '2026-11-21 12:00:00.00', '2026-11-21 12:00:00.25', '·', 'soon']);
		expect(screen(times('2026-07-01T00:00:00.123456789Z'), columns)).toEqual([
			'time (PDT)',
			'2026-06-30 17:00:00.123456789',
		]);
	});

	test('each bears its zone where the clocks change in between', () => {
		expect(screen(times('2026-11-01T08:30:00Z', '2026-11-01T09:30:00Z'), columns)).toEqual([
			'time',
			'2026-11-01 01:30:00 PDT',
			'2026-11-01 01:30:00 PST',
		]);
	});
});

test('ages are short and to the right, sparklines are eight cells', () => {
	const rows = [
		{age: new Date(now - 5_000).toISOString(), recent: [1, null, 3]},
		{age: new Date(now - 17 * 60_000).toISOString(), recent: undefined},
		{age: null, recent: []},
		{age: new Date(now + 60_000).toISOString(), recent: [1]},
	];
	const columns: readonly Column[] = [
		{field: 'age', as: 'age', header: 'age'},
		{field: 'recent', as: 'spark', header: 'recent'},
	];
	expect(screen(rows, columns)).toEqual([' age  recent', ' 5 s       ▁·█', '17 m', '   ·', ' 0 s         ▄']);
});

test('a record by itself shows a time with its zone and as it is', () => {
	const output: Output = {
		kind: 'records',
		records: [{t: '2026-11-21T20:00:00Z', v: '412.6000000000001', age: '2026-11-21T20:00:00Z'}],
		columns: [
			{field: 't', as: 'instant', header: 'time'},
			{field: 'v', as: 'value', header: 'value'},
			{field: 'age', as: 'age', header: 'age'},
		],
		layout: 'fields',
	};
	const lines = layout(output, {width: 60, color: false, now: now + 5_000});
	expect(Array.from({length: lines.length}, (_, index) => lines.at(index))).toEqual([
		'time   2026-11-21 12:00:00 PST (2026-11-21T20:00:00Z)',
		'value  412.6',
		'age    5 s (2026-11-21T20:00:00Z)',
	]);
});

test('columns that have no room are counted in the header, and named below the last row', () => {
	const fields = Array.from({length: 10}, (_, index) => `field${index}`);
	const columns = fields.map((field): Column => ({field, as: 'value', header: field}));
	const row = Object.fromEntries(fields.map(field => [field, '12345678']));
	const [header, line, below, ...others] = screen([row], columns, 40);
	expect([below, others]).toEqual(['no room for field4, field5, field6, fie…', []]);
	expect(screen([row], columns, 200)).toHaveLength(2);
	expect(header).toMatch(/field0 .*\+6 more$/);
	expect(header!.length).toBeLessThanOrEqual(40);
	expect(line).toBe(Array(4).fill('12345678').join('  '));
});

test('names of columns are harmless', () => {
	const [header] = screen([{a: '1'}], [{field: 'a', as: 'value', header: 'k\u001b[2JW'}]);
	expect(header).toBe('k\\x1b[2JW');
});

describe('a column that is best whole', () => {
	const records = [{name: 'a name of some length', effect: 'what comes of it, in full'}];
	const columns: readonly Column[] = [
		{field: 'name', as: 'text'},
		{field: 'effect', as: 'text', whole: true},
	];

	test('stays so while others can be cut, and is cut before any is left out', () => {
		expect(screen(records, columns, 42, false)).toEqual(['a name of some…  what comes of it, in full']);
		expect(screen(records, columns, 34, false)).toEqual(['a name of s…  what comes of it, i…']);
		expect(screen(records, columns, 20, false)).toEqual(['a name of s…']);
	});
});

describe('a column that may stand below', () => {
	const records = [{name: 'a name of some length', effect: 'what comes of it, in full'}];
	const columns: readonly Column[] = [
		{field: 'name', as: 'text'},
		{field: 'effect', as: 'text', below: true},
	];

	test('does so where there is no room for all, and nothing is cut', () => {
		expect(screen([...records, ...records], columns, 48, false)).toEqual([
			'a name of some length  what comes of it, in full',
			'a name of some length  what comes of it, in full',
		]);
		expect(screen([...records, ...records], columns, 40, false)).toEqual([
			'a name of some length',
			'       what comes of it, in full',
			'a name of some length',
			'       what comes of it, in full',
		]);
		expect(screen(records, columns, 20, false)).toEqual(['a name of some leng…', '       what comes o…']);
	});
});

describe('text that may be missing', () => {
	test('is · to a person', () => {
		const columns: readonly Column[] = [
			{field: 'a', as: 'maybe'},
			{field: 'b', as: 'text'},
		];
		expect(
			screen(
				[
					{a: null, b: 'x'},
					{a: '', b: 'y'},
					{a: 'z', b: ''},
				],
				columns,
				20,
				false,
			),
		).toEqual(['·  x', '   y', 'z']);
	});
});
