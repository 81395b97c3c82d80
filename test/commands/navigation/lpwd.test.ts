import {expect, test} from 'vitest';
import {memoryExchange} from '../../support/memory-exchange.ts';
import {memoryFiles} from '../../support/memory-files.ts';
import {runCommands} from '../../support/run.ts';

test('prints the local directory', async () => {
	const options = {exchange: memoryExchange({Store: {}}), local: memoryFiles({'/home/data/': ''})};
	expect((await runCommands(['lcd data', 'lpwd'], options)).text).toBe('/home/data\n');
	expect((await runCommands('lpwd --json', options)).text).toBe('{"path":"/home"}\n');
});
