import {expect, test} from 'vitest';
import type {Exchange} from '../../../src/shell/ports.ts';
import {memoryExchange} from '../../support/memory-exchange.ts';
import {runCommands} from '../../support/run.ts';

const exchange = memoryExchange({});

test('shows name, organization, endpoint, and where the token came from', async () => {
	expect((await runCommands('whoami', {exchange})).screen).toEqual([
		'name          Ada User',
		'email         ada@example.org',
		'organization  Sample Utility',
		'id            user.1',
		'endpoint      memory:',
		'profile       local',
		'token from    data folder',
	]);
});

test('as JSON has the fields of the API', async () => {
	const {text} = await runCommands('whoami --json', {exchange});
	expect(JSON.parse(text)).toMatchObject({
		userId: 'user.1',
		firstName: 'Ada',
		organization: {organizationId: 'organization.1', name: 'Sample Utility'},
		profile: 'local',
		tokenFrom: 'data folder',
	});
});

test('does without what the Exchange does not say', async () => {
	const user = {userId: 'user.2', firstName: null, lastName: null, email: null, organization: null};
	const vague: Exchange = {...exchange, user: async () => user};
	const {screen} = await runCommands('whoami', {exchange: vague});
	expect(screen.slice(0, 3)).toEqual(['name          ·', 'email         ·', 'organization  ·']);
});
