import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, test} from 'vitest';
import type {Program} from '../support/pty.ts';
import {createSandbox, type Sandbox} from './sandbox.ts';
import {keys, openScreen, prompt, promptRow, shellRows} from './screen.ts';

let sandbox: Sandbox;
let program: Program;
beforeAll(async () => {
	sandbox = await createSandbox();
	await sandbox.run(['-c', 'pwd']);
}, 60_000);
afterAll(() => sandbox.remove());
beforeEach(async () => {
	program = await openScreen(sandbox, {columns: 80, rows: 24});
});
afterEach(() => program.kill());

const start = 2 + prompt.length + 1;

/** Types, and waits until the prompt holds `text` with the cursor `column` columns into it. */
async function type(typed: string, text: string, column: number) {
	program.write(typed);
	await program.waitFor(
		() => promptRow(program) === `${prompt} ${text}`.trimEnd() && program.cursor().column === start + column,
	);
	expect(program.cursor().visible).toBe(true);
}

describe('the line', () => {
	test('is edited with the keys of emacs', async () => {
		await type('ls -l sensors', 'ls -l sensors', 13);
		await type(keys.ctrl('a'), 'ls -l sensors', 0);
		await type(keys.alt('f'), 'ls -l sensors', 2);
		await type(keys.ctrl('k'), 'ls', 2);
		await type(keys.ctrl('y'), 'ls -l sensors', 13);
		await type(keys.alt('b'), 'ls -l sensors', 6);
		await type(keys.ctrl('b') + keys.ctrl('b'), 'ls -l sensors', 4);
		await type(keys.ctrl('d'), 'ls - sensors', 4);
		await type(keys.ctrl('t'), 'ls  -sensors', 5);
		await type('\u001f', 'ls - sensors', 4);
		await type(keys.ctrl('e') + keys.ctrl('w'), 'ls -', 5);
		await type(keys.ctrl('u'), '', 0);
		await type(keys.ctrl('y'), 'ls - sensors', 12);
	});

	test('moves with arrows, Home, End, Delete and Backspace', async () => {
		await type('pwdx', 'pwdx', 4);
		await type(keys.backspace, 'pwd', 3);
		await type(keys.left + keys.left, 'pwd', 1);
		await type('\u001b[3~', 'pd', 1);
		await type(keys.home, 'pd', 0);
		await type(keys.end, 'pd', 2);
		await type(keys.right, 'pd', 2);
		await type('\u0008', 'p', 1);
	});

	test('has the cursor at the caret beside wide letters, and takes each away as one', async () => {
		await type('🎉漢字x', '🎉漢字x', 7);
		await type(keys.left + keys.left, '🎉漢字x', 4);
		// A family of three joined people is one letter, so is an e with an accent of its own.
		await type('👩‍👩‍👧', '🎉漢👩‍👩‍👧字x', 6);
		await type('e\u0301', '🎉漢👩‍👩‍👧e\u0301字x', 7);
		await type(keys.backspace, '🎉漢👩‍👩‍👧字x', 6);
		await type(keys.backspace, '🎉漢字x', 4);
		await type(keys.left + keys.left, '🎉漢字x', 0);
		await type('\u001b[3~', '漢字x', 0);
		const row = program.screen()[program.cursor().row]!;
		expect(row.endsWith('│')).toBe(true);
	});

	test('longer than the window goes on in the next rows', async () => {
		const line = `cat ${'sensors/windows/mote-1-0001.csv '.repeat(4)}`.trimEnd();
		program.write(line);
		await program.waitFor(() =>
			shellRows(program).join('').replaceAll(' ', '').includes(line.replaceAll(' ', '')),
		);
		const {row} = program.cursor();
		await type(keys.ctrl('a'), line.slice(0, 80 - 4 - prompt.length - 1).trimEnd(), 0);
		expect(program.cursor().row).toBeLessThan(row);
		await type(keys.ctrl('c'), '', 0);
	});

	test('waits for the connection, and so does Tab', async () => {
		const early = sandbox.open({columns: 80, rows: 24});
		await early.waitFor('┌─ Shell');
		early.write('cat rea\t');
		await early.waitFor(/> cat readme\.txt /);
		early.kill();
	});

	test('typed fast, keys and all, is taken in order', async () => {
		program.write('pwdx\u007f\rls sensors\r!echo end\r');
		await program.waitFor(/> !echo end *│\n│ end /);
		const rows = shellRows(program).join('\n');
		expect(rows).toMatch(
			/> pwd\nSensor study:\/\n.*> ls sensors\n[\s\S]*6 files, 1 directory\n.*> !echo end\nend\n/,
		);
	});
});

describe('a paste', () => {
	test('of many lines is shown and runs only on Enter', async () => {
		program.write(keys.paste('pwd\r\n!echo pasted-$((1+1))\r\n'));
		await program.waitFor(/> pwd *│\n│ > !echo pasted/);
		program.write(' # seen');
		await program.waitFor('# seen');
		expect(shellRows(program)).not.toContain('Sensor study:/');
		expect(program.screen().join('\n')).not.toContain('pasted-2');
		program.write(keys.enter);
		await program.waitFor(/Sensor study:\/ *│\n│ pasted-2 /);
	});

	test('is text, whatever bytes are in it', async () => {
		program.write(keys.paste('!echo a\tb\u001b[31mred\u0007\u0004'));
		await program.waitFor('!echo a');
		program.write(keys.ctrl('a'));
		await program.waitFor(() => program.cursor().column === start);
		expect(program.terminal.buffer.active.type).toBe('alternate');
		expect(shellRows(program).join('')).toContain('red');
	});
});

describe('control keys', () => {
	test('Ctrl-C clears the line and keeps the session', async () => {
		await type('rm -rf everything', 'rm -rf everything', 17);
		await type(keys.ctrl('c'), '', 0);
		await type(keys.ctrl('c'), '', 0);
		await type('pwd', 'pwd', 3);
	});

	test('Ctrl-D deletes in a line, and on an empty one ends with 0', async () => {
		await type('ab', 'ab', 2);
		await type(keys.ctrl('a') + keys.ctrl('d'), 'b', 0);
		await type(keys.ctrl('d'), '', 0);
		program.write(keys.ctrl('d'));
		expect(await program.exit).toEqual({exitCode: 0, signal: undefined});
	});

	test('Ctrl-L clears the screen, and what was said can be scrolled to', async () => {
		program.write('pwd\r');
		await program.waitFor(/> pwd/);
		program.write(keys.ctrl('l'));
		await program.waitFor(() => shellRows(program)[0] === prompt && program.cursor().row === 2);
		expect(shellRows(program).filter(row => row !== '')).toEqual([prompt]);
		program.write(keys.pageUp);
		await program.waitFor(/> pwd/);
		expect(shellRows(program)).toContain('Sensor study:/');
	});

	test('PageUp and PageDown scroll, and typing comes back to the prompt', async () => {
		program.write('!seq 200\r');
		await program.waitFor(() => shellRows(program).at(-2) === '200');
		program.write(keys.pageUp);
		await program.waitFor(() => shellRows(program).includes('↓ more'));
		const first = Number(shellRows(program)[0]);
		expect(first).toBeLessThan(180);
		program.write(keys.pageUp);
		await program.waitFor(() => Number(shellRows(program)[0]) < first);
		program.write(keys.pageDown);
		await program.waitFor(() => Number(shellRows(program)[0]) === first);
		program.write('x');
		await program.waitFor(() => shellRows(program).at(-2) === '200');
		expect(promptRow(program)).toBe(`${prompt} x`);
	});

	test('an open quote asks for more', async () => {
		program.write("pwd # it's\rcat 'one\r");
		await program.waitFor(/> cat 'one *│\n│ > +│/);
		program.write("two'\r");
		await program.waitFor(/│ cat: .*one\\ntwo.*: no such file/);
	});
});
