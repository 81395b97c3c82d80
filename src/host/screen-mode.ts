import {spawnSync} from 'node:child_process';
import type {Exchange} from '../shell/ports.ts';
import type {Session} from '../shell/session.ts';
import {createLocalFiles} from './local-files.ts';
import {childEnvironment, createLocalProcesses} from './local-processes.ts';
import {openMemory} from './memory.ts';
import {localGreeting, type Mode} from './mode.ts';
import {startLocation} from './open-location.ts';

/** What the screen needs of the program around it, but for the screen itself. */
export async function screenParts<E extends Exchange>(mode: Mode<E>) {
	const {config, commands, connect} = mode;
	const memory = await openMemory(config);
	const isLocal = config.connection.kind === 'local';
	const session: Session = {
		location: config.store ? undefined : memory.saved,
		previous: undefined,
		localDirectory: process.cwd(),
		status: 0,
	};
	return {
		commands,
		session,
		history: memory.history,
		onSession: memory.remember,
		settled: memory.settled,
		local: createLocalFiles(),
		processes: createLocalProcesses({stderr: 'capture'}),
		runInTerminal,
		greeting: isLocal ? [localGreeting] : [],
		endpointLabel:
			config.connection.kind === 'local' ? 'local exchange' : new URL(config.connection.endpoint).host,
		color: config.color,
		connect: async () => {
			const exchange = await connect(() => undefined);
			const {location, notes} = await startLocation({
				exchange,
				store: config.store,
				saved: memory.saved,
				first: isLocal,
			});
			return {exchange, session: {...session, location}, notes};
		},
	};
}

/** The keys' interrupts are for the program that has the terminal; we share its process group. */
const interrupts = ['SIGINT', 'SIGQUIT'] as const;

function runInTerminal(command: string, directory: string): number {
	const shell = process.env.SHELL || '/bin/sh';
	const heed = ignoreInterrupts();
	try {
		const {status} = spawnSync(shell, command ? ['-c', command] : [], {
			cwd: directory,
			env: childEnvironment(process.env),
			stdio: 'inherit',
		});
		return status ?? 1;
	} finally {
		// What came while the child ran is handed out at the next turn of the event loop, not before.
		setImmediate(() => setImmediate(heed));
	}
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
