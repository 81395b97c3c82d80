import {spawn} from 'node:child_process';
import {mkdir, open, readFile} from 'node:fs/promises';
import path from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {ShellError} from '../shell/errors.ts';

export type Running = {readonly endpoint: string; readonly token: string};

type Options = {
	/** The local exchange's data folder. */
	readonly directory: string;
	/** Answers with the exchange that serves the folder now, if one does. */
	readonly find: (directory: string) => Promise<Running | undefined>;
	/** This program's own file, to run `serve` with. */
	readonly program: string;
	/** Where a started exchange listens; any free port without it. */
	readonly port?: string;
	/** Called once when an exchange has to be started. */
	readonly onStart?: () => void;
	/** ms to wait for a started exchange; making the sample takes seconds on a slow disk. */
	readonly patience?: number;
	/** Ends the wait; what has been started by then ends for want of use. */
	readonly signal?: AbortSignal | undefined;
};

/** Seconds after its last use at which an exchange started here ends. */
const idleSeconds = 60;

/**
 * The local exchange of a folder: the one that runs, else a new process in the background that outlives
 * this one until nobody uses it. Throws ShellError `connection` with what the process said.
 */
export async function backgroundExchange(options: Options): Promise<Running> {
	const running = await options.find(options.directory);
	if (running) return running;
	options.onStart?.();
	const logFile = path.join(options.directory, 'exchange.log');
	const log = await mkdir(options.directory, {recursive: true, mode: 0o700})
		.then(() => open(logFile, 'w', 0o600))
		.catch((thrown: NodeJS.ErrnoException) => {
			throw new ShellError('local', `${options.directory}: cannot hold the local exchange (${thrown.code})`, {
				hint: '--data DIR names another folder',
				cause: thrown,
			});
		});
	const child = spawn(
		process.execPath,
		[
			...[options.program, 'serve', '--data', options.directory, '--idle', String(idleSeconds)],
			...(options.port ? ['--port', options.port] : []),
		],
		// Its standard output shows the token.
		{detached: true, stdio: ['ignore', 'ignore', log.fd], env: withoutProgramVariables(process.env)},
	);
	let failure: string | undefined;
	let deadline = Date.now() + (options.patience ?? 60_000);
	const ended = (how: string) => {
		failure = how;
		// It may only have lost a race: the exchange of the shell that won needs a moment to be found.
		deadline = Math.min(deadline, Date.now() + 5_000);
	};
	child.once('error', error => ended(error.message));
	child.once('exit', code => ended(`it ended with ${code}`));
	child.unref();
	await log.close();
	while (Date.now() < deadline) {
		const found = await options.find(options.directory);
		if (found) return found;
		await wait(20, undefined, {signal: options.signal});
	}
	const said = (await readFile(logFile, 'utf8').catch(() => '')).trim().split('\n').at(-1);
	throw new ShellError('connection', `the local exchange did not start: ${said || failure || 'no answer'}`, {
		hint: `see ${logFile}`,
	});
}

/**
 * Keeps the exchange from ending for idleness while a shell is open. One that is killed is started again at
 * the same port, with the same token, so that the shell goes on as if nothing had been. Ends with the answer.
 */
export function keepRunning(
	{endpoint}: Running,
	attend: (endpoint: string, onLost: () => void) => () => void,
	options: Options,
): () => void {
	let release: () => void;
	const watch = () => {
		release = attend(endpoint, async () => {
			try {
				await backgroundExchange({...options, port: new URL(endpoint).port});
				watch();
			} catch {
				// The next request says that nobody answers.
			}
		});
	};
	watch();
	return () => release();
}

/** What the user set for the shell (a token, a port) is not meant for the exchange. */
function withoutProgramVariables(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('ADX_')));
}
