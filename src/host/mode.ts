import type {Config} from '../config/config.ts';
import {picture} from '../render/picture.ts';
import {plain} from '../render/plain.ts';
import type {Command} from '../shell/command.ts';
import type {Exchange, LocalFiles} from '../shell/ports.ts';
import type {Runtime} from '../shell/runtime.ts';
import {reduceSession, type Session} from '../shell/session.ts';
import {createLocalFiles} from './local-files.ts';
import {createLocalProcesses} from './local-processes.ts';

/** Connects, starting the local exchange where it must; `onStart` is told when that takes a while. */
export type Connect<E extends Exchange> = (onStart: () => void) => Promise<E>;

export type Mode<E extends Exchange = Exchange> = {
	readonly config: Config;
	readonly commands: readonly Command[];
	readonly connect: Connect<E>;
};

export const startingNote = 'starting the local exchange';

/** What a session without a token is greeted with. */
export const localGreeting =
	'Local exchange with sample data. For the hosted Exchange set ADX_TOKEN or pass --token-file FILE.';

/** A session held for a program without a screen, and the runtime that changes it. */
export function createRuntime(
	{config, commands}: Mode,
	exchange: Exchange,
	given: Pick<Runtime, 'interactive' | 'history' | 'input'> & {
		readonly session: Session;
		readonly onSession?: (session: Session) => void;
	},
): Omit<Runtime, 'signal' | 'confirm' | 'ask'> {
	let session = given.session;
	const local: LocalFiles = createLocalFiles();
	return {
		session: () => session,
		dispatch: action => {
			session = reduceSession(session, action);
			given.onSession?.(session);
		},
		exchange,
		local,
		processes: createLocalProcesses({stderr: 'inherit'}),
		commands,
		now: Date.now,
		interactive: given.interactive,
		history: given.history,
		input: given.input,
		json: config.json,
		csv: config.csv,
		plain,
		picture,
	};
}
