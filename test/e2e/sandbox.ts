import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {text} from 'node:stream/consumers';
import {fileURLToPath} from 'node:url';
import {type Program, startProgram} from '../support/pty.ts';

/** The program as it is shipped. */
export const program = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

export type Ended = {readonly stdout: string; readonly stderr: string; readonly code: number | null};

export type Sandbox = {
	/** An empty folder to work in. */
	readonly directory: string;
	readonly environment: NodeJS.ProcessEnv;
	/** Runs the program without a terminal. */
	readonly run: (
		args: readonly string[],
		options?: {readonly input?: string; readonly environment?: NodeJS.ProcessEnv},
	) => Promise<Ended>;
	/** Runs the program in a terminal. */
	readonly open: (options?: {
		readonly args?: readonly string[];
		readonly columns?: number;
		readonly rows?: number;
		readonly environment?: NodeJS.ProcessEnv;
	}) => Program;
	/** Ends what was started and removes every trace. */
	readonly remove: () => Promise<void>;
};

/** Folders and an environment of their own, so that nothing of the user's is read or written. */
export async function createSandbox(): Promise<Sandbox> {
	const directory = await mkdtemp(path.join(tmpdir(), 'adx-e2e-'));
	const programs: Program[] = [];
	const environment: NodeJS.ProcessEnv = {
		PATH: process.env.PATH,
		HOME: directory,
		TERM: 'xterm-256color',
		LANG: 'C.UTF-8',
		XDG_STATE_HOME: path.join(directory, '.state'),
		XDG_CACHE_HOME: path.join(tmpdir(), 'adx-e2e-cache'),
		XDG_DATA_HOME: path.join(directory, '.data'),
	};
	const run: Sandbox['run'] = async (args, options = {}) => {
		const child = spawn(process.execPath, [program, ...args], {
			cwd: directory,
			env: {...environment, ...options.environment},
			stdio: ['pipe', 'pipe', 'pipe'],
		});
		child.stdin.on('error', () => undefined);
		child.stdin.end(options.input ?? '');
		const [stdout, stderr, [code]] = await Promise.all([
			text(child.stdout),
			text(child.stderr),
			once(child, 'close'),
		]);
		return {stdout, stderr, code};
	};
	return {
		directory,
		environment,
		run,
		open: ({args = [], columns = 120, rows = 40, environment: more} = {}) => {
			const opened = startProgram({
				args: [program, ...args],
				columns,
				rows,
				env: {...environment, ...more},
				directory,
			});
			programs.push(opened);
			return opened;
		},
		remove: async () => {
			for (const opened of programs) opened.kill();
			await endExchange(path.join(directory, '.data', 'adx-shell', 'local-exchange'));
			await rm(directory, {recursive: true, force: true, maxRetries: 5});
		},
	};
}

/** The background exchange of a folder ends by itself after a minute; a test need not wait for it. */
async function endExchange(folder: string): Promise<void> {
	const {readFile} = await import('node:fs/promises');
	const lock = await readFile(path.join(folder, 'exchange.lock'), 'utf8').catch(() => undefined);
	if (!lock) return;
	const {pid} = JSON.parse(lock) as {pid: number};
	try {
		process.kill(pid, 'SIGKILL');
	} catch {
		// It has ended already.
	}
}
