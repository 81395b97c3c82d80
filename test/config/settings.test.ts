import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {checkProfileName, readSettings} from '../../src/config/settings.ts';

let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(path.join(tmpdir(), 'adx-settings-'));
});
afterAll(() => rm(folder, {recursive: true}));

let files = 0;
const fileOf = async (text: string) => {
	const file = path.join(folder, `${++files}.json`);
	await writeFile(file, text);
	return file;
};

test.each([
	['there is no file', undefined],
	['it is empty', ' \n'],
	['it is an empty object', '{}'],
])('without settings when %s', async (_, text) => {
	const file = text === undefined ? path.join(folder, 'none/config.json') : await fileOf(text);
	expect(await readSettings(file)).toEqual({profiles: {}});
});

test('comments and commas at the end are fine', async () => {
	const file = await fileOf('{\n\t// mine\n\t"profiles": {"work": {"db": "Microgrid",},},\n}');
	expect(await readSettings(file)).toEqual({profiles: {work: {db: 'Microgrid'}}});
});

test.each<[title: string, text: string, message: RegExp, hint: RegExp]>([
	[
		'a setting with a typing slip',
		'{\n\t"profiles": {\n\t\t"work": {\n\t\t\t"endpiont": "https://x.example"\n\t\t}\n\t}\n}',
		/:4: profiles: work: endpiont: no such setting$/,
		/did you mean endpoint\?/,
	],
	[
		'a setting of a profile at the top',
		'{\n\t"password_command": "pass x"\n}',
		/:2: password_command: no such setting$/,
		/it goes into a profile/,
	],
	['a comma that is missing', '{\n\t"profile": "a"\n\t"profiles": {}\n}', /:3: not JSON$/, /comma/],
	[
		'a number for a text',
		'{"profiles": {\n"work": {"store": 5}}}',
		/:2: profiles: work: store: not a text$/,
		/^$/,
	],
	['an empty text', '{"profiles": {"work": {"store": " "}}}', /store: not a text$/, /^$/],
	['a list for profiles', '{"profiles": []}', /profiles: not an object of profiles$/, /NAME/],
	['a text for a profile', '{"profiles": {"work": "x"}}', /work: not an object of settings$/, /^$/],
	['something else altogether', '[1]', /:1: not an object of settings$/, /profiles/],
	[
		'a token file that is not the same one everywhere',
		'{"profiles": {"work": {\n"token_file": "token"}}}',
		/:2: profiles: work: token_file: not a whole path$/,
		/it begins with/,
	],
	[
		'settings for the local exchange',
		'{"profiles": {"local": {"endpoint": "x"}}}',
		/needs no settings/,
		/^$/,
	],
])('%s is named with its line', async (_, text, message, hint) => {
	await expect(readSettings(await fileOf(text))).rejects.toMatchObject({
		code: 'config',
		exitCode: 2,
		message: expect.stringMatching(message),
	});
	const error = await readSettings(await fileOf(text)).catch((thrown: {hint?: string}) => thrown);
	expect((error as {hint?: string}).hint ?? '').toMatch(hint);
});

test.each([
	['in the place of its own place', '{"profiles": {"work": {"token": "my-secret-token"}}}'],
	['in the place of its file', '{"profiles": {"work": {"token_file": "my-secret-token"}}}'],
	['in a file that is not JSON', '{"profiles": {"work": {"token": my-secret-token}}}'],
	['as a key', '{"my-secret-token"'],
])('a token %s is not repeated', async (_, text) => {
	const error = (await readSettings(await fileOf(text)).catch((thrown: unknown) => thrown)) as Error;
	expect(error).toMatchObject({code: 'config'});
	expect(JSON.stringify({...error, message: error.message})).not.toContain('my-secret-token');
});

test('a file that cannot be read is an error', async () => {
	await expect(readSettings(folder)).rejects.toMatchObject({
		code: 'config',
		message: `${folder}: cannot be read (EISDIR)`,
	});
});

test.each(['work', 'lab-2', 'ada@example.org', 'été'])('%s is a name for a profile', name => {
	expect(() => checkProfileName(name)).not.toThrow();
});
test.each(['', '-p', 'two words', 'a/b', 'x'.repeat(65), '__proto__ x'])('%j is none', name => {
	expect(() => checkProfileName(name)).toThrow('not a name for a profile');
});
