import {mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {type Connection, connectionOf} from '../../../src/config/connection.ts';
import {foldersOf} from '../../../src/config/paths.ts';
import {type Accounts, createAccounts, type Entered} from '../../../src/host/account/accounts.ts';
import type {Open} from '../../../src/host/account/open.ts';
import {createTokenStore} from '../../../src/host/account/token-store.ts';
import {createTokensFile} from '../../../src/host/account/tokens-file.ts';
import {ShellError} from '../../../src/shell/errors.ts';
import type {Exchange} from '../../../src/shell/ports.ts';
import {ada} from '../../support/memory-account.ts';
import {memoryExchange} from '../../support/memory-exchange.ts';
import {fakeKeyring} from './fake-keyring.ts';

let home: string;
let keyring: ReturnType<typeof fakeKeyring>;
/** `work.example a-token`, for each Exchange that is open. */
let open: string[];
beforeEach(async () => {
	home = await mkdtemp(path.join(tmpdir(), 'adx-accounts-'));
	await mkdir(path.join(home, 'adx-shell'));
	keyring = fakeKeyring();
	open = [];
});
afterEach(() => rm(home, {recursive: true}));

const workEndpoint = 'https://work.example/graphql';
const labEndpoint = 'https://lab.example/graphql';
const settingsPath = () => path.join(home, 'adx-shell/config.json');
const settings = async () => JSON.parse(await readFile(settingsPath(), 'utf8'));
const write = (value: unknown) => writeFile(settingsPath(), JSON.stringify(value));

/** Tokens that begin with `bad` are refused when somebody asks whose they are. */
const exchanges: Open = async target => {
	const name = `${target.kind === 'local' ? 'local' : new URL(target.endpoint).host} ${target.token}`;
	open.push(name);
	const exchange = memoryExchange({});
	return {
		...exchange,
		endpoint: target.kind === 'local' ? 'local' : target.endpoint,
		user: async () => {
			if (target.token?.startsWith('bad')) throw new ShellError('unauthorized', 'a bad token');
			return {...ada, userId: `user of ${target.token}`};
		},
		close: () => {
			open.splice(open.indexOf(name), 1);
		},
	};
};

type Desk = Accounts<Exchange> & {readonly entered: Entered<Exchange>[]; readonly said: string[]};

function desk(connection?: Connection): Desk {
	const folders = foldersOf({XDG_CONFIG_HOME: home});
	const directory = path.join(home, 'data');
	const tokens = createTokenStore(keyring, createTokensFile(path.join(home, 'tokens.json')));
	const config = {
		connection: connection ?? connectionOf('local', {profiles: {}}, directory),
		folders,
		localDirectory: directory,
	};
	const accounts = createAccounts(config, exchanges, tokens);
	const entered: Entered<Exchange>[] = [];
	const said: string[] = [];
	accounts.attach({
		say: text => said.push(text),
		onEnter: async next => void entered.push(next),
	});
	return {...accounts, entered, said};
}
const signedIn = async (accounts: Desk, profile: string, endpoint: string, token = 'a-token') =>
	accounts.account.signIn(await accounts.account.planSignIn({profile, endpoint}), token);

test('an Exchange that is still being opened when the session ends is closed too', async () => {
	const accounts = desk();
	const connecting = accounts.connect();
	accounts.close();
	await connecting;
	expect(open).toEqual([]);
});

describe('logging in', () => {
	test('keeps the token, makes the profile the default, and takes the session there', async () => {
		const accounts = desk();
		await accounts.connect();
		const {user, kept} = await signedIn(accounts, 'work', workEndpoint, ' a-token\n');
		expect(user.userId).toBe('user of a-token');
		expect(kept).toEqual({where: 'keyring', notes: []});
		expect(await settings()).toEqual({
			profile: 'work',
			profiles: {work: {endpoint: workEndpoint, token: 'keyring'}},
		});
		expect([...keyring.secrets]).toEqual([[`work ${workEndpoint}`, 'a-token']]);
		expect(accounts.entered).toMatchObject([{connection: {profile: 'work', endpoint: workEndpoint}}]);
		expect(accounts.account.current()).toEqual({profile: 'work', tokenFrom: 'keyring'});
		expect(open).toEqual(['work.example a-token']);
	});

	test('a refused token is kept nowhere, and the session stays', async () => {
		const accounts = desk();
		await accounts.connect();
		await expect(signedIn(accounts, 'work', workEndpoint, 'bad-token')).rejects.toMatchObject({
			code: 'unauthorized',
		});
		await expect(settings()).rejects.toThrow('ENOENT');
		expect(keyring.secrets.size).toBe(0);
		expect(accounts.entered).toEqual([]);
		expect(open).toEqual(['local undefined']);
	});

	test('anew takes the place of the old token', async () => {
		const accounts = desk();
		await signedIn(accounts, 'work', workEndpoint, 'one');
		await signedIn(accounts, 'work', workEndpoint, 'two');
		expect([...keyring.secrets.values()]).toEqual(['two']);
		expect(open).toEqual(['work.example two']);
	});

	test('elsewhere leaves no token for the endpoint before', async () => {
		const accounts = desk();
		await signedIn(accounts, 'work', workEndpoint, 'one');
		await signedIn(accounts, 'work', labEndpoint, 'two');
		expect([...keyring.secrets]).toEqual([[`work ${labEndpoint}`, 'two']]);
	});

	test('without a word of a profile is for the one that the session is in, else for `default`', async () => {
		const accounts = desk();
		expect((await accounts.account.planSignIn({})).profile).toBe('default');
		await signedIn(accounts, 'work', workEndpoint);
		expect(await accounts.account.planSignIn({})).toEqual({
			profile: 'work',
			endpoint: workEndpoint,
			host: 'work.example',
		});
		await expect(accounts.account.planSignIn({endpoint: labEndpoint})).rejects.toMatchObject({
			code: 'config',
			message: 'work: this profile is of work.example',
			hint: 'choose another name: --profile NAME',
		});
	});

	test.each<[string, {profile?: string; endpoint?: string}, RegExp]>([
		['the local exchange’s own user', {profile: 'local'}, /^local: the local exchange needs no login$/],
		['a name that is none', {profile: 'a b'}, /^a b: not a name for a profile$/],
		['plain http', {endpoint: 'http://work.example/graphql'}, /^work\.example: plain http would show/],
		['a word for an endpoint', {endpoint: 'work'}, /^work: not an endpoint$/],
		['a profile with a command', {profile: 'cmd'}, /^cmd: its token comes from password_command$/],
	])('%s is refused before a token is asked for', async (_, wanted, message) => {
		await write({profiles: {cmd: {password_command: 'x'}}});
		await expect(desk().account.planSignIn(wanted)).rejects.toMatchObject({
			code: 'config',
			message: expect.stringMatching(message),
		});
	});

	test('says when a token from the environment goes before it', async () => {
		const accounts = desk({
			kind: 'remote',
			endpoint: workEndpoint,
			profile: undefined,
			source: {kind: 'variable', value: 'other', label: 'ADX_TOKEN'},
			store: undefined,
			database: undefined,
		});
		const {kept} = await signedIn(accounts, 'work', workEndpoint);
		expect(kept.notes).toEqual(['ADX_TOKEN is set, and goes before it at the next start']);
	});
});

describe('another profile', () => {
	test('is gone to with its own token, and the connection before is closed', async () => {
		const accounts = desk();
		await signedIn(accounts, 'work', workEndpoint, 'works');
		await signedIn(accounts, 'lab', labEndpoint, 'labs');
		await accounts.account.enter('work');
		expect(open).toEqual(['work.example works']);
		await accounts.account.enter('local');
		expect(open).toEqual(['local undefined']);
		expect(accounts.account.current()).toEqual({profile: 'local', tokenFrom: 'data folder'});
		expect((await settings()).profile).toBe('lab');
	});

	test('as default is started in, local too', async () => {
		const accounts = desk();
		await signedIn(accounts, 'work', workEndpoint);
		await signedIn(accounts, 'lab', labEndpoint);
		await accounts.account.enter('work', {asDefault: true});
		expect((await settings()).profile).toBe('work');
		await accounts.account.enter('local', {asDefault: true});
		expect(await settings()).not.toHaveProperty('profile');
	});

	test.each([
		['unknown', 'wrok', {code: 'config', message: 'wrok: no such profile', hint: 'did you mean work?'}],
		['refused', 'lab', {code: 'unauthorized'}],
		['without a token', 'out', {code: 'config', message: `out: no token for out.example`}],
	])('that is %s leaves the session where it is', async (_, name, error) => {
		const accounts = desk();
		await signedIn(accounts, 'work', workEndpoint);
		await signedIn(accounts, 'lab', labEndpoint);
		keyring.secrets.set(`lab ${labEndpoint}`, 'bad-by-now');
		await write({profiles: {...(await settings()).profiles, out: {endpoint: 'https://out.example/graphql'}}});
		await accounts.account.enter('work');
		const {length} = accounts.entered;
		await expect(accounts.account.enter(name)).rejects.toMatchObject(error);
		expect(accounts.account.current().profile).toBe('work');
		expect(accounts.entered).toHaveLength(length);
		expect(open).toEqual(['work.example a-token']);
	});

	test('whose place cannot be had leaves the session where it is', async () => {
		const accounts = desk();
		await signedIn(accounts, 'work', workEndpoint);
		accounts.attach({
			say: () => undefined,
			onEnter: async () => {
				throw new ShellError('not-found', 'Campus: no such data store');
			},
		});
		await expect(accounts.account.enter('local')).rejects.toThrow('Campus');
		expect(accounts.account.current().profile).toBe('work');
		expect(open).toEqual(['work.example a-token']);
	});
});

describe('logging out', () => {
	test('removes the token, keeps the settings, and goes to the local exchange', async () => {
		const accounts = desk();
		await signedIn(accounts, 'work', workEndpoint);
		expect(await accounts.account.signOut(undefined)).toEqual({profile: 'work', from: ['keyring']});
		expect(keyring.secrets.size).toBe(0);
		expect(await settings()).toEqual({profiles: {work: {endpoint: workEndpoint}}});
		expect(open).toEqual(['local undefined']);
		expect(accounts.account.current().profile).toBe('local');
	});

	test('of another profile leaves session and default alone', async () => {
		const accounts = desk();
		await signedIn(accounts, 'lab', labEndpoint);
		await signedIn(accounts, 'work', workEndpoint);
		await accounts.account.signOut('lab');
		expect(accounts.account.current().profile).toBe('work');
		expect((await settings()).profile).toBe('work');
		expect(open).toEqual(['work.example a-token']);
	});

	test('in a script leaves no Exchange', async () => {
		const accounts = desk();
		await signedIn(accounts, 'work', workEndpoint);
		let left = 0;
		accounts.attach({say: () => undefined, onEnter: async () => undefined, onLeave: () => left++});
		await accounts.account.signOut(undefined);
		expect(left).toBe(1);
		expect(open).toEqual([]);
	});

	test('with a keyring that refuses is an error, and nothing is forgotten', async () => {
		const accounts = desk();
		await signedIn(accounts, 'work', workEndpoint);
		keyring.failure = 'the keyring is locked, or refused';
		await expect(accounts.account.signOut(undefined)).rejects.toMatchObject({code: 'local'});
		expect((await settings()).profiles.work.token).toBe('keyring');
		expect(accounts.account.current().profile).toBe('work');
	});

	test('where no token is kept says so', async () => {
		await write({profiles: {cmd: {endpoint: workEndpoint, password_command: 'echo x'}}});
		expect(await desk().account.signOut('cmd')).toEqual({profile: 'cmd', from: []});
		await expect(desk().account.signOut('local')).rejects.toMatchObject({code: 'config'});
	});
});

test('profiles are listed with where their tokens are, and nothing of them', async () => {
	const accounts = desk();
	await signedIn(accounts, 'work', workEndpoint, 'my-secret');
	await write({profiles: {...(await settings()).profiles, cmd: {password_command: 'echo my-secret'}}});
	const profiles = await accounts.account.profiles();
	expect(profiles).toMatchObject([
		{name: 'local', endpoint: null, token: 'data folder', current: false},
		{name: 'cmd', token: 'password_command'},
		{name: 'work', endpoint: workEndpoint, token: 'keyring', current: true},
	]);
	expect(JSON.stringify(profiles)).not.toContain('my-secret');
});

describe('a new token of the session’s', () => {
	test('is kept for its profile, and the session goes on with the old one', async () => {
		const accounts = desk();
		await signedIn(accounts, 'work', workEndpoint, 'old');
		expect(await accounts.account.keep?.('new')).toEqual({profile: 'work', where: 'keyring', notes: []});
		expect([...keyring.secrets.values()]).toEqual(['new']);
		expect(open).toEqual(['work.example old']);
	});

	test('is of no use to the local exchange’s own user', () => {
		expect(desk().account.keep).toBeUndefined();
	});
});

test('others who can read the tokens are warned of', async () => {
	keyring.failure = 'no keyring on this machine';
	const accounts = desk();
	await signedIn(accounts, 'work', workEndpoint);
	const {chmod} = await import('node:fs/promises');
	await chmod(path.join(home, 'tokens.json'), 0o640);
	const again = desk(connectionOf('work', await settings(), ''));
	await again.connect();
	expect(again.said).toEqual([expect.stringContaining('others on this machine can read')]);
});
