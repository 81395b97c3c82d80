import {expect, test} from 'vitest';
import {memoryExchange} from '../../support/memory-exchange.ts';
import {memoryFiles} from '../../support/memory-files.ts';
import {runCommands} from '../../support/run.ts';

const exchange = memoryExchange({Store: {}});
const local = memoryFiles({'/home/notes.txt': 'abc', '/home/data/': ''});

test.each([
	[['lcd data'], '/home/data'],
	[['lcd data', 'lcd ..'], '/home'],
	[['lcd data', 'lcd'], '/home'],
])('%j leads to %s', async (lines, path) => {
	expect((await runCommands(lines, {exchange, local})).session.localDirectory).toBe(path);
});

test.each([
	['lcd nowhere', 'lcd: nowhere: no such local directory (try `lls`)'],
	['lcd notes.txt', 'lcd: notes.txt: a local file, not a directory'],
])('%s fails and stays', async (line, message) => {
	const {screen, session, status} = await runCommands(line, {exchange, local});
	expect([screen[0], session.localDirectory, status]).toEqual([message, '/home', 1]);
});
