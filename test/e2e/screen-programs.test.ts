import {chmod, mkdir, readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import type {Program} from '../support/pty.ts';
import {createSandbox, type Sandbox} from './sandbox.ts';
import {keys, openScreen, prompt, promptRow, said, shellRows} from './screen.ts';

let sandbox: Sandbox;
let program: Program;
beforeAll(async () => {
	sandbox = await createSandbox();
	await sandbox.run(['-c', 'pwd']);
	const bin = path.join(sandbox.directory, 'bin');
	await mkdir(bin);
	// Stands for any program that takes the whole terminal and reads its keys.
	await writeFile(
		path.join(bin, 'vi'),
		`#!/usr/bin/env node
process.stdin.setRawMode(true);
process.stdout.write('\\x1b[?1049h\\x1b[?25l\\x1b[?1000h\\x1b[H\\x1b[2Jeditor of ' + process.argv[2] + ' ' + process.stdout.columns + 'x' + process.stdout.rows);
process.stdin.on('data', keys => {
	if (String(keys) !== 'q') return process.stdout.write(' got ' + JSON.stringify(String(keys)));
	process.stdout.write('\\x1b[?1000l\\x1b[?25h\\x1b[?1049l');
	process.exit(3);
});`,
	);
	// As less does: Ctrl-C interrupts it, and it goes on.
	await writeFile(
		path.join(bin, 'less'),
		`#!/usr/bin/env node
process.on('SIGINT', () => process.stdout.write(' interrupted ' + process.argv[2]));
process.stdin.on('data', () => process.exit());
process.stdout.write('\\x1b[H\\x1b[2Jpager of ' + process.argv[2]);`,
	);
	for (const name of ['vi', 'less']) await chmod(path.join(bin, name), 0o755);
	program = await openScreen(sandbox, {
		columns: 100,
		rows: 30,
		environment: {
			PATH: `${bin}:${process.env.PATH}`,
			EDITOR: 'my-editor --wait',
			ADX_TOKEN_X: 'x',
			ADX_PASSWORD: 'hidden',
		},
	});
}, 60_000);
afterAll(() => sandbox.remove());

test('what a local command prints is part of the session', async () => {
	expect(await said(program, '!seq 3')).toEqual(['1', '2', '3']);
	expect(await said(program, '!echo out; echo err >&2')).toEqual(['out', 'err']);
	expect(await said(program, '!printf "no line end"')).toEqual(['no line end']);
	expect(await said(program, '!false || echo still')).toEqual(['still']);
	expect(await said(program, '!env | grep ADX_PASSWORD')).toEqual([]);
});

test('escape sequences of a local command do not reach the terminal', async () => {
	expect((await said(program, String.raw`!printf 'a\033[2J\033]0;owned\007b\n'`)).join('')).toContain(
		'owned',
	);
	expect(program.transcript().toString('latin1')).not.toContain('\u001b]0;owned');
	expect(program.screen()[1]).toMatch(/^┌─ Shell/);
});

test('output goes into a local program and into a file', async () => {
	expect(await said(program, 'ls sensors | grep summary')).toEqual(['summary.json']);
	await said(program, 'ls sensors > out.txt');
	expect(await readFile(path.join(sandbox.directory, 'out.txt'), 'utf8')).toContain('summary.json\n');
});

test('a program that needs the terminal gets all of it, and the screen is back after it', async () => {
	program.write('typed before');
	await program.waitFor(() => promptRow(program) === `${prompt} typed before`);
	program.write(keys.ctrl('u'));
	await said(program, '!seq 3');
	program.write('!vi file.txt\r');
	await program.waitFor('editor of file.txt 100x30');
	program.write('a\u0003\u001b[A');
	await program.waitFor(/got "a/);
	expect(program.screen().join('')).toContain(String.raw`\u0003\u001b[A`);
	program.write('q');
	await program.waitFor(
		() => promptRow(program) === prompt && shellRows(program).includes(`${prompt} !vi file.txt`),
	);
	expect(program.cursor().visible).toBe(true);
	expect(program.terminal.buffer.active.type).toBe('alternate');
	expect(program.terminal.modes).toMatchObject({bracketedPasteMode: true, mouseTrackingMode: 'none'});
	expect(
		shellRows(program)
			.filter(row => row !== '')
			.slice(1),
	).toEqual(['1', '2', '3', `${prompt} !vi file.txt`, prompt]);
	expect(await said(program, '!echo works')).toEqual(['works']);
});

test('a window that was resized meanwhile is filled when the screen is back', async () => {
	program.write('!vi resized\r');
	await program.waitFor('editor of resized');
	program.resize(120, 40);
	program.write('q');
	await program.waitFor(screen => screen.length === 40 && screen[39]!.includes('F1 help'));
	expect(program.screen()[1]).toMatch(/^┌─ Shell ─+┐┌─ Time series · .*┐$/);
	expect(program.screen()[1]).toHaveLength(120);
	program.resize(100, 30);
	await program.waitFor(screen => screen[29]!.includes('F1 help') && promptRow(program) === prompt);
});

test('Ctrl-C is for the program that has the terminal, and the session stays', async () => {
	for (const times of [1, 2]) {
		program.write(`!less ${times}.txt\r`);
		await program.waitFor(`pager of ${times}`);
		for (let count = 0; count < times; count++) program.write(keys.ctrl('c'));
		await program.waitFor(`interrupted ${times}`);
		program.write('q\r');
		await program.waitFor(screen => /^┌─ Shell/.test(screen[1]!) && promptRow(program) === prompt);
		expect(await said(program, '!echo works')).toEqual(['works']);
	}
	program.write('!sleep 300; sleep 300\r');
	await program.waitFor(screen => screen[0]!.includes('⇣'));
	program.write(keys.ctrl('c'));
	await program.waitFor(() => shellRows(program).includes('cancelled'));
});

test('a pager is left with q', async () => {
	await writeFile(
		path.join(sandbox.directory, 'long.txt'),
		Array.from({length: 200}, (_, at) => `row ${at}`).join('\n'),
	);
	program.write('!more long.txt\r');
	await program.waitFor(/row 0\nrow 1\n/);
	program.write('q');
	await program.waitFor(() => promptRow(program) === prompt);
	expect(program.screen()[1]).toMatch(/^┌─ Shell/);
});
