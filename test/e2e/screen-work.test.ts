import {readdir, readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Program} from '../support/pty.ts';
import {createSandbox, type Sandbox} from './sandbox.ts';
import {keys, openScreen, prompt, promptRow, runningExchange, said, shellRows} from './screen.ts';
import {type Gate, openGate} from './screen-gate.ts';

let sandbox: Sandbox;
let gate: Gate;
let program: Program;
const at = (name: string) => path.join(sandbox.directory, name);
const megabytes = 8;
beforeAll(async () => {
	sandbox = await createSandbox();
	await writeFile(at('big.bin'), Buffer.alloc(megabytes * 1e6, 'adx-shell\n'));
	await sandbox.run(['--store', 'Sensor study', '-c', 'put big.bin']);
	const {endpoint, token} = await runningExchange(sandbox);
	gate = await openGate(endpoint);
	program = await openScreen(sandbox, {
		args: ['--endpoint', gate.endpoint, '--store', 'Sensor study'],
		environment: {ADX_TOKEN: token},
	});
}, 60_000);
afterAll(async () => {
	await sandbox.remove();
	await gate.close();
});

const isIdle = () => !program.screen()[0]!.includes('⇣') && promptRow(program) === prompt;

describe('Ctrl-C', () => {
	test('ends a local command with all it started', async () => {
		program.write('!echo started; sleep 300; echo never\r');
		await program.waitFor(() => shellRows(program).includes('started'));
		expect(program.screen()[0]).toContain('⇣ !echo');
		program.write(keys.ctrl('c'));
		await program.waitFor(() => isIdle() && shellRows(program).includes('cancelled'));
		expect(await said(program, '!pgrep -f "^sleep 300"')).toEqual([]);
	});

	test('ends a transfer and leaves nothing of it', async () => {
		gate.slow(1e6);
		program.write('get big.bin -o back.bin\r');
		await program.waitFor(/get .*big\.bin .*of 8.0 MB/);
		expect(await readdir(sandbox.directory)).toContainEqual(expect.stringMatching(/back\.bin.*part/));
		expect(program.screen()[0]).toMatch(/⇣ get \d+ %/);
		program.write(keys.ctrl('c'));
		await program.waitFor(isIdle);
		expect(shellRows(program).join('\n')).toMatch(/cancelled/);
		expect(shellRows(program).join('\n')).not.toMatch(/done get/);
		expect((await readdir(sandbox.directory)).filter(name => name.startsWith('back'))).toEqual([]);
		gate.open();
		await said(program, 'get big.bin -o back.bin');
		expect((await readFile(at('back.bin'))).length).toBe(megabytes * 1e6);
	});

	test('ends a command that gets no answer', async () => {
		gate.silence();
		program.write('refresh; find sensors/windows -name "*zzz*"\r');
		await program.waitFor(screen => screen[0]!.includes('⇣'));
		program.write(keys.ctrl('c'));
		await program.waitFor(isIdle);
		gate.open();
		expect(await said(program, 'pwd')).toEqual(['Sensor study:/']);
	});

	test('at any moment of a walk over 10,000 files keeps the session', async () => {
		for (const line of ['find / -name "*-1742*"', 'ls -lR', 'du sensors', 'tree']) {
			program.write(`${line}\r`);
			program.write(keys.ctrl('c'));
			await program.waitFor(screen => screen.some(row => row.includes(`> ${line}`)) && isIdle());
			expect(await said(program, 'pwd')).toEqual(['Sensor study:/']);
		}
	});

	test('drops the lines that wait behind the one that runs', async () => {
		program.write('!echo first; sleep 300\r');
		await program.waitFor(() => shellRows(program).includes('first'));
		program.write('!echo second\r');
		await program.waitFor('next: !echo second');
		program.write('half');
		await program.waitFor(() => promptRow(program) === `${prompt} half`);
		program.write(keys.ctrl('c'));
		await program.waitFor(screen => !screen[0]!.includes('⇣'));
		expect(promptRow(program)).toBe(`${prompt} half`);
		program.write(keys.ctrl('c'));
		await program.waitFor(isIdle);
		expect(shellRows(program)).not.toContain('second');
	});
});

describe('while a command runs', () => {
	test('typing, completing and scrolling go on, and what is entered waits its turn', async () => {
		program.write(`${keys.ctrl('l')}!seq 100; sleep 300\r`);
		await program.waitFor(() => shellRows(program).includes('100'));
		program.write('cat sum\u0015cat rea\t');
		await program.waitFor(() => promptRow(program) === `${prompt} cat readme.txt`);
		program.write(keys.pageUp);
		await program.waitFor(() => !shellRows(program).includes('100'));
		program.write(keys.pageDown + keys.ctrl('u'));
		await program.waitFor(() => shellRows(program).includes('100') && promptRow(program) === prompt);
		program.write('pwd\r');
		await program.waitFor('next: pwd');
		program.write(keys.ctrl('d'));
		await program.waitFor('Ctrl-C cancels it');
		program.write(keys.ctrl('c'));
		await program.waitFor(isIdle);
	});

	test('progress shows bytes, share, rate and time left, and one line says what was done', async () => {
		gate.slow(2e6);
		program.write(`${keys.ctrl('l')}get -f big.bin -o back.bin\r`);
		await program.waitFor(/get .*big\.bin +[\d.]+ of 8.0 MB +\d+ % +[\d.]+ .?B\/s/);
		gate.open();
		await program.waitFor(isIdle);
		const rows = shellRows(program).filter(row => row !== '');
		expect(rows.filter(row => row.includes('of 8.0 MB'))).toEqual([]);
		expect(rows.filter(row => /^done get .*8 MB in/.test(row))).toHaveLength(1);
	});
});
