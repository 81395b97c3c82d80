import {mkdtemp, rm, stat, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {readPanes, writePanes} from '../../src/host/panes-file.ts';

let folder: string;
let file: string;
beforeEach(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'adx-panes-'));
	file = path.join(folder, 'state', 'panes.json');
});
afterEach(() => rm(folder, {recursive: true}));

test('what one session leaves is what the next one finds, for oneself only', async () => {
	expect(await readPanes(file)).toEqual({});
	const panes = {hidden: ['tree'], used: ['collaboratives', 'series', 'tree']};
	await writePanes(file, panes);
	expect(await readPanes(file)).toEqual(panes);
	expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test.each([
	['not JSON', {}],
	['null', {}],
	['{"hidden": ["tree"], "used": [1]}', {hidden: ['tree']}],
	['{"hidden": "tree"}', {}],
])('%j is read as %j', async (text, panes) => {
	const damaged = path.join(folder, 'panes.json');
	await writeFile(damaged, text);
	expect(await readPanes(damaged)).toEqual(panes);
});
