import {spawnSync} from 'node:child_process';
import path from 'node:path';
import type {Exchange} from '../shell/ports.ts';
import type {Session} from '../shell/session.ts';
import {openHistoryFile} from './history-file.ts';
import {createLocalFiles} from './local-files.ts';
import {childEnvironment, createLocalProcesses} from './local-processes.ts';
import {readLocation, writeLocation} from './location-file.ts';
import type {Mode} from './mode.ts';
import {openLocation} from './open-location.ts';

/** What a prompt takes up from the session before it on the same exchange, and leaves for the next. */
export async function openMemory({config}: Mode<Exchange>) {
	const {connection, folders} = config;
	const file = path.join(folders.state, 'locations.json');
	const exchangeKey = connection.kind === 'local' ? connection.directory : connection.endpoint;
	const [history, saved] = await Promise.all([
		openHistoryFile(path.join(folders.state, 'history.jsonl')),
		readLocation(file, exchangeKey),
	]);
	let remembered = saved;
	let pending: Promise<unknown> = Promise.resolve();
	return {
		history,
		saved,
		/** Keeps the location in the background; a disk that refuses is not worth an error at the prompt. */
		remember: ({location}: Session) => {
			if (!location || location === remembered) return;
			remembered = location;
			pending = pending.then(() => writeLocation(file, exchangeKey, location)).catch(() => undefined);
		},
		settled: async () => {
			await Promise.all([pending, history.settled()]);
		},
	};
}

/** What the greeting of a session without a token says. */
export const localGreeting =
	'Local exchange with sample data. For the hosted Exchange set ADX_TOKEN or pass --token-file FILE.';

/** What the screen needs of the program around it, but for the screen itself. */
export async function screenParts<E extends Exchange>(mode: Mode<E>) {
	const {config, commands, connect} = mode;
	const memory = await openMemory(mode);
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
			const location = await openLocation({
				exchange,
				store: config.store,
				saved: memory.saved,
				first: isLocal,
			});
			const notes = location
				? []
				: ['No data store is selected: `stores` lists them, `use STORE` selects one.'];
			return {exchange, session: {...session, location}, notes};
		},
	};
}

function runInTerminal(command: string, directory: string): number {
	const shell = process.env.SHELL || '/bin/sh';
	const {status} = spawnSync(shell, command ? ['-c', command] : [], {
		cwd: directory,
		env: childEnvironment(),
		stdio: 'inherit',
	});
	return status ?? 1;
}
