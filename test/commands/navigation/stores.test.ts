import {expect, test} from 'vitest';
import {memoryExchange} from '../../support/memory-exchange.ts';
import {runCommands} from '../../support/run.ts';

const exchange = memoryExchange({'Wind park': {}, 'Campus study': {}, 'esc\u001b[2J': {}});

test('lists the stores by name, quoted as `use` takes them', async () => {
	const {screen} = await runCommands('stores', {exchange});
	expect(screen).toEqual(["'Campus study'", "$'esc\\x1b[2J'", "'Wind park'"]);
});

test('-l adds owner and id, whole, and who else sees it; in a pipe the owner is the id', async () => {
	const {screen} = await runCommands('stores -l', {exchange, interactive: true});
	expect(screen.slice(0, 6)).toEqual([
		"name         'Campus study'",
		'description  ·',
		'owner        you',
		'id           dataStoreId.3',
		'audience     only you',
		'',
	]);
	expect((await runCommands('stores -l', {exchange})).text).toContain(
		'Campus study\t\tuser.1\tdataStoreId.3\tonly you\n',
	);
});

test('in a pipe names are bare, in JSON the records are whole', async () => {
	expect((await runCommands('stores', {exchange})).text).toBe('Campus study\t\nesc\\x1b[2J\t\nWind park\t\n');
	const {text} = await runCommands('stores', {exchange, json: true});
	expect(JSON.parse(text.split('\n')[0]!)).toEqual({
		dataStoreId: 'dataStoreId.3',
		name: 'Campus study',
		description: null,
		ownerUserId: 'user.1',
		homeDirectoryId: 'dataStoreDirectoryId.4',
	});
});

test('says that there are none, to a person', async () => {
	const {screen} = await runCommands('stores', {exchange: memoryExchange({}), interactive: true});
	expect(screen).toEqual(['no data stores']);
});
