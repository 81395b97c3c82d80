import {expect, test} from 'vitest';
import {memoryAccount} from '../../support/memory-account.ts';
import {memoryExchange} from '../../support/memory-exchange.ts';
import {runCommands} from '../../support/run.ts';

const exchange = memoryExchange({});

test('says which one the session is in', async () => {
	expect((await runCommands('profile', {exchange})).text).toBe('local\n');
});

test('goes to another one, and says as whom', async () => {
	const account = memoryAccount();
	const {screen} = await runCommands('profile work', {exchange, account});
	expect(screen).toEqual(['work: Ada User']);
	expect(account.current().profile).toBe('work');
	expect((await account.profiles()).find(({isDefault}) => isDefault)?.name).toBe('local');
});

test('--default is for the next start, too', async () => {
	const account = memoryAccount();
	const {screen} = await runCommands('profile work --default', {exchange, account});
	expect(screen).toEqual(['work: Ada User; it is the default now']);
	expect((await account.profiles()).find(({isDefault}) => isDefault)?.name).toBe('work');
});

test('an unknown one is an error, and the session stays', async () => {
	const account = memoryAccount();
	const {outputs, status} = await runCommands('profile wrok', {exchange, account});
	expect(outputs).toMatchObject([{kind: 'error', error: {message: 'wrok: no such profile'}}]);
	expect(status).not.toBe(0);
	expect(account.current().profile).toBe('local');
});
