import {expect, test} from 'vitest';
import {memoryExchange} from '../../support/memory-exchange.ts';
import {localDirectories, runCommands} from '../../support/run.ts';

test('prints the local directory', async () => {
	const local = localDirectories({'/home/ada/data': []});
	const exchange = memoryExchange({Store: {}});
	expect((await runCommands(['lcd data', 'lpwd'], {exchange, local})).text).toBe('/home/ada/data\n');
	expect((await runCommands('lpwd --json', {exchange, local})).text).toBe('{"path":"/home/ada"}\n');
});
