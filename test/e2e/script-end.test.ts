import {execFile, spawn} from 'node:child_process';
import {once} from 'node:events';
import {afterAll, beforeAll, expect, test} from 'vitest';
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

test('a terminal that is closed ends a script as Ctrl-C does', async () => {
	const child = spawn(process.execPath, [program, '-c', '!echo started; sleep 60'], {
		env: sandbox.environment,
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const ended = once(child, 'exit');
	await once(child.stdout, 'data');
	child.kill('SIGHUP');
	expect(await ended).toEqual([130, null]);
});
