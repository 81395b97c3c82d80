import type {Config} from '../../config/config.ts';
import {type Connection, connectionOf} from '../../config/connection.ts';
import type {editSettings as edit} from '../../config/edit-settings.ts';
import {endpointOf} from '../../config/endpoint.ts';
import {settingsFile, tokensFile} from '../../config/paths.ts';
import {profileNamed, readSettings} from '../../config/settings.ts';
import type {Account, Kept} from '../../shell/account.ts';
import {ShellError} from '../../shell/errors.ts';
import type {Exchange} from '../../shell/ports.ts';
import {type Connections, createConnections} from './connections.ts';
import {createKeyring} from './keyring.ts';
import type {Open} from './open.ts';
import {planSignIn} from './plan-sign-in.ts';
import {createTokenStore, type TokenStore} from './token-store.ts';
import {tokenIn} from './token-text.ts';
import {createTokensFile} from './tokens-file.ts';
import {whoseToken} from './whose-token.ts';

export type {Entered} from './connections.ts';

/** The session's way to an Exchange, and the tokens and profiles it may take. */
export type Accounts<E extends Exchange> = Pick<Connections<E>, 'attach' | 'connect' | 'close'> & {
	readonly connection: () => Connection;
	readonly account: Account;
};

export function createAccounts<E extends Exchange>(
	config: Pick<Config, 'connection' | 'folders' | 'localDirectory'>,
	open: Open<E>,
	tokens: TokenStore = createTokenStore(createKeyring(), createTokensFile(tokensFile(config.folders))),
): Accounts<E> {
	const file = settingsFile(config.folders);
	// Most sessions never change their settings: what knows how is loaded when one does.
	const editSettings: typeof edit = async (...given) =>
		(await import('../../config/edit-settings.ts')).editSettings(...given);
	const directory = config.localDirectory;
	const connections = createConnections(config.connection, open, tokens);
	const current = () => connections.held().connection;

	const enter: Account['enter'] = async (name, {asDefault = false, signal} = {}) => {
		const connection = connectionOf(name, await readSettings(file), directory);
		const there = current().profile === name ? connections.exchange() : undefined;
		const user = there ? await there.user({signal}) : await connections.go(connection, {signal});
		if (asDefault) await editSettings(file, {profile: name === 'local' ? null : name});
		return {user};
	};

	/** Puts a token that has been checked where it belongs, and notes that in the settings. */
	const keepFor = async (
		profile: string,
		endpoint: string,
		token: string,
		{signal, ...also}: {readonly profile?: string; readonly signal: AbortSignal | undefined},
	): Promise<Kept> => {
		const old = profileNamed(await readSettings(file), profile);
		const kept = await tokens.keep(profile, endpoint, token, {signal});
		const where = kept.where === 'keyring' ? 'keyring' : 'file';
		await editSettings(file, {...also, profiles: {[profile]: {endpoint, token: where}}});
		if (old?.token === 'keyring' && old.endpoint !== undefined && old.endpoint !== endpoint) {
			// The one for the endpoint before is of no use any more; where it cannot be had, it does not matter.
			await tokens.forget(profile, old.endpoint, signal).catch(() => undefined);
		}
		return {...kept, notes: [...kept.notes, ...outerNotes(config.connection)]};
	};

	const signIn: Account['signIn'] = async ({profile, endpoint}, typed, {signal} = {}) => {
		const token = tokenIn(typed, 'what was entered');
		const settings = {profiles: {[profile]: {endpoint}}};
		const user = await whoseToken(open, connectionOf(profile, settings, directory), token, signal);
		const kept = await keepFor(profile, endpoint, token, {profile, signal});
		if (connections.side()) {
			await connections.go(connectionOf(profile, await readSettings(file), directory), {token, signal});
		}
		return {user, kept};
	};

	const signOut: Account['signOut'] = async (wanted, {signal} = {}) => {
		const settings = await readSettings(file);
		const {profile, source} = current();
		const name = wanted ?? profile;
		if (name === undefined) {
			throw new ShellError('config', `the token comes from ${source?.label}: none is kept here`);
		}
		if (name === 'local') {
			throw new ShellError('config', 'local: the local exchange needs no login, so there is none to end');
		}
		const endpoint = endpointOf(connectionOf(name, settings, directory));
		const kept = profileNamed(settings, name)?.token;
		const from = await tokens.remove(name, endpoint, kept, signal);
		if (kept !== undefined) {
			const byDefault = settings.profile === name ? {profile: null} : {};
			await editSettings(file, {...byDefault, profiles: {[name]: {token: null}}});
		}
		if (from.length > 0 && profile === name) await leave(signal);
		return {profile: name, from};
	};
	const leave = async (signal: AbortSignal | undefined) => {
		const side = connections.side();
		if (!side) return;
		if (!side.onLeave) {
			await connections.go(connectionOf('local', await readSettings(file), directory), {signal});
			return;
		}
		side.onLeave();
		connections.close();
	};

	const keep: NonNullable<Account['keep']> = async (token, {signal} = {}) => {
		const wanted = {profile: current().profile, endpoint: endpointOf(current())};
		const {profile, endpoint} = await planSignIn(wanted, {file, directory, current: undefined});
		return {...(await keepFor(profile, endpoint, token, {signal})), profile};
	};

	return {
		attach: connections.attach,
		connect: connections.connect,
		close: connections.close,
		connection: current,
		account: {
			current: () => {
				const {connection, isTyped} = connections.held();
				const tokenFrom = isTyped ? 'typed in this session' : (connection.source?.label ?? null);
				return {profile: connection.profile ?? null, tokenFrom};
			},
			profiles: async () => {
				const settings = await readSettings(file);
				const names = Object.keys(settings.profiles).filter(name => name !== 'local');
				return ['local', ...names.toSorted()].map(name => {
					const connection = connectionOf(name, settings, directory);
					return {
						name,
						endpoint: connection.kind === 'remote' ? connection.endpoint : null,
						token: connection.source?.label ?? null,
						current: current().profile === name,
						isDefault: (settings.profile ?? 'local') === name,
					};
				});
			},
			planSignIn: wanted => planSignIn(wanted, {file, directory, current: current()}),
			signIn,
			signOut,
			enter,
			get keep() {
				return current().source?.kind === 'folder' ? undefined : keep;
			},
		},
	};
}

/** What goes before a token that is kept, for as long as it is there. */
function outerNotes({source}: Connection): readonly string[] {
	const isOuter = source !== undefined && ['ADX_TOKEN', 'ADX_TOKEN_FILE'].includes(source.label);
	return isOuter ? [`${source.label} is set, and goes before it at the next start`] : [];
}
