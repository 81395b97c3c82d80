import stringWidth from 'string-width';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Program} from '../support/pty.ts';
import {createSandbox, type Sandbox} from './sandbox.ts';
import {keys, leave, openScreen, prompt, promptRow, said, shellRows, treeRows} from './screen.ts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await createSandbox();
	await sandbox.run(['-c', 'pwd']);
}, 60_000);
afterAll(() => sandbox.remove());

/** A database whose values never change. */
const args = ['--db', 'Sensor study'];

/** Every pane is closed, and no row is wider than the window. */
function expectWhole(program: Program) {
	const screen = program.screen();
	const {cols, rows} = program.terminal;
	expect(screen).toHaveLength(rows);
	expect(Math.max(...screen.map(row => stringWidth(row)))).toBeLessThanOrEqual(cols);
	const [, top, ...rest] = screen;
	const inside = rest.slice(0, rows - 4);
	expect(top).toMatch(/^┌.*┐$/);
	// Panes at the right stand one above the other.
	for (const row of inside) expect(row).toMatch(/^│.*[│┐┘]$/);
	expect(rest[rows - 4]).toMatch(/^└.*┘$/);
}

describe('the first frame', () => {
	test.each([
		[120, 40, ['Shell', 'Time series · Sensor study']],
		[80, 24, ['Shell']],
		[200, 60, ['Shell', 'Time series · Sensor study']],
		[60, 16, ['Shell']],
	])('at %dx%d has the status, the panes, the prompt and the keys', async (columns, rows, panes) => {
		const program = await openScreen(sandbox, {args, columns, rows});
		if (columns >= 120) await program.waitFor('local exchange · Local User, Sample Utility');
		if (panes.length > 1) await program.waitFor(/listed \d+ s ago[\s\S]*Time series/);
		const screen = program.screen();
		expect(screen[0]).toMatch(/^ (adx-shell {2})?local exchange · .*Sensor study:\//);
		expect([...screen[1]!.matchAll(/[┌┐]─ (.*?) ─/g)].map(([, title]) => title)).toEqual(panes);
		expect(screen.at(-1)).toMatch(/^ Tab complete .*F1 help/);
		expect(shellRows(program).join(' ')).toContain('`login`, ADX_TOKEN or --token-file FILE');
		expect(promptRow(program)).toBe(prompt);
		expect(program.cursor()).toMatchObject({column: 2 + prompt.length + 1, visible: true});
		expect(program.terminal.buffer.active.type).toBe('alternate');
		expectWhole(program);
		program.kill();
	});

	test('a wide window gives the shell half, never more than 100 columns of text need', async () => {
		const program = await openScreen(sandbox, {args, columns: 200, rows: 60});
		await program.waitFor('readme.txt');
		expect(program.screen()[1]!.indexOf('┐') + 1).toBe(100);
		expect(treeRows(program)).toContainEqual(expect.stringMatching(/^▸ sensors\/$/));
		program.kill();
	});
});

describe('below 60x16', () => {
	test.each([
		[59, 40],
		[80, 15],
		[20, 4],
	])('%dx%d says so and is a plain prompt', async (columns, rows) => {
		const program = sandbox.open({columns, rows});
		await program.waitFor(/:\/>$/m);
		expect(program.screen()[0]).toMatch('window smaller than 60x16'.slice(0, columns - 1));
		expect(program.screen().join('')).not.toMatch(/[┌│└]/);
		program.write('pwd\r');
		await program.waitFor(/> pwd\nSensor study:\/\n(Sens.*:\/>)$/m);
		expect(program.cursor()).toMatchObject({column: promptRow(program).length + 1, visible: true});
		expect((await leave(program)).exitCode).toBe(0);
	});

	test('completion, a listing and a question fit', async () => {
		const program = sandbox.open({columns: 40, rows: 10});
		await program.waitFor(/:\/>$/m);
		program.write('pwd\r');
		await program.waitFor(/> pwd\nSensor study:\/$/m);
		program.write('cat rea\t');
		await program.waitFor('> cat readme.txt');
		program.write(keys.ctrl('c'));
		program.write('ls -l sensors\r');
		await program.waitFor('6 files, 1 directory');
		program.write('rm readme.txt\r');
		await program.waitFor('[y/N]');
		program.write('n');
		await program.waitFor(/\[y\/N\] n\n(.*\n)?Sens.*:\/>$/m);
		expect(Math.max(...program.screen().map(row => stringWidth(row)))).toBeLessThanOrEqual(40);
		program.kill();
	});
});

describe('while resizing', () => {
	/** What a window of that size shows that was never another size; the age of the listing left out. */
	const fresh = async (columns: number, rows: number) => {
		const program = await openScreen(sandbox, {args, columns, rows});
		const list = await said(program, 'ls -l sensors');
		if (columns >= 110) await program.waitFor(/4 · live[\s\S]*Mote 4 .*[▁▂▃▄▅▆▇█]{8}/);
		const bare = withoutClock(program);
		program.kill();
		expect(list.length).toBeGreaterThan(5);
		return bare;
	};
	const withoutClock = (program: Program) =>
		program
			.screen()
			.map(row => row.replace(/ +(listed .*|⇣.*)$/, '').replace(/ · Local User, [\w ]*(?= ·)/, ''));

	test('the screen is what a fresh start at that size shows, in all directions', async () => {
		const sizes = [
			[80, 24],
			[200, 60],
			[60, 16],
			[120, 24],
			[120, 40],
			[100, 50],
		] as const;
		const program = await openScreen(sandbox, {args, columns: 120, rows: 40});
		await said(program, 'ls -l sensors');
		for (const [columns, rows] of sizes) {
			const wanted = await fresh(columns, rows);
			program.resize(columns, rows);
			await program.waitFor(() => withoutClock(program).join('\n') === wanted.join('\n'));
			expectWhole(program);
		}
		program.kill();
	});

	test('it is the plain prompt while it is too small, and the panes again after', async () => {
		const program = await openScreen(sandbox, {args, columns: 120, rows: 40});
		await said(program, 'ls sensors');
		program.write('typed');
		await program.waitFor('> typed');
		program.resize(50, 12);
		await program.waitFor('window smaller than 60x16');
		expect(program.screen().join('')).not.toMatch(/[┌│└]/);
		expect(promptRow(program)).toBe(`${prompt} typed`);
		program.resize(121, 41);
		await program.waitFor(screen => screen[40]!.includes('F1 help'));
		expectWhole(program);
		expect(promptRow(program)).toBe(`${prompt} typed`);
		program.kill();
	});

	test('a listing of 10,000 files follows every size of a drag', async () => {
		const program = await openScreen(sandbox, {args, columns: 120, rows: 40});
		await said(program, 'ls sensors/windows');
		for (let step = 0; step <= 30; step++) program.resize(120 - step, 40 - Math.floor(step / 2));
		await program.waitFor(
			screen => screen.length === 25 && /^ Tab/.test(screen[24]!) && shellRows(program).at(-1) === prompt,
		);
		expectWhole(program);
		expect(shellRows(program).at(-2)).toBe('10,000 files');
		expect(shellRows(program).at(-3)).toMatch(/mote-4-2500\.csv$/);
		program.kill();
	});
});
