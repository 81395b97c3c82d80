import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {text} from 'node:stream/consumers';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {createSandbox, program, type Sandbox} from './sandbox.ts';

let sandbox: Sandbox;
const served: ChildProcess[] = [];
beforeEach(async () => {
	sandbox = await createSandbox();
});
afterEach(async () => {
	for (const server of served.splice(0)) server.kill('SIGKILL');
	await sandbox.remove();
});

const folder = () => path.join(sandbox.directory, '.data/adx-shell/local-exchange');
const lock = async () =>
	JSON.parse(await readFile(path.join(folder(), 'exchange.lock'), 'utf8')) as {pid: number; endpoint: string};

/** `adx-shell serve`, and the variables it prints once it is ready. */
async function serve(...args: string[]) {
	const server = spawn(process.execPath, [program, 'serve', ...args], {
		env: sandbox.environment,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	served.push(server);
	let printed = '';
	let logged = '';
	server.stdout.on('data', chunk => {
		printed += chunk;
	});
	server.stderr.on('data', chunk => {
		logged += chunk;
	});
	while (printed.split('\n').length < 3) await once(server.stdout, 'data');
	const variables = Object.fromEntries(
		printed
			.trim()
			.split('\n')
			.map(line => line.split('=', 2) as [string, string]),
	);
	return {server, printed, variables, logged: () => logged};
}

describe('adx-shell serve', () => {
	test('words what is wrong with a query as the Exchange does', async () => {
		const {variables} = await serve();
		const ask = async (query: string) => {
			const response = await fetch(variables.ADX_ENDPOINT!, {
				method: 'POST',
				headers: {Authorization: variables.ADX_TOKEN!},
				body: JSON.stringify({query}),
			});
			return ((await response.json()) as {errors: {message: string}[]}).errors[0]?.message;
		};
		expect(await ask('{foo}')).toBe(
			"Validation error of type FieldUndefined: Field 'foo' in type 'Query' is undefined @ 'foo'",
		);
		expect(await ask('{...f} fragment f on Query {...f}')).toMatch(
			/^Validation error of type InvalidSyntax: /,
		);
	});

	test('prints where it is and its token in two lines, logs to stderr, and ends on Ctrl-C', async () => {
		const {server, printed, variables, logged} = await serve();
		expect(printed).toMatch(/^ADX_ENDPOINT=http:\/\/127\.0\.0\.1:\d+\/graphql\nADX_TOKEN=\S+\n$/);
		const {stdout, code} = await sandbox.run(['--store', 'Sensor study', '-c', 'pwd; get readme.txt'], {
			environment: variables,
		});
		expect({stdout, code}).toMatchObject({stdout: expect.stringContaining('Sensor study:/\n'), code: 0});
		expect(logged()).toContain('POST');
		expect(logged()).not.toContain(variables.ADX_TOKEN);
		expect(logged()).not.toMatch(/signature/i);
		server.kill('SIGINT');
		expect(await once(server, 'exit')).toEqual([0, null]);
		await expect(lock()).rejects.toThrow();
	}, 60_000);

	test('a taken port is an error of usage', async () => {
		const {variables} = await serve();
		const port = new URL(variables.ADX_ENDPOINT!).port;
		const other = spawn(process.execPath, [program, 'serve', '--port', port, '--data', `${folder()}-2`], {
			env: sandbox.environment,
			stdio: ['ignore', 'ignore', 'pipe'],
		});
		const [said, [code]] = await Promise.all([text(other.stderr), once(other, 'exit')]);
		expect(code).toBe(2);
		expect(said).toContain(port);
	}, 60_000);
});

describe('the exchange in the background', () => {
	test('is started once and shared by all shells, even when they start at the same moment', async () => {
		const runs = await Promise.all(Array.from({length: 4}, () => sandbox.run(['-c', 'pwd'])));
		expect(runs.map(({stdout, code}) => ({stdout, code}))).toEqual(
			Array(4).fill({stdout: 'Sensor study:/\n', code: 0}),
		);
		const {pid} = await lock();
		await sandbox.run(['-c', 'pwd']);
		expect((await lock()).pid).toBe(pid);
	}, 60_000);

	test('that was killed is replaced, with everything it had acknowledged', async () => {
		await writeFile(path.join(sandbox.directory, 'note.txt'), 'kept');
		expect((await sandbox.run(['-c', 'put note.txt'])).code).toBe(0);
		const before = await lock();
		process.kill(before.pid, 'SIGKILL');
		const {stdout, code} = await sandbox.run(['-c', 'cat note.txt']);
		expect({stdout, code}).toEqual({stdout: 'kept', code: 0});
		expect((await lock()).pid).not.toBe(before.pid);
	}, 60_000);

	test('ends by itself when nobody uses it', async () => {
		const {server} = await serve('--idle', '1');
		expect(await once(server, 'exit')).toEqual([0, null]);
	}, 60_000);

	test('what serve --reset throws away is made anew', async () => {
		await sandbox.run(['-c', 'mkdir mine']);
		process.kill((await lock()).pid, 'SIGTERM');
		const {server} = await serve('--reset');
		const {stdout} = await sandbox.run(['-c', 'ls']);
		expect(stdout).toContain('readme.txt');
		expect(stdout).not.toContain('mine');
		server.kill('SIGINT');
		await once(server, 'exit');
	}, 60_000);
});
