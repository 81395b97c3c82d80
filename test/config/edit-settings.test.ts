import {mkdtemp, readdir, readFile, readlink, rm, stat, symlink, utimes, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {editSettings} from '../../src/config/edit-settings.ts';

let folder: string;
let file: string;
beforeEach(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'adx-edit-'));
	file = path.join(folder, 'adx-shell/config.json');
});
afterEach(() => rm(folder, {recursive: true}));

test('makes the file, for its owner alone', async () => {
	const settings = await editSettings(file, {
		profile: 'work',
		profiles: {work: {endpoint: 'https://x.example/graphql', token: 'keyring', token_file: null}},
	});
	expect(settings).toEqual({
		profile: 'work',
		profiles: {work: {endpoint: 'https://x.example/graphql', token: 'keyring'}},
	});
	expect((await stat(file)).mode & 0o777).toBe(0o600);
	expect(await readdir(path.dirname(file))).toEqual(['config.json']);
});

test('leaves comments and all else as they are', async () => {
	await editSettings(file, {profiles: {}});
	await writeFile(
		file,
		'{\n\t// by hand\n\t"profiles": {\n\t\t"work": {"db": "Microgrid"} // the grid\n\t}\n}\n',
	);
	await editSettings(file, {profiles: {work: {token: 'file'}}});
	const text = await readFile(file, 'utf8');
	expect(text).toContain('// by hand');
	expect(text).toContain('// the grid');
	await editSettings(file, {profile: null, profiles: {work: {token: null}, gone: {token: null}}});
	expect(JSON.parse((await readFile(file, 'utf8')).replaceAll(/\/\/.*/g, ''))).toEqual({
		profiles: {work: {db: 'Microgrid'}},
	});
});

test('changes the file that a link leads to', async () => {
	await editSettings(file, {profile: null});
	const real = path.join(folder, 'dotfiles.json');
	await writeFile(real, '{}');
	await rm(file);
	await symlink(real, file);
	await editSettings(file, {profile: 'work'});
	expect(await readlink(file)).toBe(real);
	expect(JSON.parse(await readFile(real, 'utf8'))).toEqual({profile: 'work'});
});

test('does not touch a file that is broken', async () => {
	await editSettings(file, {profile: null});
	await writeFile(file, '{"profiles": ');
	await expect(editSettings(file, {profile: 'work'})).rejects.toMatchObject({code: 'config'});
	expect(await readFile(file, 'utf8')).toBe('{"profiles": ');
});

test('changes made at once are all made', async () => {
	const names = Array.from({length: 10}, (_, index) => `profile-${index}`);
	await Promise.all(names.map(name => editSettings(file, {profiles: {[name]: {endpoint: 'local'}}})));
	const {profiles} = JSON.parse(await readFile(file, 'utf8'));
	expect(Object.keys(profiles).toSorted()).toEqual(names);
	expect(await readdir(path.dirname(file))).toEqual(['config.json']);
});

test('a change that was broken off does not keep others waiting', async () => {
	await editSettings(file, {profile: null});
	await writeFile(`${file}.lock`, '');
	await utimes(`${file}.lock`, 0, 0);
	expect(await editSettings(file, {profile: 'work'})).toMatchObject({profile: 'work'});
});
