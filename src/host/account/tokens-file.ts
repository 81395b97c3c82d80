import {readFile, stat} from 'node:fs/promises';
import {inTurn} from '../../config/in-turn.ts';
import {replacePrivate} from '../../config/replace-private.ts';
import {ShellError} from '../../shell/errors.ts';

type Saved = {readonly endpoint: string; readonly token: string};

export type TokensFile = {
	/** The token kept for a profile, as long as its endpoint is still the same; `note` warns of others who can read it. */
	readonly get: (
		profile: string,
		endpoint: string,
	) => Promise<{readonly token?: string; readonly note?: string}>;
	readonly set: (profile: string, endpoint: string, token: string) => Promise<void>;
	/** Whether there was one. */
	readonly remove: (profile: string) => Promise<boolean>;
};

/**
 * Tokens where no keyring is: a file that nobody but its owner can read. Throws `config` for one that cannot
 * be read or is damaged, and never writes over that; no message holds what is in it.
 */
export function createTokensFile(file: string): TokensFile {
	const readAll = async (): Promise<Readonly<Record<string, Saved>>> => {
		let text: string;
		try {
			text = await readFile(file, 'utf8');
		} catch (thrown) {
			const {code} = thrown as NodeJS.ErrnoException;
			if (code === 'ENOENT' || code === 'ENOTDIR') return {};
			throw new ShellError('config', `${file}: cannot be read (${code})`, {
				hint: 'it must belong to you, with mode 600',
			});
		}
		try {
			const all: unknown = JSON.parse(text);
			if (typeof all === 'object' && all !== null && !Array.isArray(all)) return all as Record<string, Saved>;
		} catch {
			// The parser's message would show a part of the text.
		}
		throw new ShellError('config', `${file}: damaged`, {hint: 'move it away and log in again'});
	};
	const write = (all: Readonly<Record<string, Saved>>) =>
		replacePrivate(file, `${JSON.stringify(all, undefined, '\t')}\n`);
	return {
		get: async (profile, endpoint) => {
			const all = await readAll();
			const saved = Object.hasOwn(all, profile) ? all[profile] : undefined;
			if (saved?.endpoint !== endpoint || typeof saved.token !== 'string') return {};
			const {mode} = await stat(file);
			const note = `${file}: others on this machine can read the tokens in it (\`chmod 600\` ends that)`;
			return {token: saved.token, ...((mode & 0o077) !== 0 && process.platform !== 'win32' && {note})};
		},
		set: (profile, endpoint, token) =>
			inTurn(file, async () => write({...(await readAll()), [profile]: {endpoint, token}})),
		remove: async profile => {
			// Most machines have no such file, and are to get no folder for it.
			if (!Object.hasOwn(await readAll(), profile)) return false;
			return inTurn(file, async () => {
				const {[profile]: mine, ...rest} = await readAll();
				await write(rest);
				return mine !== undefined;
			});
		},
	};
}
