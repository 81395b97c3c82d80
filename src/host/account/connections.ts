import type {Connection} from '../../config/connection.ts';
import type {Exchange, User} from '../../shell/ports.ts';
import type {Open} from './open.ts';
import {type Held, renewal} from './renewal.ts';
import type {TokenStore} from './token-store.ts';
import {whoseToken} from './whose-token.ts';

export type Entered<E extends Exchange> = {readonly exchange: E; readonly connection: Connection};

/** The session that connections are for. */
export type Side<E extends Exchange> = {
	/** Says something to the person, beside what commands say. */
	readonly say: (text: string) => void;
	readonly onStart?: () => void;
	/** Asks unseen; missing where nobody is there. Undefined at once while no line waits for the answer. */
	readonly askSecret?: (question: string) => Promise<string | undefined>;
	/** Takes the session to another Exchange; the one before is closed when this is done. */
	readonly onEnter: (entered: Entered<E>) => Promise<void>;
	/** Where given, a session that has logged out is left without an Exchange; else it goes to the local one. */
	readonly onLeave?: () => void;
};

/** The one connection of a session, and how it becomes another. */
export type Connections<E extends Exchange> = {
	/** For what comes after it; without one nobody is told, and there is no session to take anywhere. */
	readonly attach: (side: Side<E>) => void;
	/** Opens what the configuration says. Throws what is wrong with the token's source. */
	readonly connect: (signal?: AbortSignal) => Promise<E>;
	/** What is in use, or will be once it is connected to. */
	readonly held: () => Held;
	/** Undefined before there is a connection. */
	readonly exchange: () => E | undefined;
	readonly side: () => Side<E> | undefined;
	/** Takes the session there, once one has been let in; with its kept token unless there is another. On failure it stays. */
	readonly go: (
		connection: Connection,
		options: {readonly token?: string; readonly signal?: AbortSignal | undefined},
	) => Promise<User>;
	/** For good, and also of what is still being opened. */
	readonly close: () => void;
};

export function createConnections<E extends Exchange>(
	first: Connection,
	open: Open<E>,
	tokens: TokenStore,
): Connections<E> {
	let held: Held = {connection: first, token: undefined};
	let exchange: E | undefined;
	let side: Side<E> | undefined;
	let isClosed = false;

	const whose = (connection: Connection, token: string) => whoseToken(open, connection, token);
	const opened = async (next: Held, signal?: AbortSignal): Promise<E> => {
		const {say = () => undefined, askSecret, onStart} = side ?? {};
		const renewToken = renewal(next, {tokens, whose, say, askSecret});
		const made = await open({...next.connection, token: next.token}, {onStart, renewToken, signal});
		// One that was left meanwhile has nobody else to close it.
		if (isClosed) made.close();
		// By the way one learns whose session it is.
		const user: E['user'] = async read => {
			next.user = await made.user(read);
			return next.user;
		};
		return {...made, user};
	};
	const tokenOf = async (connection: Connection, signal?: AbortSignal) => {
		const found = await tokens.read(connection, signal);
		if (found?.note !== undefined) side?.say(found.note);
		return found?.token;
	};

	return {
		attach: given => {
			side = given;
		},
		held: () => held,
		exchange: () => exchange,
		side: () => side,
		connect: async signal => {
			const {connection} = held;
			held = {connection, token: await tokenOf(connection, signal)};
			exchange = await opened(held, signal);
			return exchange;
		},
		go: async (connection, {token, signal}) => {
			const next: Held = {connection, token: token ?? (await tokenOf(connection, signal))};
			const made = await opened(next, signal);
			let user: User;
			try {
				user = await made.user({maxAge: 0, signal});
				await side?.onEnter({exchange: made, connection});
			} catch (thrown) {
				made.close();
				throw thrown;
			}
			const before = exchange;
			exchange = made;
			held = next;
			before?.close();
			return user;
		},
		close: () => {
			isClosed = true;
			exchange?.close();
			exchange = undefined;
		},
	};
}
