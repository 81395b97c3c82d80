import {expect, test} from 'vitest';
import {memoryAccount} from '../../support/memory-account.ts';
import {memoryExchange} from '../../support/memory-exchange.ts';
import {runCommands} from '../../support/run.ts';

const exchange = memoryExchange({});

test('removes the token of the profile one is in, and says from where', async () => {
	const account = memoryAccount();
	const {screen} = await runCommands(['profile work', 'logout'], {exchange, account});
	expect(screen).toEqual(['work: token removed from the keyring']);
	expect(account.calls).toEqual(['enter work', 'signOut work']);
});

test('of another profile leaves the session where it is', async () => {
	const account = memoryAccount(['work', 'lab']);
	await runCommands(['profile work', 'logout --profile lab'], {exchange, account});
	expect(account.current().profile).toBe('work');
});

test('says so where there is none', async () => {
	const account = memoryAccount();
	const {screen} = await runCommands(['logout -p work', 'logout -p work'], {exchange, account});
	expect(screen).toEqual(['work: no token of it is kept here']);
});
