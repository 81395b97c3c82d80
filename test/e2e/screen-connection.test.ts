import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {createSandbox, type Sandbox} from './sandbox.ts';
import {keys, leave, openScreen, promptRow, runningExchange, said, shellRows} from './screen.ts';
import {type Gate, openGate} from './screen-gate.ts';

let sandbox: Sandbox;
let gate: Gate;
let token: string;
const secret = 'eyJvery.secret-token.value';
beforeAll(async () => {
	sandbox = await createSandbox();
	await sandbox.run(['-c', 'pwd']);
	const running = await runningExchange(sandbox);
	token = running.token;
	gate = await openGate(running.endpoint);
}, 60_000);
afterAll(async () => {
	await sandbox.remove();
	await gate.close();
});

const toGate = (environment: NodeJS.ProcessEnv = {ADX_TOKEN: token}) => ({
	args: ['--endpoint', gate.endpoint, '--store', 'Sensor study'],
	environment,
});

describe('a refused token', () => {
	test('at the start is one clear message with the way on, and the shell stays', async () => {
		gate.refuse();
		const program = sandbox.open(toGate());
		await program.waitFor('token is wrong or has expired');
		const text = shellRows(program).join(' ');
		expect(text).toContain('ADX_TOKEN');
		expect(text).toContain('--token-file');
		program.write('help ls\r');
		await program.waitFor(/> help ls[\s\S]*ls \[/);
		program.write('!echo alive\r');
		await program.waitFor(/^│ alive /m);
		program.write('stores\r');
		await program.waitFor(() => promptRow(program).endsWith('wrong or has expired: new token:'));
		program.write(keys.escape);
		await program.waitFor(/> stores *│[\s\S]*stores: .*token is wrong or has expired/);
		await program.waitFor(() => promptRow(program).endsWith('>'));
		gate.open();
		program.write('stores\r');
		await program.waitFor(/^│ 'Sensor study' /m);
		program.write("use 'Sensor study'\r");
		await program.waitFor('Sensor study:/>');
		expect(await said(program, 'ls sensors')).toContain('6 files, 1 directory');
		expect((await leave(program)).exitCode).toBe(0);
		expect(program.transcript().toString()).not.toContain(token);
	});

	test('in mid-session is asked for; without one the command says it, and what is cached stays in reach', async () => {
		const program = await openScreen(sandbox, toGate());
		await said(program, 'ls sensors');
		gate.refuse();
		program.write('cat sensors/summary.json\r');
		await program.waitFor(() => promptRow(program).endsWith('new token:'));
		program.write(keys.escape);
		await program.waitFor(/ cat: .*token is wrong or has/);
		await program.waitFor(() => promptRow(program).endsWith('>'));
		expect((await said(program, 'ls sensors')).join(' ')).toContain('summary.json');
		gate.open();
		expect((await said(program, 'cat sensors/summary.json')).join(' ')).toContain('"max"');
		expect(program.transcript().toString()).not.toContain(token);
		program.kill();
	});
});

test('a server that says nothing can be waited for or left', async () => {
	gate.silence();
	const program = sandbox.open(toGate());
	await program.waitFor('connecting…');
	program.write('ls sensors\r');
	await program.waitFor(screen => screen[0]!.includes('⇣ ls'));
	program.write(keys.ctrl('c'));
	await program.waitFor(screen => !screen[0]!.includes('⇣'));
	expect((await leave(program)).exitCode).toBe(0);
	gate.open();
});

test('nobody listening is said by each line that needs somebody, and the shell stays', async () => {
	const program = sandbox.open({
		args: ['--endpoint', 'http://127.0.0.1:9/graphql'],
		environment: {ADX_TOKEN: secret},
	});
	await program.waitFor('127.0.0.1:9:');
	program.write('stores\r');
	await program.waitFor(/stores: .*127\.0\.0\.1:9/);
	program.write('!echo alive\r');
	await program.waitFor(/^│ alive /m);
	expect(promptRow(program)).toBe('adx-shell>');
	expect((await leave(program)).exitCode).toBe(0);
});

describe('the local exchange killed with -9 in mid-session', () => {
	test('comes back with the next command, and nothing is lost', async () => {
		const program = await openScreen(sandbox);
		await writeFile(path.join(sandbox.directory, 'precious.txt'), 'kept');
		await said(program, 'put precious.txt');
		const before = await runningExchange(sandbox);
		process.kill(before.pid, 'SIGKILL');
		expect(await said(program, 'cat precious.txt')).toEqual(['kept']);
		expect((await runningExchange(sandbox)).pid).not.toBe(before.pid);
		expect((await said(program, 'refresh; ls')).join(' ')).toContain('precious.txt');
		expect((await leave(program)).exitCode).toBe(0);
	});

	test('is found again by every shell that used it', async () => {
		const one = await openScreen(sandbox);
		const two = await openScreen(sandbox, {columns: 80, rows: 24});
		process.kill((await runningExchange(sandbox)).pid, 'SIGKILL');
		const answers = await Promise.all([said(one, 'cat precious.txt'), said(two, 'cat precious.txt')]);
		expect(answers).toEqual([['kept'], ['kept']]);
		one.kill();
		two.kill();
	});
});
