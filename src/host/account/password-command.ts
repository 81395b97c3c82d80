import {spawn} from 'node:child_process';
import {ShellError} from '../../shell/errors.ts';
import {childEnvironment} from '../local-processes.ts';
import {tokenIn} from './token-text.ts';

/** ms; time enough to unlock a password store with a finger. */
const patience = 30_000;
const longestOutput = 65_536;
/** ms that what has been printed takes to come, once the command has ended. */
const linger = 500;

/**
 * The first line that a command of the system's shell prints. What it prints is not shown, whatever becomes of
 * it: an error says the exit code. It has no terminal, as the screen has that. Throws `config`, `timeout`.
 */
export async function runPasswordCommand(
	command: string,
	{signal, timeout = patience}: {readonly signal?: AbortSignal; readonly timeout?: number} = {},
): Promise<string> {
	const child = spawn('/bin/sh', ['-c', command], {
		env: childEnvironment(process.env),
		stdio: ['ignore', 'pipe', 'ignore'],
		detached: true,
	});
	let output = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		if (output.length < longestOutput) output += text;
	});
	let why: ShellError | undefined;
	const end = (reason: ShellError) => {
		why ??= reason;
		try {
			// All that the shell has started, too.
			process.kill(-child.pid!, 'SIGKILL');
		} catch {
			// It has just ended.
		}
		child.stdout.destroy();
	};
	const abort = () => end(new ShellError('cancelled', 'cancelled'));
	const late = new ShellError('timeout', `password_command: no answer in ${timeout / 1_000} s`);
	const deadline = setTimeout(() => end(late), timeout);
	signal?.addEventListener('abort', abort);
	// Its group is its own: what ends this program does not reach it.
	process.once('exit', abort);
	if (signal?.aborted) abort();
	try {
		const code = await new Promise<number | NodeJS.Signals>((resolve, reject) => {
			child.once('error', reject);
			// An agent that it has started, and that lives on with its standard output, is not waited for.
			child.once('exit', () => {
				setTimeout(() => child.stdout.destroy(), linger).unref();
			});
			child.once('close', (status, name) => resolve(status ?? name ?? 1));
		});
		if (why) throw why;
		if (code !== 0) {
			throw new ShellError('config', `password_command: ended with ${code}`, {
				hint: 'run it in a terminal to see why',
			});
		}
	} catch (thrown) {
		if (thrown instanceof ShellError) throw thrown;
		throw new ShellError('config', 'password_command: cannot be run', {cause: thrown});
	} finally {
		clearTimeout(deadline);
		process.removeListener('exit', abort);
		signal?.removeEventListener('abort', abort);
	}
	const [line = ''] = output.split(/\r?\n/, 1);
	if (line.trim() === '') {
		throw new ShellError('config', 'password_command: printed nothing', {
			hint: 'the first line that it prints is the token',
		});
	}
	return tokenIn(line, 'password_command');
}
