import {chmod, mkdtemp, readdir, readFile, rm, stat, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {createTokensFile} from '../../../src/host/account/tokens-file.ts';

let folder: string;
let file: string;
beforeEach(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'adx-tokens-'));
	file = path.join(folder, 'adx-shell/tokens.json');
});
afterEach(() => rm(folder, {recursive: true}));

const endpoint = 'https://work.example/graphql';

test('keeps tokens in a file that only its owner can read', async () => {
	const tokens = createTokensFile(file);
	await tokens.set('work', endpoint, 'my-secret');
	await tokens.set('lab', endpoint, 'another');
	expect(await tokens.get('work', endpoint)).toEqual({token: 'my-secret'});
	expect((await stat(file)).mode & 0o777).toBe(0o600);
	expect((await stat(path.dirname(file))).mode & 0o777).toBe(0o700);
	expect(await readdir(path.dirname(file))).toEqual(['tokens.json']);
	expect(await tokens.remove('work')).toBe(true);
	expect(await tokens.remove('work')).toBe(false);
	expect(await readFile(file, 'utf8')).not.toContain('my-secret');
	expect(await tokens.get('lab', endpoint)).toEqual({token: 'another'});
});

test('gives none for an endpoint that it was not kept for', async () => {
	const tokens = createTokensFile(file);
	await tokens.set('work', endpoint, 'my-secret');
	expect(await tokens.get('work', 'https://evil.example/graphql')).toEqual({});
	expect(await tokens.get('constructor', endpoint)).toEqual({});
});

test('warns of others who can read it, until it is written anew', async () => {
	const tokens = createTokensFile(file);
	await tokens.set('work', endpoint, 'my-secret');
	await chmod(file, 0o644);
	const {token, note} = await tokens.get('work', endpoint);
	expect(token).toBe('my-secret');
	expect(note).toBe(`${file}: others on this machine can read the tokens in it (\`chmod 600\` ends that)`);
	await tokens.set('work', endpoint, 'my-new-secret');
	expect(await tokens.get('work', endpoint)).toEqual({token: 'my-new-secret'});
});

test.each(['my-secret', '["my-secret"]', '{"work": my-secret}'])(
	'a damaged one is not written over: %s',
	async text => {
		const tokens = createTokensFile(file);
		await tokens.set('work', endpoint, 'x');
		await writeFile(file, text);
		for (const attempt of [
			() => tokens.get('work', endpoint),
			() => tokens.set('work', endpoint, 'y'),
			() => tokens.remove('work'),
		]) {
			const error = (await attempt().catch((thrown: unknown) => thrown)) as Error;
			expect(error).toMatchObject({code: 'config', message: `${file}: damaged`});
			expect(JSON.stringify(error) + error.stack).not.toContain('my-secret');
		}
		expect(await readFile(file, 'utf8')).toBe(text);
	},
);

test('one that cannot be read is an error', async () => {
	const tokens = createTokensFile(folder);
	await expect(tokens.get('work', endpoint)).rejects.toMatchObject({
		code: 'config',
		message: `${folder}: cannot be read (EISDIR)`,
	});
});

test('tokens kept by several programs at once are all kept', async () => {
	const names = Array.from({length: 10}, (_, index) => `profile-${index}`);
	await Promise.all(names.map(name => createTokensFile(file).set(name, endpoint, name)));
	for (const name of names) expect(await createTokensFile(file).get(name, endpoint)).toEqual({token: name});
	expect(await readdir(path.dirname(file))).toEqual(['tokens.json']);
});
