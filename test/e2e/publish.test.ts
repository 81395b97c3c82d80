import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {text} from 'node:stream/consumers';
import {afterAll, beforeAll, expect, test} from 'vitest';
import type {Program} from '../support/pty.ts';
import {createSandbox, program, type Sandbox} from './sandbox.ts';
import {prompt} from './screen.ts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await createSandbox();
	await sandbox.run(['-c', 'create database Feeders', '-c', "create database 'Wind park'"]);
}, 60_000);
afterAll(() => sandbox.remove());

const at = (name: string) => path.join(sandbox.directory, name);
const feeders = (...lines: readonly string[]) =>
	sandbox.run(['--db', 'Feeders', ...lines.flatMap(line => ['-c', line])]);

function csv(rows: number): string {
	const lines = Array.from({length: rows}, (_, row) => `${1_767_225_600 + row},${row / 4}`);
	return ['time,kW', ...lines, ''].join('\n');
}

test('what is published is there, and published again it changes nothing', async () => {
	await writeFile(at('load.csv'), csv(250));
	const line = "publish --new feeder-1 --name 'Feeder 1' load.csv";
	const first = await feeders(line, 'latest --json');
	expect(first).toMatchObject({code: 0, stderr: expect.stringContaining('Feeder 1: 250 records published')});
	expect(JSON.parse(first.stdout)).toMatchObject({
		assetId: 'feeder-1',
		name: 'Feeder 1',
		attribute: 'kW',
		attributeType: 'DOUBLE',
		lastValueTime: '2026-01-01T00:04:09.000Z',
	});
	expect(await feeders(line, 'latest --json')).toMatchObject({code: 0, stdout: first.stdout});
});

test('rows that the Exchange rejects are kept with its reasons; once corrected they replace', async () => {
	await writeFile(at('old.csv'), csv(3));
	await feeders('publish --new feeder-2 old.csv');
	await writeFile(at('old.csv'), csv(3).replace('1767225601,0.25', '1767225601,9'));
	const refused = await feeders('publish feeder-2 old.csv');
	expect(refused.code).toBe(1);
	expect(refused.stderr).toContain(
		'old.csv: 1 record rejected (the rows are in old.csv.rejected.csv; --replace',
	);
	const [header, row, end] = (await readFile(at('old.csv.rejected.csv'), 'utf8')).split('\n');
	expect([header, end]).toEqual(['time,kW,rejected because', '']);
	expect(row).toMatch(/^1767225601,9,"?A record already exists/);
	const replaced = await feeders('publish --replace feeder-2 old.csv.rejected.csv');
	expect(replaced).toMatchObject({code: 0});
});

test('Ctrl-C ends it between two batches, and it says how much was sent', async () => {
	await writeFile(at('long.csv'), csv(100_000));
	const child = spawn(
		process.execPath,
		[program, '--db', 'Feeders', '-c', 'publish --new feeder-3 long.csv', '-c', 'pwd'],
		{cwd: sandbox.directory, env: sandbox.environment, stdio: ['ignore', 'pipe', 'pipe']},
	);
	const heard = async () => {
		let said = '';
		for await (const chunk of child.stderr) {
			const isChecked = said.includes('100,000 rows: ');
			said += String(chunk);
			if (!isChecked && said.includes('100,000 rows: ')) child.kill('SIGINT');
		}
		return said;
	};
	const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), heard(), once(child, 'close')]);
	expect([stdout, code]).toEqual(['', 130]);
	expect(stderr).toMatch(/cancelled: [\d,]+ of 100,000 rows were sent/);
});

test('a database that does not exist ends a script before its first line', async () => {
	const {stdout, stderr, code} = await sandbox.run(['-c', 'pwd'], {environment: {ADX_DB: 'Feders'}});
	expect([stdout, code]).toEqual(['', 1]);
	expect(stderr).toMatch(/^adx-shell: Feders: no such database\n(.*\n)* +Feeders\n/);
});

test('the selected database is taken up by the next start, until it is deleted by its name', async () => {
	const lastRow = (opened: Program) => opened.screen().findLast(row => row !== '');
	const ready = (opened: Program) => opened.waitFor(() => lastRow(opened) === prompt);
	const open = async () => {
		const opened = sandbox.open({args: ['--inline'], columns: 100, rows: 30});
		await ready(opened);
		return opened;
	};
	const enter = async (opened: Program, line: string, answer: string | RegExp) => {
		opened.write(`${line}\r`);
		await opened.waitFor(answer);
	};
	const leave = async (opened: Program) => {
		await ready(opened);
		opened.write('\u0004');
		await opened.exit;
	};
	const first = await open();
	await enter(first, "db 'Wind park'", `db 'Wind park'`);
	await leave(first);

	const second = await open();
	await enter(second, 'db', /^Wind park$/m);
	await enter(second, "delete database 'Wind park'", 'Type its name:');
	await enter(second, 'Wind', 'not Wind park: nothing deleted');
	await enter(second, "delete database 'Wind park'", /nothing deleted[\s\S]*Type its name:/);
	await enter(second, 'Wind park', /^deleted Wind park$/m);
	await enter(second, 'db', 'no database is selected');
	await leave(second);
});
