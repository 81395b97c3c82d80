import {describe, expect, test} from 'vitest';
import {ShellError} from '../../../src/shell/errors.ts';
import type {Token} from '../../../src/shell/sharing.ts';
import {memoryAccount} from '../../support/memory-account.ts';
import {type MemoryExchange, memoryExchange} from '../../support/memory-exchange.ts';
import {noon, runCommands} from '../../support/run.ts';

const token = (tokenId: string, name: string): Token => ({
	tokenId,
	name,
	tokenType: 'USER_FULL_ACCESS',
	dateCreated: new Date(noon).toISOString(),
	dateExpires: new Date(noon + 86_400_000).toISOString(),
	lastActive: null,
});
const desk = (tokens: readonly Token[] = []) => memoryExchange({}, {sharing: {tokens}});
/** But for the way into a store. */
const sent = ({requests}: MemoryExchange) => requests.filter(request => request !== 'listDataStores');
const nobody = async () => {
	throw new ShellError('usage', 'nobody is here');
};

describe('create', () => {
	test('says the value once, as the only data, and how long it is good for', async () => {
		const exchange = desk();
		const ran = await runCommands('token create nightly --days 90', {exchange, confirm: async () => false});
		expect(sent(exchange)).toEqual(['createToken nightly 90']);
		expect(ran.text).toBe('secret-value-1\n');
		expect(ran.screen).toEqual(['secret-value-1', 'nightly: good for 90 days; its value is not shown again']);
	});

	test('the value is for one look: no transcript repeats it', async () => {
		const {outputs} = await runCommands('token create nightly', {
			exchange: desk(),
			confirm: async () => false,
		});
		const holding = outputs.filter(output => JSON.stringify(output).includes('secret-value'));
		expect(holding).toEqual([{kind: 'text', text: 'secret-value-1', secret: true}]);
	});

	test('--json has the record of the API with the value in it', async () => {
		const {text} = await runCommands('token create nightly --json', {exchange: desk()});
		expect(JSON.parse(text)).toMatchObject({
			tokenId: 'token.1',
			name: 'nightly',
			tokenValue: 'secret-value-1',
		});
	});

	test('offers to keep it, and keeps it when told so', async () => {
		const account = memoryAccount();
		const asked: string[] = [];
		const confirm = async (question: string) => {
			asked.push(question);
			return true;
		};
		const {screen} = await runCommands(['profile work', 'token create nightly'], {
			exchange: desk(),
			account,
			confirm,
		});
		expect(asked).toEqual(['Keep it as the token of profile work?']);
		expect(account.calls).toEqual(['enter work', 'keep secret-value-1']);
		expect(screen.at(-1)).toBe('the token is kept in the keyring, as profile work');
	});

	test.each(['json', 'csv'] as const)('as %s the value is there, for one look', async format => {
		const {outputs, text} = await runCommands('token create nightly', {exchange: desk(), [format]: true});
		expect(text).toContain('secret-value-1');
		expect(text).toContain('tokenValue');
		const holding = outputs.filter(output => JSON.stringify(output).includes('secret-value'));
		expect(holding).toMatchObject([{secret: true}]);
	});

	test('none is made to be kept where none can be', async () => {
		const exchange = desk();
		const account = {...memoryAccount(), keep: undefined};
		const {screen, status} = await runCommands('token create nightly --keep', {exchange, account});
		expect(screen[0]).toBe('token: --keep: the local exchange’s own user needs no token');
		expect(status).toBe(2);
		expect(sent(exchange)).toEqual([]);
	});

	test('a profile whose token comes from elsewhere is offered none, and none is made to be kept for it', async () => {
		const exchange = desk();
		const planSignIn = async () => {
			throw new ShellError('config', 'work: its token comes from password_command');
		};
		const account = {...memoryAccount(), planSignIn};
		const kept = await runCommands('token create nightly --keep', {exchange, account});
		expect(kept.screen[0]).toBe('token: work: its token comes from password_command');
		expect(sent(exchange)).toEqual([]);
		const asked: string[] = [];
		const confirm = async (question: string) => asked.push(question) > 0;
		expect((await runCommands('token create nightly', {exchange, account, confirm})).status).toBe(0);
		expect(asked).toEqual([]);
	});

	test('a script is not asked, and keeps it with --keep', async () => {
		const account = memoryAccount();
		const options = {exchange: desk(), account, confirm: nobody};
		expect((await runCommands('token create nightly', options)).status).toBe(0);
		expect(account.calls).toEqual([]);
		expect((await runCommands('token create nightly --keep', options)).status).toBe(0);
		expect(account.calls).toEqual(['keep secret-value-2']);
	});

	test('a keyring that refuses does not lose the value', async () => {
		const account = {
			...memoryAccount(),
			keep: async () => {
				throw new ShellError('config', 'tokens.json: cannot be read');
			},
		};
		const {text, outputs, status} = await runCommands('token create nightly -k', {exchange: desk(), account});
		expect(text).toBe('secret-value-1\n');
		expect(outputs.at(-1)).toMatchObject({kind: 'error', error: {message: 'tokens.json: cannot be read'}});
		expect(status).toBe(2);
	});

	test.each([
		["token create ''", 'a token needs a name'],
		['token create a --days 0', '--days: a token is good for a day at least'],
		['token create a --days 2147483648', '--days: 2147483647 at most'],
		['token create a -f', '-f is for token delete'],
		['token delete a --days 3', '--days and --keep are for token create'],
		['token forget a', /forget/],
	])('%s is a usage error, and nothing is sent', async (line, message) => {
		const exchange = desk();
		const {outputs, status} = await runCommands(line, {exchange});
		const errors = outputs.flatMap(output => (output.kind === 'error' ? [output.error.message] : []));
		expect(errors).toEqual([expect.stringMatching(message)]);
		expect(status).toBe(2);
		expect(sent(exchange)).toEqual([]);
	});
});

describe('delete', () => {
	test('asks first, and leaves it when told no', async () => {
		const exchange = desk([token('t1', 'nightly')]);
		const asked: string[] = [];
		const confirm = async (question: string) => {
			asked.push(question);
			return false;
		};
		const {screen} = await runCommands('token delete nightly', {exchange, confirm, now: () => noon});
		expect(asked).toEqual(['Delete the token nightly? Whoever uses it is let in no more.']);
		expect(screen).toEqual(['nothing deleted']);
		expect(sent(exchange)).toEqual(['listTokens']);
	});

	test('-f does not ask; by name or id', async () => {
		const exchange = desk([token('t1', 'nightly'), token('t2', 'weekly')]);
		const lines = ['token delete -f nightly', 'token delete -f id:t2'];
		expect((await runCommands(lines, {exchange, confirm: nobody})).screen).toEqual(['deleted weekly']);
		expect(exchange.requests.filter(request => request.startsWith('delete'))).toEqual([
			'deleteToken t1',
			'deleteToken t2',
		]);
	});

	test('of two that bear one name it takes neither, and lists their ids', async () => {
		const exchange = desk([token('t1', 'nightly'), token('t2', 'nightly')]);
		const {outputs} = await runCommands('token delete -f nightly', {exchange});
		expect(outputs).toMatchObject([
			{
				kind: 'error',
				error: {
					code: 'ambiguous',
					details: [expect.stringContaining('id:t1'), expect.stringContaining('id:t2')],
				},
			},
		]);
		expect(sent(exchange)).toEqual(['listTokens']);
	});

	test('a name that is not there may be a typing slip', async () => {
		const {outputs} = await runCommands('token delete -f nihgtly', {
			exchange: desk([token('t1', 'nightly')]),
		});
		expect(outputs).toMatchObject([
			{error: {message: 'nihgtly: no such token', hint: 'did you mean nightly?'}},
		]);
	});
});
