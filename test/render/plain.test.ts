import {describe, expect, test} from 'vitest';
import {plain} from '../../src/render/plain.ts';
import type {Output, Row} from '../../src/shell/command.ts';
import {ShellError} from '../../src/shell/errors.ts';

async function* of(...outputs: Output[]) {
	yield* outputs;
}

async function piped(json: boolean, ...outputs: Output[]): Promise<string> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of plain(of(...outputs), {json})) chunks.push(chunk);
	return Buffer.concat(chunks).toString();
}

const row: Row = {
	objectType: 'FILE',
	name: 'hour\n2010',
	fileExtension: 'csv',
	storageSizeBytes: 1_104,
	lastModified: '2026-11-02T17:40:11.000Z',
	somethingNew: [1],
};
const directory: Row = {objectType: 'DIRECTORY', name: 'cases'};
const long: Output = {
	kind: 'records',
	records: [row, directory],
	columns: [
		{field: 'mode', as: 'mode', screenOnly: true},
		{field: 'name', as: 'entry'},
		{field: 'storageSizeBytes', as: 'bytes'},
		{field: 'lastModified', as: 'time'},
	],
	layout: 'table',
};

describe('plain', () => {
	test('a table is tab-separated, raw, one row a line whatever the name', async () => {
		expect(await piped(false, long)).toBe('hour\\n2010.csv\t1104\t2026-11-02T17:40:11.000Z\ncases\t\t\n');
	});

	test('`human` makes sizes readable', async () => {
		expect(await piped(false, {...long, human: true})).toContain('\t1.1 kB\t');
	});

	test('a grid is one name a line', async () => {
		expect(await piped(false, {...long, layout: 'grid', columns: [{field: 'name', as: 'entry'}]})).toBe(
			'hour\\n2010.csv\ncases\n',
		);
	});

	test('JSON has a record a line, exact names and unknown fields included', async () => {
		const lines = (await piped(true, long)).trimEnd().split('\n');
		expect(lines.map(line => JSON.parse(line))).toEqual([row, directory]);
		expect(await piped(false, {...long, json: true})).toBe(`${lines.join('\n')}\n`);
	});

	test('text keeps its lines and ends in one', async () => {
		expect(await piped(false, {kind: 'text', text: 'a\tb\nc\u001b'})).toBe('a\tb\nc\\x1b\n');
		expect(await piped(true, {kind: 'text', text: 'Store:/a\n'})).toBe('{"text":"Store:/a"}\n');
	});

	test('bytes stay as they are; in JSON as text or base64', async () => {
		expect(await piped(false, {kind: 'bytes', bytes: new Uint8Array([27, 91, 10])})).toBe('\u001b[\n');
		expect(await piped(true, {kind: 'bytes', bytes: new Uint8Array([97, 10])})).toBe('{"text":"a\\n"}\n');
		expect(await piped(true, {kind: 'bytes', bytes: new Uint8Array([255])})).toBe('{"base64":"/w=="}\n');
	});

	test('narration is no data', async () => {
		const error = new ShellError('failed', 'no');
		for (const json of [false, true]) {
			expect(
				await piped(
					json,
					{kind: 'note', text: 'n'},
					{kind: 'error', verb: 'ls', error},
					{kind: 'clear'},
					{kind: 'progress', key: 'k', label: 'l', bytes: 0, total: 1, startedAt: 0, at: 0},
				),
			).toBe('');
		}
	});

	test('10,000 rows come in many chunks, and leave turns to others', async () => {
		const records = Array.from({length: 100_000}, () => row);
		let turns = 0;
		const tick = setInterval(() => turns++, 0);
		let chunks = 0;
		for await (const chunk of plain(of({...long, records} as Output), {json: true})) {
			chunks++;
			expect(chunk.length).toBeLessThan(20_000);
		}
		clearInterval(tick);
		expect(chunks).toBeGreaterThan(100);
		expect(turns).toBeGreaterThan(0);
	});
});

test('JSON holds nothing that a terminal obeys, and says the same', async () => {
	const name = 'a\u009b31mb\u202ec\u007f\u2028\u001b[2J';
	const text = await piped(
		true,
		{kind: 'records', records: [{name}], columns: [], layout: 'table'},
		{kind: 'text', text: name},
		{kind: 'bytes', bytes: new TextEncoder().encode(name)},
	);
	expect(text).not.toMatch(/[^\n\x20-\x7e]/);
	expect(
		text
			.trimEnd()
			.split('\n')
			.map(line => Object.values(JSON.parse(line))),
	).toEqual([[name], [name], [name]]);
});

test('prose is laid out for people in a pipe, too', async () => {
	const records = [
		{form: '-l', help: 'long '.repeat(4)},
		{form: '--all', help: 'x'},
	];
	const columns = [
		{field: 'form', as: 'text'},
		{field: 'help', as: 'text'},
	] as const;
	const text = await piped(
		false,
		{kind: 'text', text: 'word '.repeat(20).trim(), prose: true},
		{kind: 'records', records, columns, layout: 'table', prose: true},
	);
	expect(text.split('\n')).toEqual([
		'word '.repeat(16).trim(),
		'word '.repeat(4).trim(),
		`-l     ${'long '.repeat(4).trim()}`,
		'--all  x',
		'',
	]);
});
