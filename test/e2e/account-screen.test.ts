import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Program} from '../support/pty.ts';
import {accountDesk} from './account-desk.ts';
import {createSandbox, type Sandbox} from './sandbox.ts';
import {keys, leave, openScreen, prompt, promptRow, said, shellRows} from './screen.ts';

let sandbox: Sandbox;
let desk: Awaited<ReturnType<typeof accountDesk>>;
beforeAll(async () => {
	sandbox = await createSandbox();
	desk = await accountDesk(sandbox);
	await sandbox.run(['login', '--profile', 'ines', '--endpoint', 'local'], {input: desk.ines});
	await sandbox.run(['login', '--profile', 'omar', '--endpoint', 'local'], {input: desk.omar});
	await sandbox.run(['-c', 'profile local --default']);
}, 60_000);
afterAll(() => sandbox.remove());

/** Waits until the screen asks for a token. */
const asked = (program: Program, question: RegExp) =>
	program.waitFor(() => question.test(promptRow(program)));

describe('in the screen', () => {
	test('login asks with dots, and prompt, panes and status go to the new profile', async () => {
		const program = await openScreen(sandbox);
		program.write('login --profile ines --endpoint local\r');
		await asked(program, /^token for local exchange \(profile ines\):$/);
		program.write(desk.ines);
		await asked(program, /: •{20}$/);
		program.write(keys.enter);
		await program.waitFor(screen => /ines · local exchange · Ines Moreau/.test(screen[0]!));
		await program.waitFor(() => promptRow(program).startsWith('Public climate'));
		expect(program.screen()[1]).not.toContain('Sensor study');
		await program.waitFor('logged in at local exchange as Ines Moreau');

		expect(await said(program, 'profile local')).toEqual(['local: Local User']);
		expect(promptRow(program)).toBe(prompt);
		await program.waitFor(screen => screen[0]!.includes('Local User'));

		program.write('exit\r');
		await program.exit;
		expect(program.transcript().toString()).not.toContain(desk.ines);
		expect(await desk.filesWith(desk.ines)).toEqual([]);
	});

	test('the next session of a profile begins where its last one was', async () => {
		const first = await openScreen(sandbox, {args: ['--profile', 'ines']});
		await said(first, 'cd weather');
		await said(first, 'profile local');
		expect(await said(first, 'pwd')).toEqual(['Sensor study:/']);
		await said(first, 'profile ines');
		expect(await said(first, 'pwd')).toEqual(['Public climate and power:/weather']);
		await leave(first);
	});

	test('the value of a new token is on the screen, and in no transcript and no file', async () => {
		const program = await openScreen(sandbox, {args: ['--profile', 'local']});
		const [value, note] = await said(program, 'token create nightly');
		expect(value).toMatch(/^[\w-]{30,}$/);
		expect(note).toBe('nightly: good for 30 days; its value is not shown again');
		program.write('exit\r');
		await program.exit;
		expect(program.terminal.buffer.active.type).toBe('normal');
		const left = program.scrollback().join('\n');
		expect(left).toContain('token create nightly\n…\nnightly: good for 30 days');
		expect(left).not.toContain(value);
		expect(await desk.filesWith(value!)).toEqual([]);
	});
});

describe('a token that expires in the middle of a session', () => {
	const open = async (name: string) => {
		const token = await desk.newToken('ines', name);
		await sandbox.run(['login', '--profile', name, '--endpoint', 'local'], {input: token});
		const program = await openScreen(sandbox, {args: ['--profile', name], columns: 160});
		await said(program, 'cd /weather');
		await program.waitFor(screen => screen[0]!.includes('Ines Moreau'));
		await desk.expire('ines', name);
		return program;
	};

	test('asks for a new one, and the same command goes on in the same place', async () => {
		const program = await open('short');
		program.write('mkdir made-afterwards\r');
		await asked(program, /^The token of short has expired: new token:$/);
		program.write('no-token\r');
		await program.waitFor(() => shellRows(program).some(row => row.includes('the token is wrong')));
		await asked(program, /new token:$/);
		program.write(`${desk.omar}\r`);
		await program.waitFor(() => shellRows(program).some(row => row.startsWith('That token is Omar Dane’s')));
		await asked(program, /new token:$/);
		program.write(`${desk.ines}\r`);
		await program.waitFor(() => promptRow(program).endsWith('/weather>'));
		expect(shellRows(program).join('\n')).not.toMatch(/^mkdir: /m);
		expect(await said(program, 'ls -d made-afterwards')).toEqual(['made-afterwards/']);
		expect(await desk.keptFor('short')).toBe(desk.ines);
		await said(program, 'rmdir made-afterwards');
		await leave(program);
		expect(program.transcript().toString()).not.toContain(desk.ines);
		expect(await desk.filesWith(desk.ines, desk.omar)).toEqual([]);
	});

	test('a question that is left is the error of before, and the session goes on', async () => {
		const program = await open('brief');
		program.write('stat /readme.md\r');
		await asked(program, /^The token of brief has expired: new token:$/);
		program.write(keys.ctrl('c'));
		await program.waitFor(() => /^stat: .*the token is wrong/m.test(shellRows(program).join('\n')));
		expect(await said(program, 'lpwd')).toEqual([sandbox.directory]);
		program.kill();
	});
});

describe('at a plain prompt', () => {
	test('login is typed unseen, does not come back with Up, and the prompt goes to the profile', async () => {
		const program = sandbox.open({args: ['--inline', '--profile', 'local']});
		await program.waitFor(/^Sensor study:\/>$/m);
		program.write('login --profile omar --endpoint local\r');
		await program.waitFor(/\(profile omar\):$/m);
		program.write(desk.omar);
		await program.waitFor(/\(profile omar\): •{20}$/m);
		program.write('\r');
		await program.waitFor(/logged in at local exchange as Omar Dane[\s\S]*\n\S.*:\/> ?$/m);
		program.write(`${keys.up}`);
		await program.waitFor(/> login --profile omar --endpoint local$/m);
		program.write(keys.ctrl('c'));
		program.write('profile\r');
		await program.waitFor(/^omar$/m);
		program.write('exit\r');
		await program.exit;
		expect(program.transcript().toString()).not.toContain(desk.omar);
		expect(await desk.filesWith(desk.omar)).toEqual([]);
	});

	test('a token that has expired is asked for', async () => {
		const token = await desk.newToken('omar', 'plain');
		await sandbox.run(['login', '--profile', 'plain', '--endpoint', 'local'], {input: token});
		const program = sandbox.open({args: ['--inline', '--profile', 'plain']});
		await program.waitFor(/:\/>$/m);
		await desk.expire('omar', 'plain');
		program.write('tokens\r');
		await program.waitFor(/^The token of plain .*: new token:$/m);
		program.write(`${desk.omar}\r`);
		await program.waitFor(/^sample\s+USER_FULL_ACCESS/m);
		expect(await desk.keptFor('plain')).toBe(desk.omar);
		program.kill();
	});
});
