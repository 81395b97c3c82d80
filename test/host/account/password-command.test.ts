import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {runPasswordCommand} from '../../../src/host/account/password-command.ts';

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'adx-password-'));
});
afterEach(async () => {
	vi.unstubAllEnvs();
	await rm(folder, {recursive: true});
});

test('the first line that it prints is the token', async () => {
	expect(await runPasswordCommand("printf ' a-token \\r\\nsecond line\\n'")).toBe('a-token');
	expect(await runPasswordCommand('printf a-token')).toBe('a-token');
});

test.each([
	['fails', 'echo my-secret; echo my-secret >&2; exit 3', 'password_command: ended with 3'],
	['is not there', 'adx-no-such-command', 'password_command: ended with 127'],
	['is killed', 'kill -9 $$', 'password_command: ended with SIGKILL'],
	['prints nothing', 'true', 'password_command: printed nothing'],
	['prints an empty line first', 'echo; echo my-secret', 'password_command: printed nothing'],
	['prints what is no token', "echo 'my-secret is this'", 'password_command: not a token'],
])('one that %s is an error, without anything that it printed', async (_, command, message) => {
	const error = (await runPasswordCommand(command).catch((thrown: unknown) => thrown)) as Error;
	expect(error).toMatchObject({code: 'config', exitCode: 2, message});
	expect(JSON.stringify(error) + error.stack).not.toContain('my-secret');
});

/** The process id that a command writes to a file, once it has. */
async function startedIn(file: string): Promise<number> {
	for (;;) {
		const text = await readFile(file, 'utf8').catch(() => '');
		if (text.endsWith('\n')) return Number(text);
	}
}

test('one that hangs is ended, with all that it has started', async () => {
	const file = path.join(folder, 'pid');
	const command = `sleep 600 & echo $! > ${file}; wait`;
	vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout']});
	const running = runPasswordCommand(command, {timeout: 600_000}).catch((thrown: unknown) => thrown);
	const pid = await startedIn(file);
	vi.advanceTimersByTime(600_000);
	vi.useRealTimers();
	expect(await running).toMatchObject({code: 'timeout', message: 'password_command: no answer in 600 s'});
	await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow(), 20_000);
});

test('what it leaves running is not waited for, and goes on', async () => {
	const file = path.join(folder, 'agent');
	const command = `sleep 30 & echo $! > '${file}'; printf a-token`;
	expect(await runPasswordCommand(command, {timeout: 20_000})).toBe('a-token');
	const agent = Number(await readFile(file, 'utf8'));
	expect(process.kill(agent, 'SIGKILL')).toBe(true);
});

test('is cancelled with the line', async () => {
	const cancel = new AbortController();
	const running = runPasswordCommand('sleep 600', {signal: cancel.signal});
	cancel.abort();
	await expect(running).rejects.toMatchObject({code: 'cancelled'});
});

test('sees no token of the program', async () => {
	vi.stubEnv('ADX_TOKEN', 'my-secret');
	vi.stubEnv('ADX_TOKEN_FILE', '/my-secret');
	expect(await runPasswordCommand('echo "token:$ADX_TOKEN$ADX_TOKEN_FILE"')).toBe('token:');
});
