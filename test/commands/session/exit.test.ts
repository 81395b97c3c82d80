import {expect, test} from 'vitest';
import {memoryExchange} from '../../support/memory-exchange.ts';
import {runCommands} from '../../support/run.ts';

const exchange = memoryExchange({Store: {}});

test.each([
	['exit', 0],
	['exit 3', 3],
	['bye', 0],
	['quit 130', 130],
	['cd nowhere; exit', 1],
])('%s leaves with %i', async (line, status) => {
	const {outputs} = await runCommands(line, {exchange});
	expect(outputs.at(-1)).toEqual({kind: 'exit', status});
});

test('nothing after it runs', async () => {
	const {outputs} = await runCommands('exit; pwd', {exchange});
	expect(outputs).toEqual([{kind: 'exit', status: 0}]);
});

test('a person leaves without failure, whatever came before', async () => {
	const {outputs} = await runCommands('exit', {exchange, interactive: true, session: {status: 1}});
	expect(outputs).toEqual([{kind: 'exit', status: 0}]);
});

test('refuses what is no exit code, and stays', async () => {
	const {outputs, status} = await runCommands('exit 256', {exchange});
	expect([outputs.map(({kind}) => kind), status]).toEqual([['error'], 2]);
});
