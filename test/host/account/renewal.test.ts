import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import type {Connection, TokenSource} from '../../../src/config/connection.ts';
import {type Held, renewal} from '../../../src/host/account/renewal.ts';
import {createTokenStore} from '../../../src/host/account/token-store.ts';
import {createTokensFile} from '../../../src/host/account/tokens-file.ts';
import {ShellError} from '../../../src/shell/errors.ts';
import type {User} from '../../../src/shell/ports.ts';
import {ada} from '../../support/memory-account.ts';
import {fakeKeyring} from './fake-keyring.ts';

const endpoint = 'https://work.example/graphql';
const refused = new ShellError('unauthorized', 'work.example: the token is wrong or has expired');
const bob: User = {...ada, userId: 'user.2', firstName: 'Bob'};
/** Tokens that are good, by whose they are. */
const good: Readonly<Record<string, User>> = {fresh: ada, other: ada, bobs: bob};

/** As an answer: no line waits for one. */
const nobody = '(nobody)';

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'adx-renewal-'));
});
afterEach(() => rm(folder, {recursive: true}));

function desk(source: TokenSource, answers: readonly string[] | undefined) {
	const keyring = fakeKeyring();
	const file = createTokensFile(path.join(folder, 'tokens.json'));
	const tokens = createTokenStore(keyring, file);
	const said: string[] = [];
	const asked: string[] = [];
	const left = [...(answers ?? [])];
	const connection: Connection = {
		kind: 'remote',
		endpoint,
		profile: 'work',
		source,
		store: undefined,
		database: undefined,
	};
	const held: Held = {connection, token: 'expired', user: ada};
	const askSecret = async (question: string): Promise<string | undefined> => {
		asked.push(question);
		const answer = left.shift() ?? '';
		return answer === nobody ? undefined : answer;
	};
	const renew = renewal(held, {
		tokens,
		whose: async (_, token) => {
			if (token === 'unsure') throw new ShellError('connection', 'work.example: no answer');
			const owner = good[token];
			if (!owner) throw refused;
			return owner;
		},
		say: text => said.push(text),
		askSecret: answers && askSecret,
	});
	return {renew: () => renew(refused), held, keyring, file, said, asked};
}
const inFile: TokenSource = {kind: 'file', label: 'file'};
const inKeyring: TokenSource = {kind: 'keyring', label: 'keyring'};

describe('without a question', () => {
	test('a token file that has changed gives the new one', async () => {
		const token = path.join(folder, 'token');
		await writeFile(token, 'fresh\n');
		const {renew, held, asked} = desk({kind: 'path', path: token, label: '--token-file'}, []);
		expect(await renew()).toBe('fresh');
		expect(held.token).toBe('fresh');
		expect(asked).toEqual([]);
	});

	test('a password command is asked once more', async () => {
		const {renew, asked} = desk({kind: 'command', command: 'echo fresh', label: 'password_command'}, []);
		expect(await renew()).toBe('fresh');
		expect(asked).toEqual([]);
	});

	test('what another shell has stored since serves this one', async () => {
		const {renew, keyring, asked} = desk(inKeyring, []);
		keyring.secrets.set(`work ${endpoint}`, 'fresh');
		expect(await renew()).toBe('fresh');
		expect(asked).toEqual([]);
	});

	test.each([
		['the same as before', 'expired'],
		['refused, too', 'wrong'],
		['somebody else’s', 'bobs'],
	])('a token that is %s is not used', async (_, token) => {
		const {renew, held} = desk({kind: 'command', command: `echo ${token}`, label: 'x'}, undefined);
		expect(await renew()).toBeUndefined();
		expect(held.token).toBe('expired');
	});
});

describe('with a person', () => {
	test('asks whose it is to be, checks it, and puts it where the old one was', async () => {
		const {renew, held, file, keyring, asked, said} = desk(inFile, [' fresh ']);
		expect(await renew()).toBe('fresh');
		expect(asked).toEqual(['The token of work has expired: new token:']);
		expect(held).toMatchObject({token: 'fresh', user: ada});
		expect(await file.get('work', endpoint)).toEqual({token: 'fresh'});
		expect(keyring.secrets.size).toBe(0);
		expect(said).toEqual([]);
	});

	test('into the keyring it goes only when it was there', async () => {
		const {renew, file, keyring} = desk(inKeyring, ['fresh']);
		await renew();
		expect([...keyring.secrets.values()]).toEqual(['fresh']);
		expect(await file.get('work', endpoint)).toEqual({});
	});

	test('a keyring that has locked since keeps nobody from going on', async () => {
		const {renew, keyring, held, said} = desk(inKeyring, ['fresh']);
		keyring.failure = 'the keyring is locked, or refused';
		expect(await renew()).toBe('fresh');
		expect(held.isTyped).toBe(true);
		expect(said).toEqual(['The new token is good for this session only: the keyring is locked, or refused']);
	});

	test('one that came from outside cannot be put there', async () => {
		const {renew, held, said} = desk({kind: 'variable', value: 'expired', label: 'ADX_TOKEN'}, ['fresh']);
		expect(await renew()).toBe('fresh');
		expect(held.isTyped).toBe(true);
		expect(said).toEqual([
			'Good for this session only: the token comes from ADX_TOKEN, put the new one there.',
		]);
	});

	test('a wrong one is asked for again, until the question is left', async () => {
		const never = desk(inFile, ['wrong', 'wrong', '']);
		expect(await never.renew()).toBeUndefined();
		expect(never.asked).toHaveLength(3);
		const twice = desk(inFile, ['wrong', 'two words', 'fresh']);
		expect(await twice.renew()).toBe('fresh');
		expect(twice.said).toEqual([refused.message, 'what was entered: not a token']);
	});

	test('somebody else’s token does not take the session over', async () => {
		const {renew, said, held} = desk(inFile, ['bobs', '']);
		expect(await renew()).toBeUndefined();
		expect(held.user).toBe(ada);
		expect(said).toEqual(['That token is Bob User’s; `login` takes the session to somebody else.']);
	});

	test('a question that is left gives up', async () => {
		const {renew, asked} = desk(inFile, ['']);
		expect(await renew()).toBeUndefined();
		expect(asked).toHaveLength(1);
	});

	test('while no line waits for the answer, the next one that is refused may ask again', async () => {
		const {renew, asked} = desk(inFile, [nobody, 'fresh']);
		await expect(renew()).rejects.toBe(refused);
		expect(await renew()).toBe('fresh');
		expect(asked).toHaveLength(2);
	});

	test('one that cannot be checked is not taken', async () => {
		const {renew, held, said} = desk(inFile, ['unsure', 'fresh']);
		expect(await renew()).toBeUndefined();
		expect(held.token).toBe('expired');
		expect(said).toEqual(['work.example: no answer']);
	});

	test('of a token that nobody knows to have been good it is said that it may be wrong', async () => {
		const {renew, held, asked} = desk(inFile, ['']);
		delete held.user;
		await renew();
		expect(asked).toEqual(['The token of work is wrong or has expired: new token:']);
	});
});
