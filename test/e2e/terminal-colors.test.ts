import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {Program} from '../support/pty.ts';
import {createSandbox, type Sandbox} from './sandbox.ts';
import {keys, openScreen, prompt, promptRow, said, shellRows, toPane, treeRows} from './screen.ts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await createSandbox();
	await sandbox.run(['-c', 'pwd']);
}, 60_000);
afterAll(() => sandbox.remove());

/** Every code that colours or styles text, but for the one that ends all of them. */
function styles(program: Program): string[] {
	return (
		program
			.transcript()
			.toString('latin1')
			.match(/\u001b\[(?!0?m)[\d;:]*m/g) ?? []
	);
}

/** A tour of everything that is coloured when there is colour. */
async function tour(program: Program) {
	await program.waitFor('readme.txt');
	await said(program, 'ls -l sensors');
	await said(program, 'cat nothere');
	await said(program, 'nosuch');
	program.write('cat s\t');
	await program.waitFor(() => promptRow(program).includes('cat s'));
	program.write(keys.ctrl('u'));
	program.write('use \t');
	await program.waitFor(/Public climate and power {2}Weather/);
	program.write('\t');
	await program.waitFor(() => shellRows(program).some(row => row.startsWith('▸ ')));
	program.write(keys.ctrl('c'));
	await program.waitFor(() => promptRow(program) === prompt);
	program.write('rm readme.txt\r');
	await program.waitFor('[y/N]');
	program.write('n');
	program.write(keys.f1);
	await program.waitFor(/[┌┏].*Keys/);
	program.write(keys.escape);
	await program.waitFor(() => promptRow(program) === prompt);
	await toPane(program, 'tree');
}

test('there is colour by default, of the sixteen that the terminal’s theme decides', async () => {
	const program = await openScreen(sandbox);
	await tour(program);
	const codes = new Set(styles(program));
	expect(codes.size).toBeGreaterThan(5);
	expect([...codes].filter(code => /[34]8[;:]/.test(code))).toEqual([]);
	program.kill();
});

describe.each([
	['NO_COLOR', [], {NO_COLOR: '1'}],
	['--color never', ['--color', 'never'], {}],
] as const)('%s', (_, args, environment) => {
	test('not one code of colour or style is written, on the screen or after it', async () => {
		const program = await openScreen(sandbox, {args, environment});
		await tour(program);
		program.write(`q${keys.ctrl('d')}`);
		await program.exit;
		expect(styles(program)).toEqual([]);
	});

	test('the focus and the marked rows can still be told', async () => {
		const program = await openScreen(sandbox, {args, environment});
		await program.waitFor('readme.txt');
		expect(program.screen().join('\n')).toMatch(/┏━ Shell .*┓[\s\S]*┌─ Sensor study .*┐/);
		await toPane(program, 'tree');
		await program.waitFor(/┌─ Shell .*┐[\s\S]*┏━ Sensor study .*┓/);
		const before = treeRows(program);
		program.write(keys.end);
		await program.waitFor(() => treeRows(program).join('\n') !== before.join('\n'));
		const changed = treeRows(program).filter((row, index) => row !== before[index]);
		expect(changed).toHaveLength(2);
		expect(changed[1]).toContain('sensors/');
		program.kill();
	});
});

test('NO_COLOR is heeded in scripts on a terminal, and --color always wins', async () => {
	const colored = sandbox.open({
		args: ['--color', 'always', '-c', 'ls sensors'],
		environment: {NO_COLOR: '1'},
	});
	await colored.exit;
	const plain = sandbox.open({args: ['-c', 'ls sensors; cat nothere'], environment: {NO_COLOR: '1'}});
	await plain.exit;
	expect(styles(plain)).toEqual([]);
	expect(plain.screen().join('\n')).toContain('summary.json');
	expect(colored.screen().join('\n')).toContain('summary.json');
});
