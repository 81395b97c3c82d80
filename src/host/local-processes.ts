import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync} from 'node:fs';
import {constants} from 'node:os';
import type {Readable, Writable} from 'node:stream';
import {ShellError} from '../shell/errors.ts';
import type {LocalProcesses} from '../shell/ports.ts';
import {localError} from './local-errors.ts';

const secrets = /^ADX_(.*_)?(TOKEN|PASSWORD|SECRET)(_|$)/;
const killAfter = 2000;
/** How long output may lag behind a shell that has ended, ms: `sleep 1000 &` keeps the pipe open. */
const lag = 250;

/**
 * Runs commands with `$SHELL -c`, or `/bin/sh`. `stderr: 'inherit'` leaves it to this program's own,
 * `capture` yields it between the lines of stdout. The command never sees the Exchange's token.
 */
export function createLocalProcesses({stderr}: {stderr: 'inherit' | 'capture'}): LocalProcesses {
	return {
		async *run(command, {directory, input, signal}) {
			if (signal?.aborted) throw new ShellError('cancelled', 'cancelled');
			const shell = process.env.SHELL?.startsWith('/') ? process.env.SHELL : '/bin/sh';
			// One pipe for both keeps their lines in order; `$SHELL` may be one that does not know `2>&1`.
			const [program, ...words] =
				stderr === 'capture'
					? ['/bin/sh', '-c', 'exec 2>&1; exec "$0" -c "$1"', shell, command]
					: [shell, '-c', command];
			const child = spawn(program!, words, {
				cwd: directory,
				env: childEnvironment(process.env),
				stdio: [input ? 'pipe' : 'ignore', 'pipe', 'inherit'],
				// A group of its own, so that an abort reaches what the shell has started, too.
				detached: true,
			});
			const ended = exitOf(child, shell, directory);
			ended.catch(() => {});
			const stop = () => endGroup(child);
			const kill = () => signalGroup(child, 'SIGKILL');
			signal?.addEventListener('abort', stop);
			process.once('exit', kill);
			let running = true;
			try {
				const feeding = input && child.stdin ? feed(child.stdin, input) : undefined;
				feeding?.catch(() => {});
				yield* outputOf(child.stdout!, ended);
				const status = await ended;
				running = false;
				if (signal?.aborted) throw new ShellError('cancelled', 'cancelled');
				await feeding;
				return status;
			} finally {
				if (running) endGroup(child);
				child.stdout?.destroy();
				child.stdin?.destroy();
				signal?.removeEventListener('abort', stop);
				process.removeListener('exit', kill);
			}
		},
	};
}

/** The environment of a local command: without anything that opens the Exchange. */
export function childEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	return Object.fromEntries(Object.entries(environment).filter(([name]) => !secrets.test(name)));
}

/** A shell killed by a signal counts as 128 and the signal's number, as in bash. */
async function exitOf(child: ChildProcess, shell: string, directory: string): Promise<number> {
	try {
		const [code, name] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
		return code ?? 128 + (name ? constants.signals[name] : 0);
	} catch (thrown) {
		// spawn says ENOENT also when the directory to run in is gone.
		throw localError(thrown, existsSync(directory) ? shell : directory);
	}
}

/** All the output, until its end or until the shell has ended and nothing more comes. */
async function* outputOf(stream: Readable, ended: Promise<unknown>): AsyncGenerator<Uint8Array, void> {
	let over = false;
	let leftBehind = false;
	let idle: NodeJS.Timeout | undefined;
	const wait = () => {
		if (!over) return;
		idle = setTimeout(() => {
			leftBehind = true;
			stream.destroy();
		}, lag);
	};
	const end = () => {
		over = true;
		wait();
	};
	ended.then(end, end);
	try {
		for await (const chunk of stream) {
			clearTimeout(idle);
			yield chunk;
			wait();
		}
	} catch (thrown) {
		if (!leftBehind) throw thrown;
	} finally {
		clearTimeout(idle);
	}
}

/** Hands `input` over as fast as it is taken; a reader that stops early (`head -1`) is no error. */
async function feed(stdin: Writable, input: AsyncIterable<Uint8Array>): Promise<void> {
	const iterator = input[Symbol.asyncIterator]();
	let wake = () => {};
	stdin.on('error', () => {});
	stdin.on('close', () => wake());
	stdin.on('drain', () => wake());
	try {
		while (!stdin.destroyed) {
			const next = await new Promise<IteratorResult<Uint8Array> | undefined>((resolve, reject) => {
				wake = () => resolve(undefined);
				iterator.next().then(resolve, reject);
			});
			if (!next || next.done) break;
			if (!stdin.write(next.value) && !stdin.destroyed) {
				await new Promise<void>(resolve => {
					wake = resolve;
				});
			}
		}
	} finally {
		stdin.end();
		// Not awaited: a source that hangs would hang here too.
		void iterator.return?.().then(undefined, () => {});
	}
}

function endGroup(child: ChildProcess): void {
	signalGroup(child, 'SIGTERM');
	setTimeout(() => signalGroup(child, 'SIGKILL'), killAfter).unref();
}

function signalGroup(child: ChildProcess, name: NodeJS.Signals): void {
	try {
		if (child.pid) process.kill(-child.pid, name);
	} catch {
		// The group is gone.
	}
}
