import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {createKeyring} from '../../../src/host/account/keyring.ts';
import {keyringProgram} from './fake-keyring.ts';

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'adx-keyring-'));
});
afterEach(async () => {
	vi.unstubAllEnvs();
	await rm(folder, {recursive: true});
});

/** Answers as the real program does, from a file, and notes what it was started with. */
const store = `
import {readFileSync, writeFileSync} from 'node:fs';
import {json} from 'node:stream/consumers';
const {action, account, token} = await json(process.stdin);
const folder = new URL('.', import.meta.url);
const file = new URL('secrets.json', folder);
let secrets = {};
try { secrets = JSON.parse(readFileSync(file, 'utf8')); } catch {}
const had = account in secrets;
if (action === 'set') secrets[account] = token;
if (action === 'remove') delete secrets[account];
writeFileSync(file, JSON.stringify(secrets));
writeFileSync(new URL('seen.json', folder), JSON.stringify([process.argv, process.env]));
process.stdout.write(JSON.stringify(action === 'get' ? {token: secrets[account] ?? null} : {removed: had}));
`;

test('keeps, gives and removes', async () => {
	const keyring = createKeyring({program: await keyringProgram(folder, store)});
	expect(await keyring.get('work')).toBeUndefined();
	await keyring.set('work', 'my-secret');
	expect(await keyring.get('work')).toBe('my-secret');
	expect(await keyring.remove('work')).toBe(true);
	expect(await keyring.remove('work')).toBe(false);
});

test('no argument and no variable of its process holds a token', async () => {
	vi.stubEnv('ADX_TOKEN', 'my-other-secret');
	const keyring = createKeyring({program: await keyringProgram(folder, store)});
	await keyring.set('work', 'my-secret');
	expect(await readFile(path.join(folder, 'seen.json'), 'utf8')).not.toMatch(/my-(other-)?secret/);
});

test.each([
	['absent', `process.stdout.write('{"failure":"absent"}')`, 'no keyring on this machine'],
	['locked', `process.stdout.write('{"failure":"refused"}')`, 'the keyring is locked, or refused'],
	['broken', 'process.abort()', 'no keyring on this machine'],
	['talking nonsense', `process.stdout.write('my-secret')`, 'no keyring on this machine'],
])('one that is %s is an error that says so', async (_, program, message) => {
	const keyring = createKeyring({program: await keyringProgram(folder, program)});
	await expect(keyring.get('work')).rejects.toMatchObject({code: 'local', message});
	await expect(keyring.set('work', 'my-secret')).rejects.toMatchObject({code: 'local', message});
});

test('one that waits for somebody is waited for so long and no longer', async () => {
	const program = await keyringProgram(folder, 'setInterval(() => undefined, 1000)');
	const keyring = createKeyring({program, timeout: 300});
	await expect(keyring.get('work')).rejects.toMatchObject({
		code: 'local',
		message: 'the keyring did not answer in 0.3 s',
		hint: 'unlock it',
	});
});

test('Ctrl-C does not wait for it', async () => {
	const program = await keyringProgram(folder, 'setInterval(() => undefined, 1000)');
	const cancel = new AbortController();
	const asking = createKeyring({program}).get('work', cancel.signal);
	cancel.abort();
	await expect(asking).rejects.toMatchObject({code: 'cancelled'});
});

test('without a session bus the real one is absent, and not the kernel’s in its place', async () => {
	vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', 'unix:path=/nowhere');
	if (process.platform !== 'linux') return;
	await expect(createKeyring().set('adx-test', 'x')).rejects.toMatchObject({
		message: 'no keyring on this machine',
	});
});
