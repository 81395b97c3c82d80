import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import type {Connection, TokenSource} from '../../../src/config/connection.ts';
import {createTokenStore} from '../../../src/host/account/token-store.ts';
import {createTokensFile} from '../../../src/host/account/tokens-file.ts';
import {fakeKeyring} from './fake-keyring.ts';

let folder: string;
let keyring: ReturnType<typeof fakeKeyring>;
let file: ReturnType<typeof createTokensFile>;
let store: ReturnType<typeof createTokenStore>;
beforeEach(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'adx-store-'));
	keyring = fakeKeyring();
	file = createTokensFile(path.join(folder, 'tokens.json'));
	store = createTokenStore(keyring, file);
});
afterEach(() => rm(folder, {recursive: true}));

const endpoint = 'https://work.example/graphql';
const from = (source: TokenSource | undefined): Connection => ({
	kind: 'remote',
	endpoint,
	profile: 'work',
	source,
	store: undefined,
	database: undefined,
});
const inKeyring = from({kind: 'keyring', label: 'keyring'});
const inFile = from({kind: 'file', label: 'file'});

describe('a token is kept', () => {
	test('in the keyring, and in no file', async () => {
		await file.set('work', endpoint, 'an-older-one');
		expect(await store.keep('work', endpoint, 'a-token')).toEqual({where: 'keyring', notes: []});
		expect([...keyring.secrets]).toEqual([[`work ${endpoint}`, 'a-token']]);
		expect(await file.get('work', endpoint)).toEqual({});
		expect(await store.read(inKeyring)).toEqual({token: 'a-token'});
	});

	test('in the file where the keyring refuses, and it says why', async () => {
		keyring.failure = 'the keyring is locked, or refused';
		expect(await store.keep('work', endpoint, 'a-token')).toEqual({
			where: 'file',
			notes: ['the keyring is locked, or refused'],
		});
		expect(await store.read(inFile)).toEqual({token: 'a-token'});
	});

	test('where it was, when it takes the place of another', async () => {
		await store.keep('work', endpoint, 'a-token', {only: 'file'});
		expect(keyring.secrets.size).toBe(0);
		expect(await store.read(inFile)).toEqual({token: 'a-token'});
		keyring.failure = 'locked';
		await expect(store.keep('work', endpoint, 'x', {only: 'keyring'})).rejects.toMatchObject({code: 'local'});
	});
});

describe('a token is read', () => {
	test('from a file that holds it and nothing else', async () => {
		const token = path.join(folder, 'token');
		await writeFile(token, '\ufeffa-token\r\n');
		expect(await store.read(from({kind: 'path', path: token, label: '--token-file'}))).toEqual({
			token: 'a-token',
		});
	});

	test('from a command', async () => {
		const source: TokenSource = {kind: 'command', command: 'echo a-token', label: 'password_command'};
		expect(await store.read(from(source))).toEqual({token: 'a-token'});
	});

	test('from nowhere for the local exchange’s own user', async () => {
		expect(await store.read(from({kind: 'folder', label: 'data folder'}))).toBeUndefined();
	});

	test.each<[string, TokenSource | undefined, RegExp]>([
		['nowhere', undefined, /^work: no token for work\.example$/],
		['a keyring without it', {kind: 'keyring', label: 'keyring'}, /^work: no token for work\.example$/],
		['a file without it', {kind: 'file', label: 'file'}, /^work: no token for work\.example$/],
		['a file that is not there', {kind: 'path', path: '/nowhere', label: 'x'}, /^\/nowhere: .*\(ENOENT\)$/],
		['an empty variable', {kind: 'variable', value: ' ', label: 'ADX_TOKEN'}, /^ADX_TOKEN: holds no token$/],
		['two words', {kind: 'variable', value: 'my-secret is', label: 'ADX_TOKEN'}, /^ADX_TOKEN: not a token$/],
		[
			'a control',
			{kind: 'variable', value: 'my-secret\u0007', label: 'ADX_TOKEN'},
			/^ADX_TOKEN: not a token$/,
		],
	])('%s is an error of the configuration', async (_, source, message) => {
		const error = (await store.read(from(source)).catch((thrown: unknown) => thrown)) as Error;
		expect(error).toMatchObject({code: 'config', message: expect.stringMatching(message)});
		expect(JSON.stringify(error) + error.stack).not.toContain('my-secret');
	});

	test('a file that is no token file is refused without showing what is in it', async () => {
		const notes = path.join(folder, 'notes');
		await writeFile(notes, 'my password is hunter2');
		const reading = store.read(from({kind: 'path', path: notes, label: '--token-file'}));
		await expect(reading).rejects.toThrow(`${notes}: not a token`);
		await expect(reading).rejects.not.toThrow(/hunter2/);
	});

	test('a locked keyring says what to do', async () => {
		keyring.failure = 'the keyring did not answer in 10 s';
		await expect(store.read(inKeyring)).rejects.toMatchObject({
			code: 'local',
			message: 'work: the keyring did not answer in 10 s',
			hint: 'log in again: `login --profile work`',
		});
	});
});

describe('a token is removed', () => {
	test('from wherever it is', async () => {
		await store.keep('work', endpoint, 'a-token');
		expect(await store.remove('work', endpoint, 'keyring')).toEqual(['keyring']);
		expect(keyring.secrets.size).toBe(0);
		await file.set('work', endpoint, 'a-token');
		expect(await store.remove('work', endpoint, 'file')).toEqual(['file']);
		expect(await store.remove('work', endpoint, undefined)).toEqual([]);
	});

	test('never in word only: a keyring that refuses is an error', async () => {
		await store.keep('work', endpoint, 'a-token');
		keyring.failure = 'the keyring is locked, or refused';
		await expect(store.remove('work', endpoint, 'keyring')).rejects.toMatchObject({code: 'local'});
	});
});
