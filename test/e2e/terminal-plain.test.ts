import {chmod, mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {type Program, startProgram} from '../support/pty.ts';
import {createSandbox, program, type Sandbox} from './sandbox.ts';
import {keys, prompt} from './screen.ts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await createSandbox();
	await sandbox.run(['-c', 'pwd']);
	const bin = path.join(sandbox.directory, 'bin');
	await mkdir(bin);
	await writeFile(
		path.join(bin, 'less'),
		`#!/usr/bin/env node
process.on('SIGINT', () => process.stdout.write('interrupted\\n'));
process.stdin.on('data', data => process.exit());
process.stdout.write('pager of ' + process.stdin.isTTY + ' ' + process.stdout.isTTY + '\\n');`,
	);
	await writeFile(
		path.join(bin, 'work'),
		"#!/usr/bin/env node\nsetInterval(() => undefined, 1000); process.stdout.write('started\\n');",
	);
	for (const name of ['less', 'work']) await chmod(path.join(bin, name), 0o755);
}, 60_000);
afterAll(() => sandbox.remove());

/** The last line that is not empty. */
const lastRow = (program: Program) => program.screen().findLast(row => row !== '') ?? '';
const at = (program: Program, line = '') =>
	program.waitFor(() => lastRow(program) === `${prompt} ${line}`.trimEnd());

const plain: readonly (readonly [string, readonly string[], NodeJS.ProcessEnv])[] = [
	['TERM=dumb', [], {TERM: 'dumb'}],
	['--inline', ['--inline'], {}],
	['--screen-reader', ['--screen-reader'], {}],
];

describe.each(plain)('%s', (name, args, environment) => {
	const open = async () => {
		const PATH = `${sandbox.directory}/bin:${process.env.PATH}`;
		const program = sandbox.open({args, environment: {PATH, ...environment}, columns: 100, rows: 30});
		await at(program);
		return program;
	};

	test('is a prompt in the normal screen, left with Ctrl-D', async () => {
		const program = await open();
		expect(program.terminal.buffer.active.type).toBe('normal');
		program.write('ls sensors\r');
		await program.waitFor(/> ls sensors\n[\s\S]*summary\.json[\s\S]*\nSensor study:\/>/);
		program.write('cat nothere\r');
		await program.waitFor(/cat: nothere: no such file/);
		expect(program.screen().join('')).not.toMatch(/[┌│▸]/);
		program.write(keys.ctrl('d'));
		expect(await program.exit).toEqual({exitCode: 0, signal: undefined});
		const bytes = program.transcript().toString('latin1');
		expect(bytes).not.toContain('\u001b[?1049h');
		if (name === 'TERM=dumb') expect(bytes).not.toContain('\u001b');
	});

	test('Tab completes, quoting inserted', async () => {
		const program = await open();
		// A dumb terminal cannot edit a line, so nothing is put into it.
		if (name === 'TERM=dumb') return program.kill();
		program.write('cat sensors/wh');
		await at(program, 'cat sensors/wh');
		program.write(keys.tab);
		await at(program, `cat "sensors/what 'label' means.txt"`);
		program.write('\r');
		await program.waitFor(/means\.txt"\n[\s\S]*\nSensor study:\/>$/m);
		program.kill();
	});

	test('Ctrl-C drops the line, cancels work and a question, and never ends the session', async () => {
		const program = await open();
		program.write('half a line');
		await program.waitFor('half a line');
		program.write(keys.ctrl('c'));
		await at(program);
		program.write('!work\r');
		await program.waitFor(/^started/m);
		program.write(keys.ctrl('c'));
		await at(program);
		program.write('rm readme.txt\r');
		await program.waitFor(/readme\.txt.*\[y\/N\]/);
		program.write(keys.ctrl('c'));
		await at(program);
		program.write('ls readme.txt\r');
		await program.waitFor(/> ls readme\.txt\nreadme\.txt\n/);
		program.kill();
	});

	test('lines pasted or entered while another runs have their turn, a half one stays to be ended', async () => {
		const program = await open();
		program.write('ls sensors\rpwd\rcat nothere\rls read');
		await program.waitFor(/> ls sensors\n[\s\S]*summary\.json[\s\S]*> pwd\nSensor study:\/\n/);
		await program.waitFor(/> cat nothere\n[\s\S]*cat: nothere: no such file/);
		await at(program, 'ls read');
		program.write('me.txt\r');
		await program.waitFor(/> ls readme\.txt\nreadme\.txt\n/);
		program.write('!work\r');
		await program.waitFor(/^started/m);
		program.write('rm -f readme.txt\r');
		program.write(keys.ctrl('c'));
		await at(program);
		program.write('ls readme.txt\r');
		await program.waitFor(/^started[\s\S]*> ls readme\.txt\nreadme\.txt\n/m);
		program.kill();
	});

	test('rm asks, n keeps and y deletes', async () => {
		await writeFile(path.join(sandbox.directory, 'doomed.txt'), 'x');
		const program = await open();
		program.write('put doomed.txt\r');
		await program.waitFor(/doomed\.txt → \/doomed\.txt[\s\S]*>$/m);
		program.write('rm doomed.txt\r');
		await program.waitFor(/\[y\/N\]$/m);
		program.write('n\r');
		await at(program);
		program.write('rm doomed.txt\r');
		await program.waitFor(/\[y\/N\] n[\s\S]*\[y\/N\]$/m);
		program.write('y\r');
		await at(program);
		program.write('ls doomed.txt\r');
		await program.waitFor('ls: doomed.txt: no such file');
		program.kill();
	});

	test('share says what it is about before it asks; tables have headers but for a screen reader', async () => {
		const program = await open();
		program.write("share 'NOAA tides' 'Resilience pilot'\r");
		await program.waitFor(
			/NOAA tides \(time series\) becomes visible to[\s\S]*Example State University[\s\S]*gain access[\s\S]*\[y\/N\]$/m,
		);
		program.write('n\r');
		await program.waitFor(/^nothing shared$/m);
		program.write("share 'NOAA tides' 'Resilience pilot'\r");
		await program.waitFor(/^nothing shared$[\s\S]*\[y\/N\]$/m);
		program.write(keys.ctrl('c'));
		await program.waitFor(/\[y\/N\]\n+share: cancelled\n/);
		await at(program);
		expect(program.screen().filter(line => line === 'nothing shared')).toHaveLength(1);
		program.write('collaboratives\r');
		await program.waitFor(/Storm desk/);
		const header = /^name +host +state +may +orgs +people +services$/m;
		if (name === '--screen-reader') expect(program.screen().join('\n')).not.toMatch(header);
		else expect(program.screen().join('\n')).toMatch(header);
		program.kill();
	});

	test('a local program has the terminal, keys and Ctrl-C too', async () => {
		const program = await open();
		program.write('!less file\r');
		await program.waitFor('pager of true true');
		program.write(keys.ctrl('c'));
		await program.waitFor('interrupted');
		program.write('q\r');
		await at(program);
		program.write('pwd\r');
		await program.waitFor(/> pwd\nSensor study:\/\n/);
		program.kill();
	});
});

describe('without a terminal on one side', () => {
	/** A shell puts a pipe or a file where the terminal was. */
	const shell = (command: string) =>
		startProgram({
			args: [
				'-e',
				'process.exit(require("child_process").spawnSync("/bin/sh", ["-c", process.argv[1]], {stdio: "inherit"}).status)',
				command,
			],
			columns: 100,
			rows: 30,
			env: {...sandbox.environment, NODE: process.execPath, CLI: program},
			directory: sandbox.directory,
		});

	test('stdin a pipe: the lines run without a screen, and the terminal shows what they say', async () => {
		const opened = shell(`echo 'cd sensors; pwd' | "$NODE" "$CLI"`);
		expect((await opened.exit).exitCode).toBe(0);
		expect(opened.screen()[0]).toBe('Sensor study:/sensors');
		expect(opened.transcript().toString()).not.toContain('\u001b');
	});

	test('stdout a pipe: a plain prompt, and only data in the pipe', async () => {
		const opened = shell(`"$NODE" "$CLI" > out.txt; echo "left with $?"; cat out.txt`);
		await opened.waitFor(/^Sensor study:\/>$/m);
		opened.write('pwd\r');
		await opened.waitFor(/^Sensor study:\/> pwd\nSensor study:\/>$/m);
		opened.write('exit\r');
		await opened.waitFor('left with 0');
		await opened.exit;
		expect(opened.transcript().toString()).not.toContain('\u001b[?1049h');
		expect(opened.screen().join('\n')).toMatch(/left with 0\nSensor study:\/\n+$/);
	});
});
