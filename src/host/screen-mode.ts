import {hostOf} from '../config/endpoint.ts';
import type {Exchange} from '../shell/ports.ts';
import {newSession, type Session} from '../shell/session.ts';
import type {StartingDatabase} from '../shell/starting-database.ts';
import {createAccounts, type Entered} from './account/accounts.ts';
import {edit} from './edit.ts';
import {createLocalFiles} from './local-files.ts';
import {createLocalProcesses} from './local-processes.ts';
import {openMemory} from './memory.ts';
import {localGreeting, type Mode} from './mode.ts';
import {runInTerminal} from './run-in-terminal.ts';
import {startingPlace} from './starting-place.ts';

/** A connection as the screen takes it. */
type Connected<E> = {
	readonly exchange: E;
	readonly session: Session;
	readonly openDatabase: () => Promise<StartingDatabase>;
	readonly notes: readonly string[];
};

/** What the screen does for a connection. */
type ScreenSide<E> = {
	readonly say: (note: string) => void;
	readonly askSecret: (question: string) => Promise<string | undefined>;
	readonly adopt: (connected: Connected<E>) => void;
};

/** What the screen needs of the program around it, but for the screen itself. */
export async function screenParts<E extends Exchange>(mode: Mode<E>) {
	const {config, commands} = mode;
	const store = await openMemory(config.folders);
	const accounts = createAccounts(config, mode.open);
	let memory = await store.of(config.connection);
	const session: Session = {
		...newSession(process.cwd()),
		location: config.store ? undefined : memory.saved.location,
		database: config.database === undefined ? memory.saved.database : undefined,
	};
	const connected = async (
		{exchange, connection}: Entered<E>,
		asked?: Mode['config'],
	): Promise<Connected<E>> => {
		const next = await store.of(connection);
		const {location, database, notes, openDatabase} = await startingPlace(exchange, connection, next, asked);
		memory = next;
		return {exchange, session: {...session, location, database}, openDatabase, notes};
	};
	return {
		commands,
		session,
		account: accounts.account,
		history: store.history,
		onSession: (changed: Session) => memory.remember(changed),
		panes: await store.panes(),
		onPanes: store.rememberPanes,
		/** Resolves when everything is on disk. A question still under way must not keep the program. */
		settled: async () => {
			accounts.close();
			await store.settled();
		},
		local: createLocalFiles(),
		processes: createLocalProcesses({stderr: 'capture'}),
		runInTerminal,
		edit,
		greeting: config.connection.source?.kind === 'folder' ? [localGreeting] : [],
		/** Of the Exchange of now. */
		get endpointLabel() {
			const connection = accounts.connection();
			const {profile} = connection;
			const host = hostOf(connection);
			return profile === undefined || ['local', 'default'].includes(profile) ? host : `${profile} · ${host}`;
		},
		color: config.color,
		connect: async ({say, askSecret, adopt}: ScreenSide<E>): Promise<Connected<E>> => {
			accounts.attach({say, askSecret, onEnter: async entered => adopt(await connected(entered))});
			const exchange = await accounts.connect();
			return connected({exchange, connection: accounts.connection()}, config);
		},
	};
}
