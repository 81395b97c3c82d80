import {readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {type ApiClient, apiClient} from '../support/api-client.ts';
import type {Program} from '../support/pty.ts';
import {createSandbox, type Sandbox} from './sandbox.ts';
import {keys, openScreen, prompt, promptRow, runningExchange, said, shellRows, treeRows} from './screen.ts';

let sandbox: Sandbox;
let program: Program;
let api: ApiClient;
const at = (name: string) => path.join(sandbox.directory, name);
beforeAll(async () => {
	sandbox = await createSandbox();
	await sandbox.run(['-c', 'pwd']);
	const {endpoint, token} = await runningExchange(sandbox);
	api = apiClient(endpoint, token);
	program = await openScreen(sandbox);
}, 60_000);
afterAll(() => sandbox.remove());

describe('rm', () => {
	test('asks, and n keeps the file, y deletes it', async () => {
		await writeFile(at('doomed.txt'), 'x');
		expect(await said(program, 'put doomed.txt')).toContainEqual(expect.stringContaining('/doomed.txt'));
		await program.waitFor(() => treeRows(program).some(row => /^ {2}doomed\.txt +1 B$/.test(row)));
		for (const key of ['n', keys.enter, keys.escape, keys.ctrl('c')]) {
			program.write('rm doomed.txt\r');
			await program.waitFor(() => promptRow(program).endsWith('[y/N]'));
			expect(promptRow(program)).toContain('doomed.txt');
			program.write(key);
			await program.waitFor(() => promptRow(program) === prompt);
			expect(await said(program, 'ls doomed.txt')).toEqual(['doomed.txt']);
		}
		program.write('rm doomed.txt\r');
		await program.waitFor(() => promptRow(program).endsWith('[y/N]'));
		program.write('y');
		await program.waitFor(() => promptRow(program) === prompt);
		expect((await said(program, 'ls doomed.txt')).join(' ')).toMatch(/^ls: doomed\.txt: no such file/);
		await program.waitFor(() => !treeRows(program).join('\n').includes('doomed.txt'));
	});

	test('is not answered by keys typed before the question was there', async () => {
		await writeFile(at('kept.txt'), 'x');
		await said(program, 'put kept.txt');
		program.write('rm kept.txt\ry');
		await program.waitFor(screen => promptRow(program).endsWith('[y/N]') || screen[0]!.includes('zzz'));
		// A letter so soon after another one would go on with the line.
		program.write(keys.escape);
		await program.waitFor(() => promptRow(program) === `${prompt} y`);
		program.write(keys.ctrl('c'));
		expect(await said(program, 'ls kept.txt')).toEqual(['kept.txt']);
	});
});

describe('put and get', () => {
	test('what is put is listed at once, and comes back the same', async () => {
		await writeFile(at('お土産 🎁.csv'), 'a,b\n1,2\n');
		await said(program, "put 'お土産 🎁.csv'");
		const list = await said(program, 'ls -l');
		expect(list.find(row => row.includes('お土産 🎁.csv'))).toMatch(/8 B/);
		await said(program, "get 'お土産 🎁.csv' -o back.csv");
		expect(await readFile(at('back.csv'), 'utf8')).toBe('a,b\n1,2\n');
	});

	test('a rename and a new directory are in the tree without a refresh', async () => {
		await said(program, 'mkdir fresh && mv readme.txt fresh/moved.txt');
		await program.waitFor(() => {
			const tree = treeRows(program).join('\n');
			return tree.includes('▸ fresh/') && !tree.includes('readme.txt');
		});
		expect(await said(program, 'ls fresh')).toEqual(['moved.txt', '1 file']);
		await said(program, 'mv fresh/moved.txt readme.txt');
		await program.waitFor(() => treeRows(program).some(row => row.includes('readme.txt')));
	});

	test('an existing local file is kept, with the way on', async () => {
		await writeFile(at('readme.txt'), 'mine');
		expect((await said(program, 'get readme.txt')).join(' ')).toMatch(
			/get: .*readme\.txt: exists already \(-f/,
		);
		expect(await readFile(at('readme.txt'), 'utf8')).toBe('mine');
	});
});

describe('names', () => {
	test('of two files with one name, the error lists both ids, and each can be used', async () => {
		const error = await said(program, 'cat cases/event.csv');
		expect(error[0]).toMatch(/^cat: cases\/event\.csv is ambiguous/);
		const ids = error.join('\n').match(/id:dataStoreFileId\.[\w-]+/g)!;
		expect(ids).toHaveLength(2);
		expect((await said(program, `stat ${ids[0]}`)).join('\n')).toMatch(/event\.csv/);
	});

	test('with escape sequences draw nothing, wherever they are shown', async () => {
		const hostile = 'evil\u001b[2J\u001b]0;owned\u0007\u009b31m\r\nrow\u202e.txt';
		const {stores} = await api.ask('{stores: storage_listDataStores {dataStoreId name homeDirectoryId}}');
		const {dataStoreId, homeDirectoryId} = stores.find(({name}: {name: string}) => name === 'Sensor study');
		await api.addFile({dataStoreId, dataStoreDirectoryId: homeDirectoryId}, hostile, 'x');
		const titles: string[] = [];
		program.terminal.onTitleChange(title => titles.push(title));
		const list = await said(program, 'refresh && ls -l');
		expect(list.join('\n')).toContain(String.raw`evil\x1b[2J\x1b]0;owned\x07`);
		await program.waitFor(() => treeRows(program).some(row => row.includes(String.raw`evil\x1b[2J`)));
		program.write('cat evil\t');
		await program.waitFor(() => shellRows(program).join('').includes(String.raw`evil\x1b[2J`));
		program.write(keys.ctrl('u'));
		await program.waitFor(() => promptRow(program) === prompt);
		for (const line of ['stat evil*', 'cat evil*/x', 'rm -f evil*']) await said(program, line);
		expect(titles).toEqual([]);
		expect(program.screen()[1]).toMatch(/^┌─ Shell .*┐$/);
		const bytes = program.transcript().toString('latin1');
		expect(bytes).not.toContain('\u001b]0;owned');
		expect(bytes).not.toContain('evil\u001b');
		expect((await said(program, 'ls evil*')).join('')).toMatch(/evil\*/);
	});

	test('a file full of escape sequences is shown harmlessly', async () => {
		await writeFile(at('bytes.txt'), 'start \u001b[2J\u001b[31mred\u0007\u001b]0;owned\u0007 end\n');
		await said(program, 'put bytes.txt');
		expect((await said(program, 'cat bytes.txt')).join('')).toMatch(/start .*\\x1b\[2J.* end/);
	});
});
