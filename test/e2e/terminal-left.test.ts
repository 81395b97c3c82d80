import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Program} from '../support/pty.ts';
import {createSandbox, type Sandbox} from './sandbox.ts';
import {
	keys,
	leave,
	openScreen,
	prompt,
	promptRow,
	runningExchange,
	said,
	shellRows,
	toPane,
} from './screen.ts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await createSandbox();
	await sandbox.run(['-c', 'pwd']);
}, 60_000);
afterAll(() => sandbox.remove());

/** The terminal does what it did before the program was there. */
function expectAsFound(program: Program) {
	expect(program.terminal.buffer.active.type).toBe('normal');
	expect(program.cursor().visible).toBe(true);
	expect(program.terminal.modes).toMatchObject({
		applicationCursorKeysMode: false,
		applicationKeypadMode: false,
		bracketedPasteMode: false,
		insertMode: false,
		mouseTrackingMode: 'none',
		originMode: false,
		sendFocusMode: false,
		synchronizedOutputMode: false,
		wraparoundMode: true,
	});
	// The kitty keyboard protocol and xterm's modifyOtherKeys are pushed and popped in pairs.
	const bytes = program.transcript().toString('latin1');
	const count = (pattern: RegExp) => bytes.match(pattern)?.length ?? 0;
	expect(count(/\u001b\[>\d*u/g)).toBeLessThanOrEqual(count(/\u001b\[<\d*u/g));
	expect(bytes.lastIndexOf('\u001b[0m')).toBeGreaterThanOrEqual(-1);
	// What is written next is in the terminal's own colours.
	const buffer = program.terminal.buffer.active;
	const cell = buffer.getLine(buffer.baseY + program.cursor().row)?.getCell(0);
	expect(cell?.isInverse() || cell?.isBold() || cell?.isDim() || !cell?.isFgDefault()).toBeFalsy();
}

const ways: readonly (readonly [string, (program: Program) => void, number])[] = [
	['Ctrl-D', program => program.write(keys.ctrl('d')), 0],
	['exit', program => program.write('exit\r'), 0],
	['exit with a status', program => program.write('exit 7\r'), 7],
	['SIGTERM', program => program.kill('SIGTERM'), 143],
	['SIGHUP', program => program.kill('SIGHUP'), 129],
	['SIGINT', program => program.kill('SIGINT'), 130],
];

describe('after', () => {
	test.each(ways)('%s the terminal is as it was, with the transcript', async (_, leave, code) => {
		const program = await openScreen(sandbox);
		await said(program, 'ls sensors');
		await said(program, '!seq 2');
		program.write('unsent');
		await program.waitFor(() => promptRow(program) === `${prompt} unsent`);
		program.write(keys.ctrl('u'));
		await program.waitFor(() => promptRow(program) === prompt);
		leave(program);
		expect(await program.exit).toEqual({exitCode: code, signal: undefined});
		expectAsFound(program);
		const transcript = program.scrollback().join('\n');
		expect(transcript).toMatch(/Sensor study:\/> ls sensors\nmote-1[\s\S]*6 files, 1 directory/);
		expect(transcript).toMatch(/> !seq 2\n1\n2\n/);
		expect(transcript).not.toMatch(/[┌│└]/);
		expect(program.cursor().column).toBe(0);
	});

	test('SIGTERM in the middle of work nothing of it stays behind', async () => {
		const program = await openScreen(sandbox);
		program.write('!echo on it; sleep 301\r');
		await program.waitFor(() => shellRows(program).includes('on it'));
		program.kill('SIGTERM');
		expect((await program.exit).exitCode).toBe(143);
		expectAsFound(program);
		const {stdout} = await sandbox.run(['-c', '!pgrep -f "^sleep 301"']);
		expect(stdout).toBe('');
	});

	test('Ctrl-D from the tree, from the help and from a question it is the prompt that comes back', async () => {
		const program = await openScreen(sandbox);
		await toPane(program, 'tree');
		program.write(keys.ctrl('d'));
		await program.waitFor(() => program.cursor().visible);
		program.write(keys.f1);
		await program.waitFor('┌─ Keys');
		program.write(keys.ctrl('d'));
		await program.waitFor(() => promptRow(program) === prompt);
		program.write('rm readme.txt\r');
		await program.waitFor('[y/N]');
		program.write(keys.ctrl('d'));
		await program.waitFor(() => promptRow(program) === prompt);
		expect((await leave(program)).exitCode).toBe(0);
		expectAsFound(program);
	});

	test('a crash the terminal is as it was, the error is said, and the code is 1', async () => {
		const program = await openScreen(sandbox, {
			environment: {NODE_OPTIONS: `--import=${new URL('./screen-crash.ts', import.meta.url)}`},
		});
		await said(program, '!seq 2');
		program.kill('SIGUSR2');
		expect((await program.exit).exitCode).toBe(1);
		expectAsFound(program);
		const transcript = program.scrollback().join('\n');
		expect(transcript).toMatch(/> !seq 2\n1\n2\n/);
		expect(transcript).toContain('crashed on purpose');
	});
});

test('a long session is printed whole, in order', async () => {
	const program = await openScreen(sandbox, {columns: 80, rows: 24});
	await said(program, '!seq 3000');
	await leave(program);
	const numbers = program
		.scrollback()
		.filter(row => /^\d+$/.test(row))
		.map(Number);
	expect(numbers).toEqual(Array.from({length: 3000}, (_, at) => at + 1));
});

test('what was above on the normal screen is still there', async () => {
	const program = await openScreen(sandbox, {
		columns: 80,
		rows: 24,
		environment: {NODE_OPTIONS: `--import=data:text/javascript,process.stdout.write('before\\n')`},
	});
	await leave(program);
	expect(program.scrollback()[0]).toBe('before');
});

test('two shells use one exchange at once, and one sees what the other did', async () => {
	const one = await openScreen(sandbox);
	const two = await openScreen(sandbox, {columns: 80, rows: 24});
	const {pid} = await runningExchange(sandbox);
	await said(one, 'mkdir together');
	expect((await said(two, 'refresh; ls')).join(' ')).toContain('together/');
	await leave(one);
	await said(two, 'rmdir together');
	expect((await sandbox.run(['-c', 'ls'])).stdout).not.toContain('together');
	expect((await runningExchange(sandbox)).pid).toBe(pid);
	expect((await leave(two)).exitCode).toBe(0);
});
