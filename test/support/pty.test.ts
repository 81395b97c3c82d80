import {tmpdir} from 'node:os';
import {afterEach, describe, expect, test, vi} from 'vitest';
import {type ProgramOptions, startProgram} from './pty.ts';

const running: ReturnType<typeof startProgram>[] = [];
afterEach(async () => {
	for (const program of running.splice(0)) {
		program.kill();
		await program.exit;
	}
});

function run(code: string, options: Partial<ProgramOptions> = {}) {
	const program = startProgram({
		args: ['-e', code],
		columns: 40,
		rows: 6,
		env: {},
		directory: tmpdir(),
		...options,
	});
	running.push(program);
	return program;
}

const stay = 'setInterval(() => {}, 1000);';
const ready = `process.stdout.write('ready');${stay}`;

describe('the screen of a program', () => {
	test('has the lines it drew, without trailing blanks', async () => {
		const program = run(`process.stdout.write('one  \\r\\ntwo\\x1b[5;3Hfive');${stay}`);
		await program.waitFor('five');
		expect(program.screen()).toEqual(['one', 'two', '', '', '  five', '']);
	});

	test('joins a letter whose bytes come apart', async () => {
		const program = run(`
			const [first, ...rest] = Buffer.from('é');
			process.stdin.setRawMode(true);
			process.stdin.once('data', () => process.stdout.write(Buffer.from(rest)));
			process.stdout.write(Buffer.concat([Buffer.from('caf'), Buffer.of(first)]));
			${stay}`);
		await program.waitFor('caf');
		expect(program.screen()[0]).toBe('caf');
		program.write('x');
		await program.waitFor('café');
	});

	test('is the visible part, and the rest is in the scrollback', async () => {
		const program = run("for (let i = 1; i <= 20; i++) console.log('line ' + i);");
		expect(await program.exit).toEqual({exitCode: 0, signal: undefined});
		expect(program.screen()).toEqual(['line 16', 'line 17', 'line 18', 'line 19', 'line 20', '']);
		expect(program.scrollback().slice(0, 2)).toEqual(['line 1', 'line 2']);
		expect(program.scrollback()).toHaveLength(21);
	});

	test('shows where the cursor is and whether', async () => {
		const program = run(`
			process.stdout.write('\\x1b[?25l\\x1b[3;5Hhere');
			process.stdin.once('data', () => process.stdout.write('\\x1b[?25h!'));
			${stay}`);
		await program.waitFor('here');
		expect(program.cursor()).toEqual({column: 8, row: 2, visible: false});
		program.write('\r');
		await program.waitFor('!');
		expect(program.cursor().visible).toBe(true);
	});

	test('tells the alternate screen from the normal one', async () => {
		const program = run(`
			process.stdout.write('normal\\x1b[?1049h\\x1b[Halternate');
			process.stdin.once('data', () => process.stdout.write('\\x1b[?1049l'));
			${stay}`);
		await program.waitFor('alternate');
		expect(program.terminal.buffer.active.type).toBe('alternate');
		program.write('\r');
		await program.waitFor('normal');
		expect(program.terminal.buffer.active.type).toBe('normal');
	});

	test('answers the program that asks for the cursor', async () => {
		const program = run(`
			process.stdin.setRawMode(true);
			process.stdin.once('data', answer => process.stdout.write(JSON.stringify(String(answer))));
			process.stdout.write('\\x1b[2;3H\\x1b[6n');`);
		await program.waitFor('[2;3R');
	});
});

describe('waiting for the screen', () => {
	test('takes a text, a pattern over lines, and a function', async () => {
		const program = run(`console.log('one');console.log('two');${stay}`);
		await program.waitFor('two');
		await program.waitFor(/^one\ntwo$/m);
		await program.waitFor(screen => screen[1] === 'two');
	});

	test('sees no half of a synchronized update', async () => {
		const program = run(`
			process.stdin.setRawMode(true);
			process.stdin.once('data', () => process.stdout.write(' whole\\x1b[?2026l'));
			process.stdout.write('\\x1b[?2026hhalf');
			${stay}`);
		await vi.waitFor(() => expect(program.transcript().includes('half')).toBe(true), 20_000);
		expect(program.screen()[0]).toBe('');
		program.write('x');
		await program.waitFor(screen => screen[0] !== '');
		expect(program.screen()[0]).toBe('half whole');
	});

	test('fails with the screen when the program has ended without it', async () => {
		const program = run("console.log('sorry'); process.exit(3);");
		await expect(program.waitFor('ready')).rejects.toThrow(
			/waited for "ready": the program ended with {"exitCode":3}.*│sorry/s,
		);
		await expect(program.waitFor(/ready/)).rejects.toThrow('waited for /ready/');
		await program.waitFor('sorry');
	});
});

describe('the program', () => {
	test('runs in a terminal of the given size, and learns of a new one', async () => {
		const program = run(`
			const size = () => console.log(process.stdout.columns + 'x' + process.stdout.rows);
			process.stdout.on('resize', size);
			size();
			${stay}`);
		await program.waitFor('40x6');
		program.resize(100, 30);
		await program.waitFor('100x30');
		expect(program.screen()).toHaveLength(30);
	});

	test('has a clean environment, the given variables and directory', async () => {
		const program = run('console.log(JSON.stringify([process.cwd(), process.env]));', {
			columns: 4000,
			env: {XDG_STATE_HOME: '/state', COLORTERM: undefined},
			directory: '/',
		});
		await program.exit;
		const [directory, env] = JSON.parse(program.screen()[0]!);
		expect(directory).toBe('/');
		expect(env).toMatchObject({TERM: 'xterm-256color', XDG_STATE_HOME: '/state', LANG: 'C.UTF-8'});
		for (const name of ['CI', 'NODE_ENV', 'VITEST', 'NODE_OPTIONS', 'COLORTERM']) {
			expect(env).not.toHaveProperty(name);
		}
	});

	test('ends by a signal, which its exit tells', async () => {
		const program = run(ready);
		await program.waitFor('ready');
		program.kill('SIGTERM');
		expect(await program.exit).toEqual({exitCode: 0, signal: 15});
		program.kill();
		program.write('too late');
		program.resize(20, 4);
	});

	test('is interrupted by Ctrl-C as at a keyboard', async () => {
		const program = run(ready);
		await program.waitFor('ready');
		program.write('\u0003');
		expect((await program.exit).signal).toBe(2);
	});

	test('leaves every byte it wrote in the transcript', async () => {
		const program = run("process.stdout.write('\\x1b[31mröt\\x1b[0m');");
		await program.exit;
		expect(program.transcript()).toEqual(Buffer.from('\u001b[31mröt\u001b[0m'));
	});
});
