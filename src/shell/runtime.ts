import type {Account} from './account.ts';
import type {Chart, Command, Output} from './command.ts';
import type {Exchange, LocalFiles, LocalProcesses} from './ports.ts';
import type {Session, SessionAction} from './session.ts';
import type {Prepare} from './starting-database.ts';

/** What a line runs on: the world, and the session it may change. */
export type Runtime = {
	/** The session as it is now. */
	readonly session: () => Session;
	readonly dispatch: (action: SessionAction) => void;
	/** Read anew for each command, as one may take the session to another. */
	readonly exchange: Exchange;
	readonly local: LocalFiles;
	readonly processes: LocalProcesses;
	/** In the order of `help`. */
	readonly commands: readonly Command[];
	/** Ends the line. */
	readonly signal: AbortSignal;
	/** Epoch, ms. */
	readonly now: () => number;
	/** A person sees the output as it comes. */
	readonly interactive: boolean;
	/** Outputs can take the place of others; where it is not said, they can where a person sees them. */
	readonly redraws?: boolean;
	readonly confirm: (question: string) => Promise<boolean>;
	/** The line that a person types as the answer; empty for none. */
	readonly ask: (question: string) => Promise<string>;
	/** The same, typed unseen. */
	readonly askSecret: (question: string) => Promise<string>;
	readonly account: Account;
	/** Lines entered before, oldest first. */
	readonly history: () => readonly string[];
	/** Called before a command runs, which then finds the session as this leaves it. */
	readonly prepare?: Prepare;
	/** The bytes piped into the program. */
	readonly input?: AsyncIterable<Uint8Array>;
	/** A chart as SVG. */
	readonly picture: (chart: Chart) => Promise<string>;
	/** The user's editor on a text, as `Context.edit` says. */
	readonly edit?: (text: string, signal: AbortSignal) => Promise<string | undefined>;
	/** As if every command had `--json`. */
	readonly json: boolean;
	/** As if every command had `--csv`. */
	readonly csv?: boolean;
	/** Data outputs as the bytes of a pipe or file. */
	readonly plain: (
		outputs: AsyncIterable<Output>,
		options: {readonly json: boolean; readonly command?: string},
	) => AsyncIterable<Uint8Array>;
};
