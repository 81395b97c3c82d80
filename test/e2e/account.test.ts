import {mkdir, readFile, stat, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {accountDesk} from './account-desk.ts';
import {createSandbox, type Sandbox} from './sandbox.ts';

let sandbox: Sandbox;
let desk: Awaited<ReturnType<typeof accountDesk>>;
beforeAll(async () => {
	sandbox = await createSandbox();
	desk = await accountDesk(sandbox);
}, 60_000);
afterAll(() => sandbox.remove());

const config = (name: string) => path.join(sandbox.directory, '.config/adx-shell', name);
const login = (profile: string, token: string) =>
	sandbox.run(['login', '--profile', profile, '--endpoint', 'local'], {input: `${token}\n`});

describe('adx-shell login and logout', () => {
	test('keep a token that comes in by a pipe, for the next start, and remove it', async () => {
		const {stderr, stdout, code} = await login('ines', desk.ines);
		expect(code, stderr).toBe(0);
		expect(stdout).toBe('');
		expect(stderr).toMatch(/^logged in at local exchange as Ines Moreau, .+\nthe token is kept in a file/m);
		expect((await stat(config('tokens.json'))).mode & 0o777).toBe(0o600);

		const {stdout: who} = await sandbox.run(['-c', 'whoami --json']);
		expect(JSON.parse(who)).toMatchObject({firstName: 'Ines', profile: 'ines', tokenFrom: 'file'});

		const out = await sandbox.run(['logout', '-p', 'ines']);
		expect(out.stderr).toBe('ines: token removed from the file\n');
		expect(await readFile(config('tokens.json'), 'utf8')).not.toContain(desk.ines);
		expect(JSON.parse((await sandbox.run(['-c', 'whoami --json'])).stdout)).toMatchObject({profile: 'local'});
		expect((await sandbox.run(['logout'])).stderr).toMatch(/no profile is logged in by default/);
	});

	test('a token that is refused is kept nowhere', async () => {
		const {stderr, code} = await login('nobody', 'a-bad-token');
		expect(code).toBe(1);
		expect(stderr).toMatch(/^adx-shell: .*the token is wrong or has expired/);
		expect(stderr).not.toContain('a-bad-token');
		expect((await sandbox.run(['-c', 'profiles'])).stdout).not.toContain('nobody');
		expect(await desk.keptFor('nobody')).toBeUndefined();
	});

	test.each<[string, string[], string, number, RegExp]>([
		['an argument', ['login', 'a-bad-token'], '', 2, /a token is no argument/],
		[
			'an argument behind options',
			['login', '--profile', 'x', 'a-bad-token'],
			'',
			2,
			/a token is no argument/,
		],
		['an option', ['login', '--token=a-bad-token'], '', 2, /--token: no such option/],
		['nothing', ['login'], ' \n', 2, /standard input holds no token/],
		['two words', ['login', '--endpoint', 'local'], 'a-bad-token is it', 2, /not a token/],
		['plain http', ['login', '--endpoint', 'http://x.example/graphql'], 'a-bad-token', 2, /plain http/],
		['no network', ['login', '--endpoint', 'http://127.0.0.1:9/graphql'], 'a-bad-token', 3, /127\.0\.0\.1:9/],
	])('%s is one clear line, without the token', async (_, args, input, status, message) => {
		const {stderr, stdout, code} = await sandbox.run(args, {input});
		expect(stderr).toMatch(message);
		expect(stderr.trim().split('\n')).toHaveLength(1);
		expect(stdout + stderr).not.toContain('a-bad-token');
		expect(code).toBe(status);
	});

	test('at a terminal the token is typed unseen', async () => {
		const program = sandbox.open({args: ['login', '--profile', 'omar', '--endpoint', 'local']});
		await program.waitFor('token for local exchange (profile omar):');
		program.write(desk.omar);
		await program.waitFor(/\(profile omar\): •{20}$/m);
		program.write('\r');
		expect(await program.exit).toMatchObject({exitCode: 0});
		expect(program.screen().join('\n')).toContain('logged in at local exchange as Omar Dane');
		expect(program.transcript().toString()).not.toContain(desk.omar);
		expect(await desk.keptFor('omar')).toBe(desk.omar);
	});

	test('a token pasted behind the line that asks for it is the answer, not a line', async () => {
		const program = sandbox.open({args: ['--inline', '--local']});
		await program.waitFor('Sensor study:/>');
		program.write(`login --profile pasted --endpoint local\r${desk.ines}\rwhoami\r`);
		await program.waitFor(/logged in at local exchange as Ines[\s\S]*token from/);
		expect(await desk.keptFor('pasted')).toBe(desk.ines);
		expect(await desk.filesWith(desk.ines)).toEqual([]);
		program.write('logout\r');
		await program.waitFor('pasted: token removed');
	});

	test('Ctrl-C at the question leaves everything as it was', async () => {
		const program = sandbox.open({args: ['login', '--profile', 'left', '--endpoint', 'local']});
		await program.waitFor('(profile left):');
		program.write('half a tok\u0003');
		expect(await program.exit).toMatchObject({exitCode: 130});
		expect((await sandbox.run(['-c', 'profiles'])).stdout).not.toContain('left');
	});
});

describe('a script', () => {
	beforeAll(async () => {
		await login('ines', desk.ines);
		await login('omar', desk.omar);
		await sandbox.run(['-c', 'profile local --default']);
	});

	test('goes from one profile to another, each with its own things', async () => {
		const lines = ['stores', 'profile ines', 'stores', 'profile omar', 'whoami --json'];
		const {stdout, stderr, code} = await sandbox.run(lines.flatMap(line => ['-c', line]));
		expect(code, stderr).toBe(0);
		expect(stderr).toBe('ines: Ines Moreau\nomar: Omar Dane\n');
		expect(stdout).toMatch(/^Sensor study\t/m);
		expect(JSON.parse(stdout.trim().split('\n').at(-1)!)).toMatchObject({firstName: 'Omar', profile: 'omar'});
	});

	test('--profile and its variable choose one, and an unknown one is an error', async () => {
		const chosen = await sandbox.run(['--profile', 'ines', '-c', 'profile']);
		expect(chosen.stdout).toBe('ines\n');
		const named = await sandbox.run(['-c', 'profile'], {environment: {ADX_PROFILE: 'omar'}});
		expect(named.stdout).toBe('omar\n');
		const wrong = await sandbox.run(['--profile', 'omra', '-c', 'profile']);
		expect(wrong).toMatchObject({
			code: 2,
			stderr: 'adx-shell: omra: no such profile (did you mean omar?)\n',
		});
		const hostile = await sandbox.run(['--profile', '\u001b[31m', '-c', 'profile']);
		expect(hostile.stderr).toMatch(/^adx-shell: \\x1b\[31m: no such profile/);
	});

	test('without a way to the Exchange still lists profiles and goes to another one', async () => {
		await mkdir(path.dirname(config('x')), {recursive: true});
		const settings = JSON.parse(await readFile(config('config.json'), 'utf8'));
		settings.profiles.broken = {endpoint: 'local', password_command: 'echo my-secret; exit 7'};
		await writeFile(config('config.json'), JSON.stringify(settings));
		const {stdout, stderr, code} = await sandbox.run([
			...['--keep-going', '--profile', 'broken', '-c', 'ls', '-c', 'whoami', '-c', 'profiles'],
			...['-c', 'profile ines', '-c', 'whoami --json'],
		]);
		expect(stderr).toMatch(
			/^ls: password_command: ended with 7 \(run it in a terminal to see why\)\nwhoami: pass/,
		);
		expect(stdout + stderr).not.toContain('my-secret');
		expect(stdout).toMatch(/^broken\t.*password_command/m);
		expect(stdout).toContain('"firstName":"Ines"');
		expect(code).toBe(2);
	});

	test('a token that has expired is an error, asked by nobody', async () => {
		await login('old', await desk.newToken('ines', 'old'));
		await desk.expire('ines', 'old');
		const {stderr, code} = await sandbox.run(['--profile', 'old', '-c', 'stores']);
		expect(code).toBe(1);
		expect(stderr).toMatch(/^stores: .*the token is wrong or has expired/);
		expect(stderr.trim().split('\n')).toHaveLength(1);
	});

	test('settings with a typing slip are named with their line', async () => {
		const environment = {XDG_CONFIG_HOME: path.join(sandbox.directory, 'typo')};
		await mkdir(path.join(sandbox.directory, 'typo/adx-shell'), {recursive: true});
		const file = path.join(sandbox.directory, 'typo/adx-shell/config.json');
		await writeFile(file, '{"profiles": {\n\t"work": {"endpiont": "local"}\n}}');
		expect(await sandbox.run(['-c', 'pwd'], {environment})).toMatchObject({
			code: 2,
			stderr: `adx-shell: ${file}:2: profiles: work: endpiont: no such setting (did you mean endpoint?)\n`,
		});
	});
});

describe('a token from the environment', () => {
	test('is seen by nothing that is started from here', async () => {
		const environment = {ADX_TOKEN: desk.omar, ADX_ENDPOINT: 'local', SHELL: '/bin/sh'};
		const lines = ['!env', 'pwd | env', "!tr '\\0' '\\n' < /proc/$PPID/cmdline", 'whoami --json'];
		const {stdout, stderr, code} = await sandbox.run(
			lines.flatMap(line => ['-c', line]),
			{environment},
		);
		expect(code, stderr).toBe(0);
		expect(stdout).toMatch(/^PATH=/m);
		expect(stdout).toContain('"tokenFrom":"ADX_TOKEN"');
		expect(stdout).not.toContain(desk.omar);
	});

	test('goes before what a profile keeps', async () => {
		const {stdout} = await sandbox.run(['--profile', 'ines', '-c', 'whoami --json'], {
			environment: {ADX_TOKEN: desk.omar},
		});
		expect(JSON.parse(stdout)).toMatchObject({firstName: 'Omar', profile: 'ines', tokenFrom: 'ADX_TOKEN'});
	});
});
