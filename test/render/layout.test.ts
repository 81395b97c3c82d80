import {describe, expect, test} from 'vitest';
import {layout} from '../../src/render/layout.ts';
import {textWidth} from '../../src/render/width.ts';
import type {Column, Output, Row} from '../../src/shell/command.ts';
import {ShellError} from '../../src/shell/errors.ts';

const now = new Date(2026, 10, 21, 12).getTime();
const today = new Date(2026, 10, 21, 8, 2).toISOString();
const old = new Date(2024, 1, 3).toISOString();

const directory = (name: string, more: Row = {}): Row => ({
	objectType: 'DIRECTORY',
	dataStoreDirectoryId: `dataStoreDirectoryId.${name}`,
	name,
	...more,
});
const file = (name: string, fileExtension: string, more: Row = {}): Row => ({
	objectType: 'FILE',
	dataStoreFileId: `dataStoreFileId.${name}`,
	name,
	fileExtension,
	storageSizeBytes: 31,
	s3ConfirmedUpload: true,
	lastModified: old,
	...more,
});

const long: readonly Column[] = [
	{field: 'mode', as: 'mode', screenOnly: true},
	{field: 'name', as: 'entry'},
	{field: 'storageSizeBytes', as: 'bytes'},
	{field: 'lastModified', as: 'time'},
];
const table = (records: readonly Row[]): Output => ({
	kind: 'records',
	records,
	columns: long,
	layout: 'table',
});
const grid = (records: readonly Row[]): Output => ({
	kind: 'records',
	records,
	columns: [{field: 'name', as: 'entry'}],
	layout: 'grid',
});

function screen(output: Output, width = 80, color = false): string[] {
	const lines = layout(output, {width, color, now});
	return Array.from({length: lines.length}, (_, index) => lines.at(index));
}

const hostile = [
	file('a\u001b[2J\u001b]0;x\u0007b', 'csv'),
	file('two\nlines', 'txt'),
	directory('../../etc'),
	file('\u202egnp', 'exe'),
];

describe('a table', () => {
	test('aligns names to the left, sizes and times to the right, and marks what is unusual', () => {
		expect(
			screen(
				table([
					directory('cases', {items: 3}),
					directory('weather', {items: 10_000}),
					file('feeder map (rev 2)', 'pdf', {storageSizeBytes: 48_213}),
					file('result', 'csv', {lastModified: today, storageSizeBytes: 1_204}),
					file('result', 'csv', {s3ConfirmedUpload: false, storageSizeBytes: null, lastModified: null}),
				]),
			),
		).toMatchInlineSnapshot(`
			[
			  "drwx  cases/                       3 items",
			  "drwx  weather/                10,000 items",
			  "-rw-  feeder map (rev 2).pdf       48.2 kB    3 Feb 2024",
			  "-rw-  result.csv                    1.2 kB   today 08:02  ×2 same name",
			  "-rw-  result.csv                         ·             ·  ×2, unconfirmed",
			]
		`);
	});

	test('is never wider than the screen, and cuts names rather than numbers', () => {
		const records = [file('x'.repeat(200), 'csv'), file('データ'.repeat(40), 'csv'), ...hostile];
		for (const width of [1, 5, 20, 40, 80]) {
			for (const line of screen(table(records), width)) {
				expect(textWidth(line)).toBeLessThanOrEqual(width);
			}
		}
		expect(screen(table(records), 50)[0]).toMatch(/^-rw- {2}x+… {2,}31 B {4}3 Feb 2024$/);
	});

	test('colours directories, and says the same without colour', () => {
		const output = table([directory('cases')]);
		expect(screen(output, 80, true)).toEqual(['\u001b[2mdrwx\u001b[22m  \u001b[1;34mcases/\u001b[22;39m']);
		expect(screen(output)).toEqual(['drwx  cases/']);
	});

	test('has headers when asked for them', () => {
		const output: Output = {
			kind: 'records',
			records: [{name: 'a', count: 1_204}],
			columns: [
				{field: 'name', as: 'text', header: 'name'},
				{field: 'count', as: 'count', header: 'files'},
			],
			layout: 'table',
			headers: true,
		};
		expect(screen(output)).toEqual(['name  files', 'a     1,204']);
	});
});

describe('a grid', () => {
	test('fits as many columns as the width has room for, filled downwards', () => {
		const records = ['a', 'bb', 'ccc', 'd', 'e', 'ffffffff', 'g'].map(name => file(name, ''));
		expect(screen(grid(records), 20)).toEqual(['a   ccc  e         g', 'bb  d    ffffffff']);
		expect(screen(grid(records), 8)).toEqual(['a', 'bb', 'ccc', 'd', 'e', 'ffffffff', 'g']);
	});

	test('marks duplicates and unconfirmed uploads behind the name', () => {
		const records = [
			file('a', 'csv'),
			file('a', 'csv'),
			file('b', '', {s3ConfirmedUpload: false}),
			directory('c'),
		];
		expect(screen(grid(records))).toEqual(['a.csv ×2  a.csv ×2  b unconfirmed  c/']);
	});

	test('shows hostile names harmless, one line each', () => {
		expect(screen(grid(hostile), 40)).toEqual([
			'a\\x1b[2J\\x1b]0;x\\x07b.csv  ../../etc/',
			'two\\nlines.txt             \\u202egnp.exe',
		]);
	});

	test('lays out 10,000 rows by looking at each once, and formats only the lines asked for', () => {
		let reads = 0;
		const records = Array.from({length: 10_000}, (_, index) => {
			const name = `hour-2010-01-${String(index).padStart(5, '0')}`;
			return {
				...file(name, 'csv'),
				get lastModified() {
					reads++;
					return old;
				},
			};
		});
		const output = table(records);
		const lines = layout(output, {width: 120, color: true, now});
		expect(lines.length).toBe(10_000);
		const laidOut = reads;
		expect(laidOut).toBeLessThanOrEqual(10_000);
		lines.at(5_000);
		expect(reads).toBe(laidOut + 1);
		expect(layout(output, {width: 120, color: true, now: now + 1})).toBe(lines);
		expect(layout(output, {width: 119, color: true, now})).not.toBe(lines);
	});

	test('has no lines for no records', () => {
		expect(screen(grid([]))).toEqual([]);
	});
});

test('fields show readable and exact values, long ones continued underneath', () => {
	const output: Output = {
		kind: 'records',
		records: [{name: 'result.csv', size: 1_204, description: 'x'.repeat(30), owner: null}],
		columns: [
			{field: 'name', as: 'text'},
			{field: 'size', as: 'bytes'},
			{field: 'description', as: 'text'},
			{field: 'owner', as: 'text'},
		],
		layout: 'fields',
	};
	expect(screen(output, 36)).toEqual([
		'name         result.csv',
		'size         1.2 kB (1,204 bytes)',
		`description  ${'x'.repeat(23)}`,
		`             ${'x'.repeat(7)}`,
		'owner        ·',
	]);
});

test('a title stands above its records', () => {
	expect(screen({...(grid([file('a', '')]) as object), title: '/weather:'} as Output)).toEqual([
		'/weather:',
		'a',
	]);
});

test('text wraps, expands tabs and shows controls', () => {
	expect(screen({kind: 'text', text: 'a\tb\u001b[1m\nabcdefghijkl\n'}, 10)).toEqual([
		'a',
		'b\\x1b[1m',
		'abcdefghij',
		'kl',
	]);
});

test('bytes show as text', () => {
	expect(screen({kind: 'bytes', bytes: new TextEncoder().encode('größe\r\n\u0007')})).toEqual([
		'größe',
		'\\x07',
	]);
});

test('notes are dim and warnings say so', () => {
	expect(screen({kind: 'note', text: '3 files'}, 80, true)).toEqual(['\u001b[2m3 files\u001b[22m']);
	expect(screen({kind: 'note', text: 'old', tone: 'warning'})).toEqual(['warning: old']);
});

test('an output marked as JSON shows as JSON lines', () => {
	expect(screen({...(grid([{name: 'a'}, {name: 'b'}]) as object), json: true} as Output)).toEqual([
		'{"name":"a"}',
		'{"name":"b"}',
	]);
});

describe('an error', () => {
	test('is one line with its hint, candidates and a caret under the word', () => {
		const error = new ShellError('ambiguous', 'result.csv is ambiguous in /', {
			hint: 'name one by id',
			details: ['id:dataStoreFileId.7c1e  1.2 kB', 'id:dataStoreFileId.9a40\u001b[31m'],
			at: {start: 4, end: 14},
		});
		expect(screen({kind: 'error', verb: 'get', error, line: 'get result.csv -o x'})).toEqual([
			'get: result.csv is ambiguous in / (name one by id)',
			'     id:dataStoreFileId.7c1e  1.2 kB',
			'     id:dataStoreFileId.9a40\\x1b[31m',
			'     get result.csv -o x',
			'         ^^^^^^^^^^',
		]);
	});

	test('needs no caret where the line is the word', () => {
		const error = new ShellError('usage', 'lss: no such command', {
			hint: 'did you mean ls?',
			at: {start: 0, end: 3},
		});
		expect(screen({kind: 'error', verb: undefined, error, line: 'lss'}, 80, true)).toEqual([
			'\u001b[31mlss: no such command (did you mean ls?)\u001b[39m',
		]);
	});
});
