import {existsSync} from 'node:fs';
import {readFile, stat, writeFile} from 'node:fs/promises';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {edit} from '../../src/host/edit.ts';
import type {LocalProcesses} from '../../src/shell/ports.ts';

const {signal} = new AbortController();
let seen: {command: string; file: string; text: string; mode: number}[] = [];

/** An editor that leaves `text`, or ends with `status`. */
function editor(text: string, status = 0): LocalProcesses {
	return {
		// biome-ignore lint/correctness/useYield: an editor that has the terminal says nothing here
		run: async function* (command) {
			const [, file = ''] = /'(.*)'$/.exec(command) ?? [];
			const {mode} = await stat(file);
			seen.push({command, file, text: await readFile(file, 'utf8'), mode: mode & 0o777});
			await writeFile(file, text);
			return status;
		},
	};
}

beforeEach(() => {
	seen = [];
	vi.stubEnv('VISUAL', '');
	vi.stubEnv('EDITOR', '');
});
afterEach(() => vi.unstubAllEnvs());

test('hands the text over in a file of its own, and takes what becomes of it', async () => {
	expect(await edit(editor('SELECT 2'), "SELECT 'ä'", signal)).toBe('SELECT 2');
	expect(seen).toMatchObject([
		{text: "SELECT 'ä'", mode: 0o600, command: expect.stringMatching(/^vi '.*\.sql'$/)},
	]);
	expect(existsSync(seen[0]!.file)).toBe(false);
});

test('an editor that fails leaves nothing', async () => {
	expect(await edit(editor('SELECT 2', 1), 'SELECT 1', signal)).toBeUndefined();
	expect(existsSync(seen[0]!.file)).toBe(false);
});

test.each([
	[{VISUAL: 'code --wait', EDITOR: 'nano'}, 'code --wait'],
	[{VISUAL: '', EDITOR: 'nano'}, 'nano'],
])('%j', async (environment, start) => {
	for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
	await edit(editor(''), '', signal);
	expect(seen[0]!.command.startsWith(`${start} '`)).toBe(true);
});
