import {execFile, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdir, readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {afterAll, beforeAll, expect, test, vi} from 'vitest';
import {createSandbox, program, type Sandbox} from './sandbox.ts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await createSandbox();
	await sandbox.run(['-c', 'pwd']);
}, 60_000);
afterAll(() => sandbox.remove());

/** Runs the program by a shell that sends its data to a place. */
const into = (place: string, ...args: readonly string[]) =>
	new Promise<{readonly code: number; readonly stderr: string}>(resolve => {
		const command = ['sh', '-c', `"$@" > ${place}`, 'sh', process.execPath, program, ...args];
		execFile('env', command, {env: sandbox.environment}, (error, _, stderr) =>
			resolve({code: Number(error?.code ?? 0), stderr}),
		);
	});

const full = 'adx-shell: the output: the local disk is full (make room and try again)\n';

test.runIf(process.platform === 'linux').each([
	['a script', ['-c', 'ls']],
	['a script that goes on', ['-c', 'ls', '-c', 'cat -f sensors/*.csv', '-c', 'lss']],
	['a help text', ['--help']],
	["a command's help text", ['login', '--help']],
])('%s says once that its data have no room', async (_, args) => {
	expect(await into('/dev/full', ...args)).toEqual({code: 1, stderr: full});
});

test('Ctrl-C is heard while the token is still being asked for, and ends what is asked', async () => {
	const file = path.join(sandbox.directory, 'asked');
	const settings = path.join(sandbox.directory, '.config/adx-shell/config.json');
	await mkdir(path.dirname(settings), {recursive: true});
	const password_command = `echo $$ > ${file}; exec sleep 600`;
	await writeFile(settings, JSON.stringify({profiles: {slow: {endpoint: 'local', password_command}}}));
	const args = [program, '--profile', 'slow', '-c', 'ls'];
	const child = spawn(process.execPath, args, {env: sandbox.environment, stdio: 'ignore'});
	const ended = once(child, 'exit');
	const pid = await vi.waitFor(async () => {
		const text = await readFile(file, 'utf8');
		expect(text).toMatch(/\n$/);
		return Number(text);
	}, 20_000);
	child.kill('SIGINT');
	expect(await ended).toEqual([130, null]);
	await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow(), 20_000);
});

test.each([
	['SIGINT', 130],
	['SIGTERM', 143],
	['SIGHUP', 129],
] as const)('%s ends a script with %i, as a shell tells it', async (signal, code) => {
	const child = spawn(process.execPath, [program, '-c', '!echo started; sleep 60'], {
		env: sandbox.environment,
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const ended = once(child, 'exit');
	await once(child.stdout, 'data');
	child.kill(signal);
	expect(await ended).toEqual([code, null]);
});
