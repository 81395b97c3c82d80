import {mkdtemp, realpath, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {createLocalProcesses} from '../../src/host/local-processes.ts';
import {ShellError} from '../../src/shell/errors.ts';

let directory: string;
beforeEach(async () => {
	directory = await realpath(await mkdtemp(path.join(tmpdir(), 'adx-process-')));
	vi.stubEnv('SHELL', '/bin/sh');
});
afterEach(async () => {
	vi.unstubAllEnvs();
	await rm(directory, {recursive: true, force: true});
});

type Options = {
	input?: AsyncIterable<Uint8Array>;
	signal?: AbortSignal;
	stderr?: 'inherit' | 'capture';
	onText?: (text: string) => void;
};
async function run(command: string, {stderr = 'capture', onText, ...options}: Options = {}) {
	const running = createLocalProcesses({stderr}).run(command, {directory, ...options});
	let text = '';
	let step = await running.next();
	for (; !step.done; step = await running.next()) {
		text += Buffer.from(step.value).toString();
		onText?.(text);
	}
	return {text, status: step.value};
}
async function* bytes(...chunks: string[]) {
	for (const chunk of chunks) yield Buffer.from(chunk);
}
const alive = (pid: number) => {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
};

test('yields the output and returns the exit code', async () => {
	expect(await run('pwd; exit 3')).toEqual({text: `${directory}\n`, status: 3});
	expect(await run('true')).toEqual({text: '', status: 0});
});

test('the user’s own shell runs it', async () => {
	vi.stubEnv('SHELL', '/bin/echo');
	expect((await run('hello', {stderr: 'inherit'})).text).toBe('-c hello\n');
	vi.stubEnv('SHELL', 'relative');
	expect((await run('echo hello')).text).toBe('hello\n');
});

test('a shell or a directory that is not there is a clear error', async () => {
	vi.stubEnv('SHELL', '/no/such/shell');
	await expect(run('true', {stderr: 'inherit'})).rejects.toThrow(
		'/no/such/shell: no such local file or directory',
	);
	vi.stubEnv('SHELL', '/bin/sh');
	await rm(directory, {recursive: true});
	await expect(run('true')).rejects.toThrow(`${directory}: no such local file or directory`);
});

test('captured errors stand between the lines of the output', async () => {
	expect((await run('echo one; echo two >&2; echo three')).text).toBe('one\ntwo\nthree\n');
	expect((await run('echo one; echo two >/dev/null', {stderr: 'inherit'})).text).toBe('one\n');
});

test('a signal counts as in bash', async () => {
	expect((await run('kill -TERM $$', {stderr: 'inherit'})).status).toBe(143);
});

test('without input stdin is empty, with it is fed to the end', async () => {
	expect(await run('cat')).toEqual({text: '', status: 0});
	expect((await run('cat', {input: bytes('one ', 'two')})).text).toBe('one two');
});

test('a reader that stops early ends the input, and is no error', async () => {
	let sent = 0;
	let ended = false;
	async function* endless() {
		try {
			for (; sent < 1000; sent++) yield Buffer.alloc(65_536, 'x\n');
		} finally {
			ended = true;
		}
	}
	expect(await run('head -n 1', {input: endless()})).toEqual({text: 'x\n', status: 0});
	await vi.waitFor(() => expect(ended).toBe(true), 20_000);
	expect(sent).toBeLessThan(1000);
});

test('an input that fails fails the whole', async () => {
	async function* broken() {
		yield Buffer.from('some');
		throw new ShellError('connection', 'dropped');
	}
	await expect(run('cat', {input: broken()})).rejects.toThrow('dropped');
});

test('much input and much output at once do not wait for each other', async () => {
	async function* much() {
		for (let count = 0; count < 100; count++) yield Buffer.alloc(65_536, 'y');
	}
	expect((await run('cat', {input: much()})).text).toHaveLength(6_553_600);
});

test('an abort ends the command and what it has started', async () => {
	const stop = new AbortController();
	let pids: number[] = [];
	const running = run('sleep 1000 & echo $! $$; wait', {
		signal: stop.signal,
		onText: text => {
			pids = text.trim().split(' ').map(Number);
			stop.abort();
		},
	});
	await expect(running).rejects.toMatchObject({code: 'cancelled'});
	expect(pids).toHaveLength(2);
	await vi.waitFor(() => expect(pids.some(alive)).toBe(false), 20_000);
});

test('leaving the output early ends the command', async () => {
	const running = createLocalProcesses({stderr: 'inherit'}).run('echo $$; exec sleep 1000', {directory});
	const pid = Number(Buffer.from((await running.next()).value as Uint8Array).toString());
	await running.return(0);
	await vi.waitFor(() => expect(alive(pid)).toBe(false), 20_000);
});

test('something left in the background does not hold the prompt', async () => {
	const {text, status} = await run('sleep 1000 & echo $!');
	expect(status).toBe(0);
	process.kill(Number(text), 'SIGKILL');
});

test('the environment holds no token', async () => {
	vi.stubEnv('ADX_TOKEN', 'secret-1');
	vi.stubEnv('ADX_TOKEN_FILE', 'secret-2');
	vi.stubEnv('ADX_OTHER_PASSWORD', 'secret-3');
	vi.stubEnv('ADX_ENDPOINT', 'https://example.org/graphql');
	const {text} = await run('env');
	expect(text).not.toContain('secret-');
	expect(text).toContain('ADX_ENDPOINT=https://example.org/graphql');
});
