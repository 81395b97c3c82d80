import {expect, test} from 'vitest';
import {memoryExchange} from '../../support/memory-exchange.ts';
import {localDirectories, noon, runCommands} from '../../support/run.ts';

const exchange = memoryExchange({Store: {}});
const local = localDirectories({
	'/home/ada': [{name: 'notes.txt', kind: 'file', size: 3, modified: noon}],
	'/home/ada/data': [],
});

test.each([
	[['lcd data'], '/home/ada/data'],
	[['lcd data', 'lcd ..'], '/home/ada'],
	[['lcd data', 'lcd'], '/home/ada'],
])('%j leads to %s', async (lines, path) => {
	expect((await runCommands(lines, {exchange, local})).session.localDirectory).toBe(path);
});

test.each([
	['lcd nowhere', 'lcd: nowhere: no such local directory (try `lls`)'],
	['lcd notes.txt', 'lcd: notes.txt: a local file, not a directory'],
])('%s fails and stays', async (line, message) => {
	const {screen, session, status} = await runCommands(line, {exchange, local});
	expect([screen[0], session.localDirectory, status]).toEqual([message, '/home/ada', 1]);
});
