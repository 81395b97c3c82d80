import {readFile} from 'node:fs/promises';
import {homedir} from 'node:os';
import type {Connection} from '../../config/connection.ts';
import {endpointOf, hostOf} from '../../config/endpoint.ts';
import type {Kept} from '../../shell/account.ts';
import {ShellError, toShellError} from '../../shell/errors.ts';
import type {Keyring} from './keyring.ts';
import {runPasswordCommand} from './password-command.ts';
import {tokenIn} from './token-text.ts';
import type {TokensFile} from './tokens-file.ts';

export type FoundToken = {readonly token: string; readonly note?: string};

/** Where tokens are read from and put. */
export type TokenStore = {
	/**
	 * The token of a connection; undefined for the local exchange's own user. Throws `config`, `local` or
	 * `timeout`, saying where the token should have come from.
	 */
	readonly read: (connection: Connection, signal?: AbortSignal) => Promise<FoundToken | undefined>;
	/** Keeps a token of a profile: in the keyring, else in the file; in the one that is named or not at all. */
	readonly keep: (
		profile: string,
		endpoint: string,
		token: string,
		options?: {readonly only?: 'keyring' | 'file'; readonly signal?: AbortSignal | undefined},
	) => Promise<Kept>;
	/** Removes it from both, and says which had it. A keyring that should have it and refuses is an error. */
	readonly remove: (
		profile: string,
		endpoint: string,
		keptIn: 'keyring' | 'file' | undefined,
		signal?: AbortSignal,
	) => Promise<readonly ('keyring' | 'file')[]>;
	/** Removes from the keyring what was kept for another endpoint. */
	readonly forget: (profile: string, endpoint: string, signal?: AbortSignal) => Promise<void>;
};

/** Without its endpoint a secret could be sent to wherever the settings lead next. */
const accountOf = (profile: string, endpoint: string) => `${profile} ${endpoint}`;

export function createTokenStore(keyring: Keyring, file: TokensFile): TokenStore {
	const fromKeyring = async (profile: string, endpoint: string, signal?: AbortSignal) => {
		try {
			return await keyring.get(accountOf(profile, endpoint), signal);
		} catch (thrown) {
			const {code, message, hint} = toShellError(thrown);
			if (code !== 'local') throw thrown;
			throw new ShellError('local', `${profile}: ${message}`, {
				hint: `${hint ? `${hint}, or ` : ''}log in again: \`login --profile ${profile}\``,
				cause: thrown,
			});
		}
	};

	const read: TokenStore['read'] = async (connection, signal) => {
		const {source, profile = ''} = connection;
		const endpoint = endpointOf(connection);
		const missing = () =>
			new ShellError('config', `${profile}: no token for ${hostOf(connection)}`, {
				hint: `\`login --profile ${profile}\` asks for it`,
			});
		switch (source?.kind) {
			case undefined:
				throw missing();
			case 'folder':
				return undefined;
			case 'variable':
				return {token: tokenIn(source.value, source.label)};
			case 'path':
				return {token: tokenIn(await readTokenFile(source.path), source.path)};
			case 'command':
				return {token: await runPasswordCommand(source.command, {signal})};
			case 'keyring': {
				const token = await fromKeyring(profile, endpoint, signal);
				if (token === undefined) throw missing();
				return {token: tokenIn(token, 'the keyring')};
			}
			case 'file': {
				const {token, note} = await file.get(profile, endpoint);
				if (token === undefined) throw missing();
				return {token: tokenIn(token, 'the file of tokens'), ...(note !== undefined && {note})};
			}
		}
	};

	return {
		read,
		keep: async (profile, endpoint, token, {only, signal} = {}) => {
			if (only === 'file') {
				await file.set(profile, endpoint, token);
				return {where: 'file', notes: []};
			}
			try {
				await keyring.set(accountOf(profile, endpoint), token, signal);
			} catch (thrown) {
				const {code, message} = toShellError(thrown);
				if (code !== 'local' || only === 'keyring') throw thrown;
				await file.set(profile, endpoint, token);
				return {where: 'file', notes: [message]};
			}
			// An older one must not lie about; that it may stay is no reason to fail now.
			await file.remove(profile).catch(() => undefined);
			return {where: 'keyring', notes: []};
		},
		remove: async (profile, endpoint, keptIn, signal) => {
			const from: ('keyring' | 'file')[] = [];
			if (keptIn === 'keyring' && (await keyring.remove(accountOf(profile, endpoint), signal))) {
				from.push('keyring');
			}
			if (await file.remove(profile)) from.push('file');
			return from;
		},
		forget: async (profile, endpoint, signal) => {
			await keyring.remove(accountOf(profile, endpoint), signal);
		},
	};
}

async function readTokenFile(file: string): Promise<string> {
	try {
		return await readFile(file.replace(/^~(?=\/)/, homedir()), 'utf8');
	} catch (thrown) {
		const {code} = thrown as NodeJS.ErrnoException;
		throw new ShellError('config', `${file}: the token file cannot be read (${code})`, {
			hint: 'is it there, and yours to read?',
			cause: thrown,
		});
	}
}
