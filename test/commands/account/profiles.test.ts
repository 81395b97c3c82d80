import {expect, test} from 'vitest';
import {memoryAccount} from '../../support/memory-account.ts';
import {memoryExchange} from '../../support/memory-exchange.ts';
import {runCommands} from '../../support/run.ts';

const exchange = memoryExchange({});

test('a person sees which one the session is in, and which it starts in', async () => {
	const account = memoryAccount();
	await runCommands('profile work', {exchange, account});
	const {screen} = await runCommands('profiles', {exchange, account, interactive: true});
	expect(screen).toEqual([
		'   name   endpoint                      token from',
		'   local  local exchange                data folder  default',
		'▸  work   https://work.example/graphql  keyring',
	]);
});

test('a profile that is logged out has no token', async () => {
	const account = memoryAccount();
	await runCommands('logout --profile work', {exchange, account});
	expect((await runCommands('profiles', {exchange, account})).text).toContain('graphql\t\t');
});

test('as JSON tells where a token is, and nothing of it', async () => {
	const {text} = await runCommands('profiles --json', {exchange});
	expect(
		text
			.trim()
			.split('\n')
			.map(line => JSON.parse(line)),
	).toMatchObject([
		{name: 'local', endpoint: null, current: true, isDefault: true},
		{name: 'work', endpoint: 'https://work.example/graphql', token: 'keyring', current: false},
	]);
});

test('asks no Exchange', async () => {
	const own = memoryExchange({});
	await runCommands('profiles', {exchange: own, session: {location: undefined}});
	expect(own.requests).toEqual([]);
});
