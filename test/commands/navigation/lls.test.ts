import {expect, test} from 'vitest';
import {memoryExchange} from '../../support/memory-exchange.ts';
import {memoryFiles} from '../../support/memory-files.ts';
import {runCommands} from '../../support/run.ts';

const exchange = memoryExchange({Store: {}});
const local = memoryFiles({
	'/home/notes\u001b[2J.txt': 'x'.repeat(1_204),
	'/home/.profile': '',
	'/home/data/old.csv': '',
});

test('lists what is there, hidden names only with -a', async () => {
	expect((await runCommands('lls', {exchange, local})).screen).toEqual(['data/  notes\\x1b[2J.txt']);
	expect((await runCommands('lls -a', {exchange, local})).text).toBe('.profile\ndata\nnotes\\x1b[2J.txt\n');
	expect((await runCommands('lls data', {exchange, local})).text).toBe('old.csv\n');
});

test('-l adds size and time', async () => {
	expect((await runCommands('lls -l', {exchange, local})).text).toBe(
		'data\t\t1970-01-01T00:00:00.000Z\nnotes\\x1b[2J.txt\t1204\t1970-01-01T00:00:00.000Z\n',
	);
});

test('of several directories each has its name above', async () => {
	expect((await runCommands('lls .profile d* /home/data', {exchange, local})).text).toBe(
		'.profile\n\ndata:\nold.csv\n\n/home/data:\nold.csv\n',
	);
});

test.each([
	['lls -1S', 'notes\\x1b[2J.txt\ndata\n'],
	['lls -r', 'notes\\x1b[2J.txt\ndata\n'],
	['lls -tar', 'notes\\x1b[2J.txt\ndata\n.profile\n'],
	['lls -lh notes*', 'notes\\x1b[2J.txt\t1.2 kB\t1970-01-01T00:00:00.000Z\n'],
])('%s', async (line, text) => {
	expect((await runCommands(line, {exchange, local})).text).toBe(text);
});

test('a file lists itself, a missing one is an error', async () => {
	expect((await runCommands('lls .profile', {exchange, local})).screen).toEqual(['.profile']);
	expect((await runCommands('lls nothing', {exchange, local})).screen[0]).toBe(
		'lls: nothing: no such local file or directory',
	);
});
