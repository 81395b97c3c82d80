import type {Exchange} from '../shell/ports.ts';
import type {Session} from '../shell/session.ts';
import {edit} from './edit.ts';
import {createLocalFiles} from './local-files.ts';
import {createLocalProcesses} from './local-processes.ts';
import {openMemory} from './memory.ts';
import {localGreeting, type Mode} from './mode.ts';
import {startDatabase} from './open-database.ts';
import {startLocation} from './open-location.ts';
import {runInTerminal} from './run-in-terminal.ts';

/** What the screen needs of the program around it, but for the screen itself. */
export async function screenParts<E extends Exchange>(mode: Mode<E>) {
	const {config, commands, connect} = mode;
	const memory = await openMemory(config);
	const isLocal = config.connection.kind === 'local';
	const session: Session = {
		location: config.store ? undefined : memory.saved.location,
		previous: undefined,
		database: config.database === undefined ? memory.saved.database : undefined,
		localDirectory: process.cwd(),
		status: 0,
	};
	let opened: E | undefined;
	return {
		commands,
		session,
		history: memory.history,
		onSession: memory.remember,
		/** Resolves when everything is on disk. A question still under way must not keep the program. */
		settled: async () => {
			opened?.close();
			await memory.settled();
		},
		local: createLocalFiles(),
		processes: createLocalProcesses({stderr: 'capture'}),
		runInTerminal,
		edit,
		greeting: isLocal ? [localGreeting] : [],
		endpointLabel:
			config.connection.kind === 'local' ? 'local exchange' : new URL(config.connection.endpoint).host,
		color: config.color,
		connect: async () => {
			const exchange = await connect(() => undefined);
			opened = exchange;
			const {location, notes} = await startLocation({
				exchange,
				store: config.store,
				saved: memory.saved.location,
				first: isLocal,
			});
			const openDatabase = () =>
				startDatabase({
					timeSeries: exchange.timeSeries,
					wanted: config.database,
					saved: memory.saved.database,
					first: true,
				});
			return {exchange, session: {...session, location}, openDatabase, notes};
		},
	};
}
