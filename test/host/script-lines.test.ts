import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {Readable} from 'node:stream';
import {afterAll, beforeAll, expect, test} from 'vitest';
import type {Source} from '../../src/config/config.ts';
import {scriptLines} from '../../src/host/script-lines.ts';

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'adx-lines-'));
});
afterAll(() => rm(folder, {recursive: true}));

const lines = (sources: readonly Source[], stdin = '') =>
	Array.fromAsync(scriptLines(sources, Readable.from([stdin])));

test('lines come from all sources in order, and know their file and number', async () => {
	const file = path.join(folder, 'nightly.adx');
	await writeFile(file, '\ufeffls\r\npwd\n');
	expect(await lines([{line: 'stores'}, {file}, {file: '-'}], 'exit')).toEqual([
		{text: 'stores'},
		{text: 'ls', at: 'nightly.adx:1'},
		{text: 'pwd', at: 'nightly.adx:2'},
		{text: 'exit', at: 'stdin:1'},
	]);
});

test('a file that cannot be read is an error of the configuration, after the lines before it', async () => {
	const read = scriptLines([{line: 'ls'}, {file: path.join(folder, 'missing')}], Readable.from(['']));
	expect((await read.next()).value).toEqual({text: 'ls'});
	await expect(read.next()).rejects.toMatchObject({code: 'config', exitCode: 2});
});
