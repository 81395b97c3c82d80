import {expect, test} from 'vitest';
import {memoryExchange} from '../../support/memory-exchange.ts';
import {localDirectories, noon, runCommands} from '../../support/run.ts';

const exchange = memoryExchange({Store: {}});
const local = localDirectories({
	'/home/ada': [
		{name: 'notes\u001b[2J.txt', kind: 'file', size: 1_204, modified: noon},
		{name: '.profile', kind: 'file', size: 3, modified: noon},
		{name: 'data', kind: 'directory', size: 4_096, modified: noon},
	],
	'/home/ada/data': [],
});

test('lists what is there, hidden names only with -a', async () => {
	expect((await runCommands('lls', {exchange, local})).screen).toEqual(['data/  notes\\x1b[2J.txt']);
	expect((await runCommands('lls -a', {exchange, local})).text).toBe('.profile\ndata\nnotes\\x1b[2J.txt\n');
});

test('-l adds size and time', async () => {
	expect((await runCommands('lls -l', {exchange, local})).screen).toEqual([
		'drwx  data/                       today 12:00',
		'-rw-  notes\\x1b[2J.txt   1.2 kB   today 12:00',
	]);
});

test('a file lists itself, a missing one is an error', async () => {
	expect((await runCommands('lls .profile', {exchange, local})).screen).toEqual(['.profile']);
	expect((await runCommands('lls nothing', {exchange, local})).screen[0]).toBe(
		'lls: nothing: no such local file or directory',
	);
});
