import type {Config} from '../../config/config.ts';
import {type Connection, connectionOf} from '../../config/connection.ts';
import {editSettings} from '../../config/edit-settings.ts';
import {endpointOf} from '../../config/endpoint.ts';
import {settingsFile, tokensFile} from '../../config/paths.ts';
import {profileNamed, readSettings} from '../../config/settings.ts';
import type {Account} from '../../shell/account.ts';
import {ShellError} from '../../shell/errors.ts';
import type {Exchange, User} from '../../shell/ports.ts';
import {createKeyring} from './keyring.ts';
import type {Open} from './open.ts';
import {planSignIn} from './plan-sign-in.ts';
import {type Held, renewal} from './renewal.ts';
import {createTokenStore, type TokenStore} from './token-store.ts';
import {tokenIn} from './token-text.ts';
import {createTokensFile} from './tokens-file.ts';
import {whoseToken} from './whose-token.ts';

export type Entered<E extends Exchange> = {readonly exchange: E; readonly connection: Connection};

/** The session that a connection is for. */
export type Side<E extends Exchange> = {
	/** Says something to the person, beside what commands say. */
	readonly say: (text: string) => void;
	readonly onStart?: () => void;
	/** Asks unseen; missing where nobody is there. */
	readonly askSecret?: (question: string) => Promise<string>;
	/** Takes the session to another Exchange; the one before is closed when this is done. */
	readonly onEnter: (entered: Entered<E>) => Promise<void>;
	/** Where given, a session that has logged out is left without an Exchange; else it goes to the local one. */
	readonly onLeave?: () => void;
};

/** The session's way to an Exchange, its tokens and profiles. */
export type Accounts<E extends Exchange> = {
	/** For what comes after it; without one nobody is told, and there is no session to take anywhere. */
	readonly attach: (side: Side<E>) => void;
	/** Opens what the configuration says. Throws what is wrong with the token's source. */
	readonly connect: () => Promise<E>;
	readonly connection: () => Connection;
	readonly account: Account;
	readonly close: () => void;
};

export function createAccounts<E extends Exchange>(
	config: Pick<Config, 'connection' | 'folders' | 'localDirectory'>,
	open: Open<E>,
	tokens: TokenStore = createTokenStore(createKeyring(), createTokensFile(tokensFile(config.folders))),
): Accounts<E> {
	const file = settingsFile(config.folders);
	let held: Held = {connection: config.connection, token: undefined};
	let exchange: E | undefined;
	let side: Side<E> | undefined;

	const whose = (connection: Connection, token: string, signal?: AbortSignal) =>
		whoseToken(open, connection, token, signal);
	const opened = async (next: Held): Promise<E> => {
		const {say = () => undefined, askSecret, onStart} = side ?? {};
		const renewToken = renewal(next, {tokens, whose, say, askSecret});
		const made = await open({...next.connection, token: next.token}, {onStart, renewToken});
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
	/** Takes the session there, once it is known that one is let in. */
	const go = async (
		connection: Connection,
		token: string | undefined,
		signal?: AbortSignal,
	): Promise<User> => {
		const next: Held = {connection, token};
		const made = await opened(next);
		let user: User;
		try {
			user = await made.user({maxAge: 0, signal});
		} catch (thrown) {
			made.close();
			throw thrown;
		}
		const before = exchange;
		exchange = made;
		held = next;
		await side?.onEnter({exchange: made, connection});
		before?.close();
		return user;
	};

	const enter: Account['enter'] = async (name, {asDefault = false, signal} = {}) => {
		const connection = connectionOf(name, await readSettings(file), config.localDirectory);
		const isThere = exchange !== undefined && held.connection.profile === name;
		const user = isThere
			? await exchange!.user({signal})
			: await go(connection, await tokenOf(connection, signal), signal);
		if (asDefault) await editSettings(file, {profile: name === 'local' ? null : name});
		return {user};
	};

	const signIn: Account['signIn'] = async ({profile, endpoint}, typed, {signal} = {}) => {
		const token = tokenIn(typed, 'what was entered');
		const settings = await readSettings(file);
		const place = connectionOf(
			profile,
			{profiles: {...settings.profiles, [profile]: {...profileNamed(settings, profile), endpoint}}},
			config.localDirectory,
		);
		const user = await whose(place, token, signal);
		const old = profileNamed(settings, profile);
		const kept = await tokens.keep(profile, endpointOf(place), token, {signal});
		const keptIn = kept.where === 'keyring' ? 'keyring' : 'file';
		const changed = await editSettings(file, {
			profile,
			profiles: {[profile]: {endpoint, token: keptIn}},
		});
		if (old?.endpoint !== undefined && old.endpoint !== endpoint && old.token === 'keyring') {
			// The one for the endpoint before is of no use any more; where it cannot be had, it does not matter.
			await tokens.forget(profile, old.endpoint, signal).catch(() => undefined);
		}
		if (side) await go(connectionOf(profile, changed, config.localDirectory), token, signal);
		return {user, kept: {...kept, notes: [...kept.notes, ...outerNotes(config.connection)]}};
	};

	const signOut: Account['signOut'] = async (wanted, {signal} = {}) => {
		const settings = await readSettings(file);
		const name = wanted ?? held.connection.profile;
		if (name === undefined) {
			throw new ShellError(
				'config',
				`the token comes from ${held.connection.source?.label}: none is kept here`,
			);
		}
		if (name === 'local') {
			throw new ShellError('config', 'local: the local exchange needs no login, so there is none to end');
		}
		const connection = connectionOf(name, settings, config.localDirectory);
		const kept = profileNamed(settings, name)?.token;
		const from = await tokens.remove(name, endpointOf(connection), kept, signal);
		if (kept !== undefined) {
			await editSettings(file, {
				profiles: {[name]: {token: null}},
				...(settings.profile === name && {profile: null}),
			});
		}
		if (side && from.length > 0 && held.connection.profile === name) await leave(signal);
		return {profile: name, from};
	};
	const leave = async (signal?: AbortSignal) => {
		if (!side?.onLeave) {
			const local = connectionOf('local', await readSettings(file), config.localDirectory);
			await go(local, undefined, signal);
			return;
		}
		side.onLeave();
		exchange?.close();
		exchange = undefined;
	};

	const keep: NonNullable<Account['keep']> = async (token, {signal} = {}) => {
		const {connection} = held;
		const plan = await planSignIn(
			{profile: connection.profile, endpoint: endpointOf(connection)},
			{file, directory: config.localDirectory, current: undefined},
		);
		const kept = await tokens.keep(plan.profile, plan.endpoint, token, {signal});
		await editSettings(file, {
			profiles: {
				[plan.profile]: {endpoint: plan.endpoint, token: kept.where === 'keyring' ? 'keyring' : 'file'},
			},
		});
		const {profile} = plan;
		return {...kept, profile, notes: [...kept.notes, ...outerNotes(config.connection)]};
	};

	return {
		attach: given => {
			side = given;
		},
		connect: async () => {
			const {connection} = held;
			held = {connection, token: await tokenOf(connection)};
			exchange = await opened(held);
			return exchange;
		},
		connection: () => held.connection,
		close: () => exchange?.close(),
		account: {
			current: () => ({
				profile: held.connection.profile ?? null,
				tokenFrom: held.isTyped ? 'typed in this session' : (held.connection.source?.label ?? null),
			}),
			profiles: async () => {
				const settings = await readSettings(file);
				const names = Object.keys(settings.profiles).filter(name => name !== 'local');
				return ['local', ...names.toSorted()].map(name => {
					const connection = connectionOf(name, settings, config.localDirectory);
					return {
						name,
						endpoint: connection.kind === 'remote' ? connection.endpoint : null,
						token: connection.source?.label ?? null,
						current: held.connection.profile === name,
						isDefault: (settings.profile ?? 'local') === name,
					};
				});
			},
			planSignIn: wanted =>
				planSignIn(wanted, {
					file,
					directory: config.localDirectory,
					current: held.connection,
				}),
			signIn,
			signOut,
			enter,
			get keep() {
				return held.connection.source?.kind === 'folder' ? undefined : keep;
			},
		},
	};
}

/** What goes before a token that is kept, for as long as it is there. */
function outerNotes({source}: Connection): readonly string[] {
	const isOuter = source !== undefined && ['ADX_TOKEN', 'ADX_TOKEN_FILE'].includes(source.label);
	return isOuter ? [`${source.label} is set, and goes before it at the next start`] : [];
}
