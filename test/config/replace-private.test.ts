import {mkdir, mkdtemp, readdir, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {replacePrivate} from '../../src/config/replace-private.ts';

let folder: string;
beforeEach(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'adx-replace-'));
});
afterEach(() => rm(folder, {recursive: true}));

test('a file that cannot be put in place is named, and nothing of it is left', async () => {
	const file = path.join(folder, 'tokens.json');
	await mkdir(file);
	await expect(replacePrivate(file, 'a-secret')).rejects.toMatchObject({
		code: 'local',
		message: `${file}: cannot be written (EISDIR)`,
	});
	expect(await readdir(folder)).toEqual(['tokens.json']);
});
