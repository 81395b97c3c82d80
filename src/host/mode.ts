import type {Config} from '../config/config.ts';
import {picture} from '../render/picture.ts';
import {plain} from '../render/plain.ts';
import type {Account} from '../shell/account.ts';
import type {Command} from '../shell/command.ts';
import type {Exchange, LocalFiles} from '../shell/ports.ts';
import type {Runtime} from '../shell/runtime.ts';
import {reduceSession, type Session} from '../shell/session.ts';
import type {Open} from './account/open.ts';
import {createLocalFiles} from './local-files.ts';
import {createLocalProcesses} from './local-processes.ts';

export type Mode<E extends Exchange = Exchange> = {
	readonly config: Config;
	readonly commands: readonly Command[];
	readonly open: Open<E>;
};

export const startingNote = 'starting the local exchange';

/** What a session without a token is greeted with. */
export const localGreeting =
	'Local exchange with sample data. For the hosted Exchange: `login`, ADX_TOKEN or --token-file FILE.';

/** A session held for a program without a screen, and the runtime that changes it. */
export function createRuntime(
	{config, commands}: Pick<Mode, 'config' | 'commands'>,
	given: Pick<Runtime, 'interactive' | 'redraws' | 'history' | 'input'> & {
		/** The Exchange of now. */
		readonly exchange: () => Exchange;
		readonly account: Account;
		readonly session: Session;
		readonly onSession?: (session: Session) => void;
	},
): Omit<Runtime, 'signal' | 'confirm' | 'ask' | 'askSecret'> & {
	/** Takes the session to another Exchange. */
	readonly restart: (session: Pick<Session, 'location' | 'database'>) => void;
} {
	let session = given.session;
	const local: LocalFiles = createLocalFiles();
	return {
		session: () => session,
		dispatch: action => {
			session = reduceSession(session, action);
			given.onSession?.(session);
		},
		restart: ({location, database}) => {
			session = {...session, location, database, previous: undefined};
		},
		exchange: following(given.exchange),
		account: given.account,
		local,
		processes: createLocalProcesses({stderr: 'inherit'}),
		commands,
		now: Date.now,
		interactive: given.interactive,
		...(given.redraws !== undefined && {redraws: given.redraws}),
		history: given.history,
		input: given.input,
		json: config.json,
		csv: config.csv,
		plain,
		picture,
	};
}

/** An Exchange that is at each call the one of now: a session may go from one to another. */
function following(current: () => Exchange): Exchange {
	return new Proxy({} as Exchange, {
		get: (_, key) => Reflect.get(current(), key),
		has: (_, key) => Reflect.has(current(), key),
		ownKeys: () => Reflect.ownKeys(current()),
		getOwnPropertyDescriptor: (_, key) => {
			const found = Reflect.getOwnPropertyDescriptor(current(), key);
			return found && {...found, configurable: true};
		},
	});
}
