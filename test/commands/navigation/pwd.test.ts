import {expect, test} from 'vitest';
import {memoryExchange} from '../../support/memory-exchange.ts';
import {runCommands} from '../../support/run.ts';

const exchange = memoryExchange({'Campus study': {weather: {}}});

test('prints a path that works from anywhere', async () => {
	expect((await runCommands(['cd weather', 'pwd'], {exchange})).text).toBe('Campus study:/weather\n');
});

test('as JSON has the ids as well', async () => {
	const {text} = await runCommands(['cd weather', 'pwd --json'], {exchange});
	expect(JSON.parse(text)).toEqual({
		path: 'Campus study:/weather',
		dataStoreId: 'dataStoreId.1',
		dataStoreDirectoryId: exchange.directoryId('Campus study:/weather'),
	});
});

test('without a store says how to get one', async () => {
	const {screen, status} = await runCommands('pwd', {exchange, session: {location: undefined}});
	expect(screen).toEqual(['pwd: no data store is selected (try `stores`, then `use NAME`)']);
	expect(status).toBe(2);
});
