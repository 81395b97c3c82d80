import {mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import type {Program} from '../support/pty.ts';
import {createSandbox, type Sandbox} from './sandbox.ts';
import {keys, openScreen, prompt, promptRow, shellRows} from './screen.ts';

let sandbox: Sandbox;
let program: Program;
beforeAll(async () => {
	sandbox = await createSandbox();
	await sandbox.run(['-c', 'pwd']);
	await writeFile(path.join(sandbox.directory, 'local one.csv'), 'one');
	await writeFile(path.join(sandbox.directory, 'local-2.csv'), 'two');
	await mkdir(path.join(sandbox.directory, 'folder'));
}, 60_000);
afterAll(() => sandbox.remove());
beforeEach(async () => {
	program = await openScreen(sandbox, {columns: 100, rows: 30});
});
afterEach(() => program.kill());

/** Types, and waits until the prompt holds `line`, with the cursor at its end. */
async function type(typed: string, line: string) {
	program.write(typed);
	await program.waitFor(() => promptRow(program) === `${prompt} ${line}`.trimEnd());
}

/** The rows beneath the prompt. */
function menu(): string[] {
	const rows = shellRows(program).filter(row => row !== '');
	return rows.slice(rows.findLastIndex(row => row.startsWith(prompt)) + 1);
}

/** Waits for a menu that begins with these labels. */
async function menuOf(...labels: string[]) {
	await program.waitFor(() => labels.every((label, index) => menu()[index]?.slice(2).startsWith(label)));
}

describe('Tab completes', () => {
	test('commands, with what they do', async () => {
		await type('who\t', 'whoami');
		await type(keys.ctrl('u'), '');
		await type('he\t', 'he');
		await menuOf('head ', 'help ');
		expect(menu()[1]).toMatch(/help +Show the commands/);
	});

	test('flags, with what they mean', async () => {
		await type('get --f\t', 'get --force');
		await type(keys.ctrl('u'), '');
		await type('ls -\t', 'ls -');
		await menuOf('-l, --long', '-a, --all');
		expect(menu()[0]).toMatch(/With size and time/);
	});

	test('stores, quoted', async () => {
		await type('use pub\t', "use 'Public climate and power'");
	});

	test.each([
		['a plain name', 'cat read\t', 'cat readme.txt'],
		['a name with a space', 'cat data\t', "cat 'data sheet.pdf'"],
		['quotes in a name', 'cat sensors/wh\t', `cat "sensors/what 'label' means.txt"`],
		[
			'a name in another script',
			"cat 'Public climate and power:/お\t",
			"cat 'Public climate and power:/お読みください.txt'",
		],
		['an open quote', "cat 'data sh\t", "cat 'data sheet.pdf'"],
		['a backslash', 'cat data\\ sh\t', "cat 'data sheet.pdf'"],
		['a dot file', 'cat .co\t', 'cat .columns.json'],
		['an absolute path', 'cd sensors; cat /rea\t', 'cd sensors; cat /readme.txt'],
		['a path that begins above', 'cat sensors/../NOT\t', 'cat sensors/../NOTICE'],
	])('%s', async (_, typed, line) => {
		await type(typed, line);
	});

	test('a directory, so that the next name can follow', async () => {
		await type('cd inb\t', 'cd inbox/');
		await type(keys.ctrl('u'), '');
		await type('cat sensors/\t', 'cat sensors/');
		await menuOf('mote-1');
		await type(keys.escape, 'cat sensors/');
		await program.waitFor(() => menu().length === 0);
		await type('win\t', 'cat sensors/windows/');
	});

	test('local paths for put, and remote ones for its target', async () => {
		await type('put "local o\t', "put 'local one.csv'");
		await type(keys.ctrl('u'), '');
		await type('put fo\t', 'put folder/');
		await type(keys.ctrl('u'), '');
		await type('lcd f\t', 'lcd folder/');
	});

	test('in the middle of a line what stands before the caret', async () => {
		await type('cat rea --json', 'cat rea --json');
		program.write(keys.ctrl('a') + keys.right.repeat(7) + keys.tab);
		await program.waitFor(/> cat readme\.txt +--json/);
	});
});

describe('the menu', () => {
	test('shows size and time beside files, and the name alone of a directory', async () => {
		await type('cat \t', 'cat');
		await menuOf('cases/');
		expect(menu().find(row => row.includes('readme.txt'))).toMatch(/readme\.txt +920 B {2}\S/);
		expect(
			menu()
				.find(row => row.includes('cases/'))!
				.trimEnd(),
		).toMatch(/cases\/$/);
	});

	test('is walked with Tab, Shift-Tab and arrows, and Enter takes without running', async () => {
		await type('cat sensors/mote\t', 'cat sensors/mote-');
		await menuOf('mote-1', 'mote-2', 'mote-3', 'mote-4');
		const marked = (row: number) =>
			program.waitFor(() => menu().findIndex(line => line.startsWith('▸')) === row);
		program.write(keys.tab);
		await marked(0);
		program.write(keys.tab);
		await marked(1);
		program.write(keys.down);
		await marked(2);
		program.write(keys.up);
		await marked(1);
		program.write(keys.backTab + keys.backTab);
		await marked(3);
		await type(keys.enter, 'cat sensors/mote-4.outdoor.2010-05-09.csv');
		expect(menu()).toEqual([]);
		expect(program.screen().join('\n')).not.toContain('⇣');
	});

	test('narrows while typing and closes with Esc, which leaves the line', async () => {
		await type('cat sensors/\t', 'cat sensors/');
		await menuOf('mote-1', 'mote-2');
		await type('mote-3', 'cat sensors/mote-3');
		await menuOf('mote-3.outdoor.2010-05-09.csv');
		expect(menu()).toHaveLength(1);
		program.write(keys.escape);
		await program.waitFor(() => menu().length === 0);
		expect(promptRow(program)).toBe(`${prompt} cat sensors/mote-3`);
	});

	test('says when nothing fits', async () => {
		await type('cat zzz\t', 'cat zzz');
		await menuOf('nothing fits');
	});

	test('of 10,000 names is there at once when they are, and typing goes on meanwhile', async () => {
		await type('cat sensors/windows/\t', 'cat sensors/windows/');
		await type('mote-3-17', 'cat sensors/windows/mote-3-17');
		await menuOf('mote-3-17');
		await program.waitFor(() => menu().at(-1)!.trim() === '100');
		await type('42', 'cat sensors/windows/mote-3-1742');
		await menuOf('mote-3-1742.csv');
		await type(keys.tab, 'cat sensors/windows/mote-3-1742.csv');
	});
});

test('no name can draw on the screen', async () => {
	await writeFile(path.join(sandbox.directory, 'evil\u001b[2J\u001b]0;title\u0007.txt'), 'x');
	await type('put evil\t', String.raw`put $'evil\x1b[2J\x1b]0;title\x07.txt'`);
});
