import {describe, expect, test} from 'vitest';
import {memoryAccount} from '../../support/memory-account.ts';
import {memoryExchange} from '../../support/memory-exchange.ts';
import {runCommands} from '../../support/run.ts';

const exchange = memoryExchange({});
const piped = (...chunks: readonly string[]) =>
	(async function* () {
		for (const chunk of chunks) yield new TextEncoder().encode(chunk);
	})();

test('asks unseen for which place, says as whom, and where the token is', async () => {
	const account = memoryAccount();
	const asked: string[] = [];
	const askSecret = async (question: string) => {
		asked.push(question);
		return '  a-token ';
	};
	const line = 'login --profile lab --endpoint https://lab.example/graphql';
	const {screen} = await runCommands(line, {exchange, account, askSecret});
	expect(asked).toEqual(['token for lab.example (profile lab):']);
	expect(account.calls).toEqual(['signIn lab a-token']);
	expect(screen).toEqual([
		'logged in at lab.example as Ada User, Sample Utility',
		'the token is kept in the keyring, as profile lab',
	]);
});

test('without a keyring says that it is a file, and why', async () => {
	const account = memoryAccount([], {where: 'file', notes: ['no keyring on this machine']});
	const {screen} = await runCommands('login', {exchange, account, askSecret: async () => 'a-token'});
	expect(screen.slice(1)).toEqual([
		'the token is kept in a file that only you can read, as profile default',
		'no keyring on this machine',
	]);
});

test('a question that is left changes nothing', async () => {
	const account = memoryAccount();
	const {screen, status} = await runCommands('login', {exchange, account, askSecret: async () => ''});
	expect(screen).toEqual(['no token was entered: nothing has changed']);
	expect(status).toBe(0);
	expect(account.calls).toEqual([]);
});

test('a bad token is an error, and nothing that is said holds it', async () => {
	const account = memoryAccount();
	const ran = await runCommands('login', {exchange, account, askSecret: async () => 'bad-token-of-mine'});
	expect(ran.outputs).toMatchObject([{kind: 'error', error: {code: 'unauthorized'}}]);
	expect(JSON.stringify(ran.outputs) + ran.screen.join()).not.toContain('bad-token');
	expect(account.current().profile).toBe('local');
});

describe('in a script', () => {
	test('reads the token from standard input, in as many pieces as it comes', async () => {
		const account = memoryAccount();
		await runCommands('login', {exchange, account, input: piped('a-to', 'ken\n')});
		expect(account.calls).toEqual(['signIn default a-token']);
	});

	test.each([
		['nothing', ' \n', 'standard input holds no token'],
		['more than a token can be', 'x'.repeat(70_000), 'what comes in is too long to be a token'],
	])('%s in it is an error', async (_, text, message) => {
		const account = memoryAccount();
		const {outputs} = await runCommands('login', {exchange, account, input: piped(text)});
		expect(outputs).toMatchObject([{kind: 'error', error: {message}}]);
		expect(account.calls).toEqual([]);
	});
});

test('a token on the line is refused, and not repeated', async () => {
	const {outputs} = await runCommands('login my-secret-token', {exchange});
	expect(outputs).toMatchObject([{kind: 'error', error: {code: 'usage'}}]);
	const errors = outputs.map(output => (output.kind === 'error' ? output.error.message : ''));
	expect(errors.join()).not.toContain('my-secret-token');
});
