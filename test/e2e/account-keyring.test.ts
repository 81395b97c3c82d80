import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, readdir, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {text} from 'node:stream/consumers';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {accountDesk} from './account-desk.ts';
import {createSandbox, program, type Sandbox} from './sandbox.ts';

/** Whether this machine has a session bus to start, and a keyring to put on it. */
async function hasKeyring(): Promise<boolean> {
	const probe = spawn('sh', ['-c', 'command -v dbus-run-session gnome-keyring-daemon'], {stdio: 'ignore'});
	const [code] = await once(probe, 'exit');
	return process.platform === 'linux' && code === 0;
}

describe.runIf(await hasKeyring())('with the keyring of a desktop', () => {
	let sandbox: Sandbox;
	let desk: Awaited<ReturnType<typeof accountDesk>>;
	let home: string;
	beforeAll(async () => {
		sandbox = await createSandbox();
		desk = await accountDesk(sandbox);
		home = await mkdtemp(path.join(tmpdir(), 'adx-keyring-home-'));
	}, 60_000);
	afterAll(async () => {
		await sandbox.remove();
		await rm(home, {recursive: true, force: true, maxRetries: 5});
	});

	const unlocked = 'printf word | gnome-keyring-daemon --unlock --components=secrets > /dev/null';
	const locked = 'gnome-keyring-daemon --start --components=secrets > /dev/null';
	const adx = `"${process.execPath}" "${program}"`;
	/** Runs lines of a system shell on a session bus of their own. */
	const session = async (...lines: readonly string[]) => {
		const child = spawn('dbus-run-session', ['--', 'sh', '-c', lines.join('\n')], {
			env: {...sandbox.environment, KEYRING_HOME: home, TOKEN: desk.ines, DISPLAY: ''},
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
		return {stdout, stderr};
	};
	const signIn = `printf %s "$TOKEN" | ${adx} login --profile ines --endpoint local`;

	test('a token is kept there and in no file, read from there, and removed', async () => {
		const {stdout, stderr} = await session(
			unlocked,
			signIn,
			`${adx} -c 'whoami --json'`,
			`${adx} -c 'profile local' -c 'profile ines' -c logout`,
			`${adx} --profile ines -c stores`,
		);
		expect(stderr).toContain('the token is kept in the keyring, as profile ines');
		expect(stdout).toContain('"tokenFrom":"keyring"');
		expect(stderr).toContain('ines: token removed from the keyring');
		expect(stderr).toContain('stores: ines: no token for local exchange');
		expect(await readdir(path.join(sandbox.directory, '.config/adx-shell'))).toEqual(['config.json']);
	});

	test('locked, it keeps nobody waiting: a login goes into a file, and says so', async () => {
		await session(unlocked, signIn);
		const {stdout, stderr} = await session(locked, `${adx} -c whoami`, signIn, `${adx} -c 'whoami --json'`);
		expect(stderr).toMatch(/^whoami: ines: the keyring is locked, or refused \(unlock it, or log in again/m);
		expect(stderr).toContain('the token is kept in a file that only you can read, as profile ines');
		expect(stdout).toContain('"tokenFrom":"file"');
		expect(await desk.keptFor('ines')).toBe(desk.ines);
	});
});
