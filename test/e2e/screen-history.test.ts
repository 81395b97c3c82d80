import {readFile, stat} from 'node:fs/promises';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Program} from '../support/pty.ts';
import {createSandbox, type Sandbox} from './sandbox.ts';
import {keys, leave, openScreen, prompt, promptRow} from './screen.ts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await createSandbox();
	await sandbox.run(['-c', 'pwd']);
}, 60_000);
afterAll(() => sandbox.remove());

const historyFile = () => path.join(sandbox.directory, '.state/adx-shell/history.jsonl');

async function press(program: Program, key: string, line: string) {
	program.write(key);
	await program.waitFor(() => promptRow(program) === `${prompt} ${line}`.trimEnd());
}

async function run(program: Program, line: string, answer: RegExp) {
	program.write(`${line}\r`);
	await program.waitFor(answer);
}

test('lines come back with Up and Down, also after a restart, from a file only its owner can read', async () => {
	const first = await openScreen(sandbox, {columns: 80, rows: 24});
	await run(first, '!echo one', /^│ one /m);
	await run(first, "!echo 'zwei 🎉'", /^│ zwei 🎉/m);
	await run(first, 'ls nothere', /^│ ls: nothere/m);
	await press(first, keys.up, 'ls nothere');
	await press(first, keys.up, "!echo 'zwei 🎉'");
	await press(first, keys.ctrl('p'), '!echo one');
	await press(first, keys.down, "!echo 'zwei 🎉'");
	await press(first, keys.ctrl('n'), 'ls nothere');
	await press(first, keys.down, '');
	expect((await leave(first)).exitCode).toBe(0);
	expect((await stat(historyFile())).mode & 0o777).toBe(0o600);

	const second = await openScreen(sandbox, {columns: 80, rows: 24});
	await press(second, keys.up, 'ls nothere');
	await press(second, keys.up, "!echo 'zwei 🎉'");
	await press(second, keys.ctrl('c'), '');
	await press(second, '!echo o', '!echo one');
	await press(second, keys.up, '!echo one');
	await press(second, keys.ctrl('c'), '');
	expect((await leave(second)).exitCode).toBe(0);
});

test('a killed session has lost no line, and a line with a secret is nowhere', async () => {
	const program = await openScreen(sandbox, {columns: 80, rows: 24});
	await run(program, '!echo password=hunter2', /^│ password=hunter2/m);
	await run(program, '!echo kept', /^│ kept /m);
	program.kill('SIGKILL');
	await program.exit;
	const text = await readFile(historyFile(), 'utf8');
	expect(text).toContain('!echo kept');
	expect(text).not.toContain('hunter2');
});

test('the line being typed is not lost while walking', async () => {
	const program = await openScreen(sandbox, {columns: 80, rows: 24});
	program.write('!echo k');
	await program.waitFor('> !echo k');
	await press(program, keys.up, '!echo kept');
	await press(program, keys.ctrl('a'), '!echo kept');
	await press(program, keys.ctrl('c'), '');
	expect((await leave(program)).exitCode).toBe(0);
});

describe('Ctrl-R', () => {
	let program: Program;
	beforeAll(async () => {
		program = await openScreen(sandbox, {columns: 80, rows: 24});
		await run(program, '!echo needle-1', /^│ needle-1 /m);
		await run(program, '!echo needle-2', /^│ needle-2 /m);
		await run(program, '!echo straw', /^│ straw /m);
	});
	afterAll(() => program.kill());

	test('finds the latest line, then older ones, and Esc gives the line back', async () => {
		program.write('mine');
		await program.waitFor('> mine');
		program.write(`${keys.ctrl('r')}needle`);
		await program.waitFor('search ‹needle› !echo needle-2');
		program.write(keys.ctrl('r'));
		await program.waitFor('search ‹needle› !echo needle-1');
		await press(program, keys.escape, 'mine');
		await press(program, keys.ctrl('c'), '');
	});

	test('Tab edits the match, Enter runs it', async () => {
		program.write(`${keys.ctrl('r')}needle-1`);
		await program.waitFor('search ‹needle-1›');
		await press(program, keys.tab, '!echo needle-1');
		await press(program, `${keys.ctrl('e')}3`, '!echo needle-13');
		await press(program, keys.ctrl('c'), '');
		program.write(`${keys.ctrl('r')}straw\r`);
		await program.waitFor(/straw *│\n(.*\n)*.*straw *│\n(.*\n)*.*straw *│\n(.*\n)*.*straw/);
	});
});
