import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import type {Program} from '../support/pty.ts';
import {createSandbox, type Sandbox} from './sandbox.ts';
import {keys, openScreen, prompt, promptRow, shellRows, toPane, treeRows} from './screen.ts';

let sandbox: Sandbox;
let program: Program;
beforeAll(async () => {
	sandbox = await createSandbox();
	await sandbox.run(['-c', 'pwd']);
}, 60_000);
afterAll(() => sandbox.remove());
beforeEach(async () => {
	program = await openScreen(sandbox, {args: ['--store', 'Sensor study']});
	await program.waitFor('readme.txt');
});
afterEach(() => program.kill());

/** The name in the marked row: it is drawn inverse. */
function marked(of = program): string | undefined {
	const buffer = of.terminal.buffer.active;
	for (let row = 2; row < of.terminal.rows - 2; row++) {
		const line = buffer.getLine(buffer.baseY + row)!;
		for (let column = 0; column < of.terminal.cols; column++) {
			if (!line.getCell(column)!.isInverse()) continue;
			return /[▸▾› ]+(\S.*?) *(\S+ [kMG]?B|here)? *[│┃]/.exec(line.translateToString(true, column))?.[1];
		}
	}
	return undefined;
}

async function toTree() {
	await toPane(program, 'tree');
	await program.waitFor(() => marked() !== undefined);
}

async function mark(key: string, name: string) {
	program.write(key);
	await program.waitFor(() => marked() === name);
}

test('F2 gives the keys to the tree and back, and the cursor shows which', async () => {
	expect(program.cursor().visible).toBe(true);
	await toTree();
	expect(program.cursor().visible).toBe(false);
	expect(program.screen().at(-1)).toContain('/ filter');
	await toPane(program, 'shell');
	await program.waitFor(() => marked() === undefined && program.cursor().visible);
	expect(program.cursor()).toMatchObject({visible: true, column: 2 + prompt.length + 1});
	await toTree();
	program.write(keys.escape);
	await program.waitFor(() => marked() === undefined);
	program.write('pwd');
	await program.waitFor(() => promptRow(program) === `${prompt} pwd`);
});

test('arrows walk, unfold and fold, and Enter runs cd where it can be read', async () => {
	await toTree();
	await mark(keys.home, '.columns.json');
	await mark(keys.down, 'cases/');
	await mark(keys.down + keys.down, 'inbox/');
	await mark(keys.end, 'sensors/');
	await mark(keys.right, 'sensors/');
	await program.waitFor(/▾[ ›]sensors\/[\s\S]*summary\.json/);
	program.write(keys.enter);
	await program.waitFor('Sensor study:/sensors>');
	expect(shellRows(program).join('\n')).toMatch(/Sensor study:\/> cd \/sensors\nSensor study:\/sensors>/);
	expect(treeRows(program)).toContainEqual(expect.stringMatching(/▾[ ›]sensors\/ +here$/));
	program.write(keys.left);
	await program.waitFor(() => !treeRows(program).join('\n').includes('summary.json'));
});

test('Enter on a text file shows its beginning, on another what is known of it', async () => {
	await toTree();
	await mark(keys.end, 'sensors/');
	await mark(keys.up, 'readme.txt');
	program.write(keys.enter);
	await program.waitFor('> head -n 20 /readme.txt');
	await program.waitFor(() => shellRows(program).filter(row => row !== '').length > 8);
	await mark(keys.home, '.columns.json');
	await mark(keys.down + keys.down, 'data sheet.pdf');
	program.write(keys.enter);
	await program.waitFor(/> stat '\/data sheet\.pdf'[\s\S]*12[.,]\d+ kB/);
});

test('g puts get at the prompt, without running it', async () => {
	await toTree();
	await mark(keys.home, '.columns.json');
	await mark(keys.down + keys.down, 'data sheet.pdf');
	program.write('g');
	await program.waitFor(() => promptRow(program) === `${prompt} get '/data sheet.pdf'`);
	expect(program.cursor().visible).toBe(true);
});

test('/ filters by name, Enter keeps the filter, Esc ends it', async () => {
	await toTree();
	program.write('/');
	await program.waitFor(() => treeRows(program)[0]!.startsWith('/'));
	program.write('read');
	await program.waitFor(() => treeRows(program).length === 2 && treeRows(program)[1]!.includes('readme.txt'));
	program.write(keys.enter);
	await mark(keys.down, 'readme.txt');
	await program.waitFor(() => treeRows(program)[0] === '/ read');
	program.write('/');
	program.write(keys.escape);
	await program.waitFor(() => treeRows(program).length === 7);
});

test('a directory of 10,000 is walked from end to end', async () => {
	program.write('cd sensors/windows\r');
	await program.waitFor('Sensor study:/sensors/windows>');
	await toTree();
	await program.waitFor(/of 10,0\d\d/);
	program.write(keys.home + keys.end);
	await program.waitFor(/10,0\d\d of 10,0\d\d/);
	program.write(keys.pageUp + keys.pageUp);
	await program.waitFor(/9,9\d\d of 10,0\d\d/);
	program.write(keys.home);
	await mark('', '.columns.json');
});

test('F3 shows one pane alone, and all again', async () => {
	program.write(keys.f3);
	await program.waitFor(screen => /^┌─ Shell ─{100,}┐$/.test(screen[1]!));
	await toPane(program, 'tree');
	await program.waitFor(screen => /^┌─ Sensor study ─{90,}┐$/.test(screen[1]!));
	program.write(keys.f3);
	await program.waitFor(/┌─ Shell ─+┐┌─ Time series[\s\S]*┌─ Sensor study ─+┐/);
});

test('at 80x24 the tree takes the place of the shell, and its commands show the shell again', async () => {
	const small = await openScreen(sandbox, {args: ['--store', 'Sensor study'], columns: 80, rows: 24});
	await toPane(small, 'tree');
	await small.waitFor(/┌─ Sensor study [\s\S]*▸[ ›]cases\//);
	small.write(keys.home + keys.down + keys.enter);
	await small.waitFor('Sensor study:/cases');
	small.write(keys.end + keys.up);
	await small.waitFor(() => marked(small) === 'readme.txt');
	small.write(keys.enter);
	await small.waitFor(/┌─ Shell [\s\S]*> head -n 20 \/readme\.txt/);
	small.kill();
});

describe('F1', () => {
	test('shows every key and closes as it came', async () => {
		program.write('typed');
		await program.waitFor(() => promptRow(program) === `${prompt} typed`);
		program.write(keys.f1);
		await program.waitFor(/┌─ Keys[\s\S]*Ctrl-R +search the history[\s\S]*In the collaboratives/);
		program.write('x\r');
		await program.waitFor(() => promptRow(program) === `${prompt} typed`);
		expect(program.cursor().visible).toBe(true);
	});

	test('scrolls where it does not fit', async () => {
		const small = await openScreen(sandbox, {args: ['--store', 'Sensor study'], columns: 80, rows: 24});
		small.write(keys.f1);
		await small.waitFor('At the prompt');
		expect(small.screen().join('\n')).not.toContain('In the tree');
		small.write(keys.pageDown.repeat(8));
		await small.waitFor('In the collaboratives');
		small.write(keys.escape);
		await small.waitFor('┌─ Shell');
		small.kill();
	});
});
