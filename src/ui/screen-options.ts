import type {Account} from '../shell/account.ts';
import type {Command} from '../shell/command.ts';
import type {Exchange, LocalFiles, LocalProcesses} from '../shell/ports.ts';
import type {Session} from '../shell/session.ts';
import type {StartingDatabase} from '../shell/starting-database.ts';
import type {CacheClient} from './hooks/cache-client.ts';
import type {SavedPanes} from './state/shown-panes.ts';

/** The Exchange with the cache behind it, which panes watch. */
export type ScreenExchange = Exchange & {readonly client: CacheClient};

export type Connected = {
	readonly exchange: ScreenExchange;
	/** Where the session starts. */
	readonly session: Session;
	/** Finds the database to start with, for which only the commands of time series wait. */
	readonly openDatabase?: () => Promise<StartingDatabase>;
	/** Said once, beneath the greeting. */
	readonly notes?: readonly string[];
};

/** What a connection may want of the screen for as long as it lasts. */
export type ScreenSide = {
	readonly say: (note: string) => void;
	/** Asks for what nobody may see. Empty when the question is left, undefined when no line waits for the answer. */
	readonly askSecret: (question: string) => Promise<string | undefined>;
	/** Takes the session to another Exchange: prompt and panes follow. */
	readonly adopt: (connected: Connected) => void;
};

/** What the screen needs of the program around it. */
export type ScreenOptions = {
	/**
	 * Called after the first frame; lines entered before it resolves wait for it. When it rejects, the error
	 * is shown, the screen stays, and the next line entered calls it again.
	 */
	readonly connect: (screen: ScreenSide) => Promise<Connected>;
	readonly account: Account;
	/** What the prompt shows until then. */
	readonly session: Session;
	/** Called at each change, so that the next start can take up where this one left. */
	readonly onSession?: (session: Session) => void;
	/** The panes as the last session left them. */
	readonly panes?: Partial<SavedPanes>;
	/** Called when other panes are shown, or hidden, than before. */
	readonly onPanes?: (panes: SavedPanes) => void;
	readonly commands: readonly Command[];
	readonly local: LocalFiles;
	/** Runs local commands and yields all they print: the screen shows it. */
	readonly processes: LocalProcesses;
	/**
	 * Gives the terminal to a local command and returns its exit code. It must be synchronous (`spawnSync`):
	 * an asynchronous child shares the keys with the screen.
	 */
	readonly runInTerminal: (command: string, directory: string, input?: Uint8Array) => number;
	/** Hands a text to the user's editor, which `processes` give the terminal to; undefined when it fails. */
	readonly edit?: (
		processes: LocalProcesses,
		text: string,
		signal: AbortSignal,
	) => Promise<string | undefined>;
	readonly history: {readonly lines: readonly string[]; readonly append: (line: string) => void};
	/** Lines above the first prompt. */
	readonly greeting: readonly string[];
	/** "local exchange", or the host of the endpoint. Read each time it is drawn. */
	readonly endpointLabel: string;
	readonly color: boolean;
};
