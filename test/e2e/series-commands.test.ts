import {chmod, readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {afterAll, afterEach, beforeAll, describe, expect, test} from 'vitest';
import type {Program} from '../support/pty.ts';
import {createSandbox, type Sandbox} from './sandbox.ts';
import {keys, openScreen, promptRow, shellRows} from './screen.ts';

let sandbox: Sandbox;
let program: Program | undefined;
const study = ['--db', 'Sensor study'];
beforeAll(async () => {
	sandbox = await createSandbox();
	// The first question about time series fills the sample databases.
	await sandbox.run(['-c', 'databases']);
	await writeFile(
		path.join(sandbox.directory, 'editor'),
		`#!/bin/sh
mv "$1" ${path.join(sandbox.directory, 'before.sql')}
echo 'SELECT count(*) AS readings FROM {db}.{table}' > "$1"`,
	);
	await chmod(path.join(sandbox.directory, 'editor'), 0o755);
}, 120_000);
afterAll(() => sandbox.remove());
afterEach(() => program?.kill());

const at = (name: string) => path.join(sandbox.directory, name);
const plot = "plot 'Mote 1' temperature_C";

describe('in a script', () => {
	test('plot sums up, data are exact, CSV has one header', async () => {
		const {stdout, code} = await sandbox.run([
			...study,
			'-c',
			`${plot} --json`,
			'-c',
			"data 'Mote 1' humidity_pct temperature_C --since 100y --limit 2 --csv",
		]);
		const [summary, ...csv] = stdout.trimEnd().split('\n');
		expect(JSON.parse(summary!)).toMatchObject({
			name: 'Mote 1',
			samples: 4417,
			min: 26.27,
			max: 56.56,
			gaps: 0,
		});
		expect(csv[0]).toBe('timestamp,humidity_pct,temperature_C');
		expect(csv.slice(1)).toHaveLength(2);
		expect(code).toBe(0);
	});

	test('plot -o writes a picture with what is in its own file of the program', async () => {
		const {stderr} = await sandbox.run([...study, '-c', `${plot} -o chart.svg`]);
		expect(stderr).toContain('chart.svg: 1 series');
		expect(await readFile(at('chart.svg'), 'utf8')).toMatch(/^<svg [\s\S]*temperature_C[\s\S]*<\/svg>$/);
	});

	test('query reads SQL from stdin and points at what is wrong with it', async () => {
		const input = 'SELECT count(*) AS n\nFROM {db}.{table};\n';
		const {stdout} = await sandbox.run([...study, '-c', 'query -f - --json'], {input});
		expect(Object.keys(JSON.parse(stdout))).toEqual(['n']);
		const bad = await sandbox.run([...study, '-c', "query 'SELECT tiem FROM {db}.{table}'"]);
		expect(bad.stderr.split('\n')).toEqual([
			"query: line 1:8: Column 'tiem' does not exist (did you mean time?)",
			'     SELECT tiem FROM {db}.{table}',
			'            ^',
			'',
		]);
		expect(bad.code).toBe(1);
	});

	test('query -e needs a terminal', async () => {
		const {stderr, code} = await sandbox.run([...study, '-c', 'query -e']);
		expect(stderr).toContain('no terminal for an editor');
		expect(code).toBe(2);
	});

	test('--json and --csv together are refused', async () => {
		expect((await sandbox.run(['-c', 'ls --json --csv'])).code).toBe(2);
		expect((await sandbox.run(['--json', '--csv', '-c', 'ls'])).code).toBe(2);
	});
});

describe('on a screen', () => {
	async function enter(line: string, until: (rows: readonly string[]) => boolean) {
		program!.write(`${line}${keys.enter}`);
		await program!.waitFor(() => until(shellRows(program!)));
		return shellRows(program!);
	}

	test('plot draws a chart as wide as the pane', async () => {
		program = await openScreen(sandbox, {args: study, columns: 120, rows: 40});
		const rows = await enter(plot, all => all.some(row => row.startsWith('temperature_C  min')));
		expect(rows.filter(row => /[⠁-⣿]/.test(row)).length).toBeGreaterThan(3);
		expect(rows.find(row => row.includes('└'))!.length).toBeGreaterThan(60);
	});

	test('query asks before it goes on, and leaves what is not wanted', async () => {
		program = await openScreen(sandbox, {args: study});
		const line = "query 'SELECT time FROM {db}.{table}'";
		const rows = await enter(line, all => all.some(row => row.includes('More?')));
		expect(rows.findLast(row => row !== '')).toMatch(/^100 rows, .* scanned\. More\? \[y\/N\]$/);
		program.write('n');
		await program.waitFor(() => shellRows(program!).some(row => row.startsWith('left after 100 rows')));
	});

	test('query -e runs what the editor leaves, and takes the screen back', async () => {
		program = await openScreen(sandbox, {args: study, environment: {VISUAL: at('editor')}});
		const rows = await enter('query -e', all => all.includes('readings'));
		expect(rows[rows.indexOf('readings') + 1]).toMatch(/^ +\d+$/);
		expect(await readFile(at('before.sql'), 'utf8')).toContain('{db}.{table}');
		await program.waitFor(() => promptRow(program!).endsWith('>'));
	});
});
