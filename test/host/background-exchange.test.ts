import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {backgroundExchange} from '../../src/host/background-exchange.ts';

let directory: string;
beforeEach(async () => {
	directory = await mkdtemp(path.join(tmpdir(), 'adx-background-'));
});
afterEach(() => rm(directory, {recursive: true, force: true}));

const nobody = async () => undefined;

test('one that does not come up is an error that names its log', async () => {
	const program = path.join(directory, 'none.js');
	await expect(backgroundExchange({directory, find: nobody, program, patience: 1})).rejects.toMatchObject({
		code: 'connection',
		hint: `see ${path.join(directory, 'exchange.log')}`,
	});
});

test('the wait for one ends with whoever waits', async () => {
	const work = new AbortController();
	const program = path.join(directory, 'none.js');
	const find = async () => {
		if (asked++ > 0) work.abort();
		return undefined;
	};
	let asked = 0;
	await expect(backgroundExchange({directory, find, program, signal: work.signal})).rejects.toMatchObject({
		name: 'AbortError',
	});
});
