import {spawnSync} from 'node:child_process';
import {constants} from 'node:os';
import type {LocalProcesses} from '../shell/ports.ts';
import {childEnvironment} from './local-processes.ts';

/** The keys' interrupts are for the program that has the terminal; we share its process group. */
const interrupts = ['SIGINT', 'SIGQUIT'] as const;

/**
 * Gives the terminal to a local command, a shell if it is empty, and returns its exit code, 128
 * and the signal's number after a signal. Synchronous, so that nothing here reads the keys meanwhile; the
 * terminal's mode is the caller's matter.
 */
export function runInTerminal(command: string, directory: string, input?: Uint8Array): number {
	const shell = process.env.SHELL || '/bin/sh';
	const heed = ignoreInterrupts();
	try {
		const {status, signal} = spawnSync(shell, command ? ['-c', command] : [], {
			cwd: directory,
			env: childEnvironment(process.env),
			// A pager takes its text from the pipe and its keys from the terminal itself.
			...(input ? {input, stdio: ['pipe', 'inherit', 'inherit']} : {stdio: 'inherit'}),
		});
		return status ?? (signal ? 128 + constants.signals[signal] : 1);
	} finally {
		// What came while the child ran is handed out at the next turn of the event loop, not before.
		setImmediate(() => setImmediate(heed));
	}
}

/** Local commands at a plain prompt: each has the terminal, as in any shell, unless it is fed by a pipe. */
export function promptProcesses(
	processes: LocalProcesses,
	terminal: Pick<NodeJS.ReadStream, 'setRawMode'>,
	/** Takes the end of the row that the terminal's `^C` is in. */
	write: (text: string) => void,
): LocalProcesses {
	return {
		async *run(command, options) {
			if (options.input) return yield* processes.run(command, options);
			terminal.setRawMode(false);
			try {
				const status = runInTerminal(command, options.directory);
				if (interrupts.some(name => status === 128 + constants.signals[name])) write('\n');
				return status;
			} finally {
				terminal.setRawMode(true);
			}
		},
	};
}

/** Returns what puts the listeners back. */
function ignoreInterrupts(): () => void {
	const ignore = () => undefined;
	const heeders = interrupts.map(name => {
		const listeners = process.listeners(name);
		// First of all: without any listener the signal would end the program.
		process.on(name, ignore);
		for (const listener of listeners) process.off(name, listener);
		return () => {
			for (const listener of listeners) process.on(name, listener);
			process.off(name, ignore);
		};
	});
	return () => {
		for (const heed of heeders) heed();
	};
}
