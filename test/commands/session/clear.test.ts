import {expect, test} from 'vitest';
import {memoryExchange} from '../../support/memory-exchange.ts';
import {runCommands} from '../../support/run.ts';

test('asks for an empty screen and nothing else', async () => {
	const {outputs, status} = await runCommands('clear', {exchange: memoryExchange({})});
	expect([outputs, status]).toEqual([[{kind: 'clear'}], 0]);
});
