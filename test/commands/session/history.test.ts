import {expect, test} from 'vitest';
import {memoryExchange} from '../../support/memory-exchange.ts';
import {runCommands} from '../../support/run.ts';

const options = {exchange: memoryExchange({}), history: () => ['ls', 'cd weather', 'get x']};

test('lists the lines with their numbers', async () => {
	expect((await runCommands('history', options)).screen).toEqual(['1  ls', '2  cd weather', '3  get x']);
});

test.each([
	['history 2', '2\tcd weather\n3\tget x\n'],
	['history 9', '1\tls\n2\tcd weather\n3\tget x\n'],
	['history 0', ''],
])('%s prints %j', async (line, text) => {
	expect((await runCommands(line, options)).text).toBe(text);
});
