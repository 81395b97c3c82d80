import type {Connection} from '../../config/connection.ts';
import {endpointOf, hostOf} from '../../config/endpoint.ts';
import {toShellError} from '../../shell/errors.ts';
import type {User} from '../../shell/ports.ts';
import {personName} from '../../shell/sharing-words.ts';
import type {RenewToken} from './open.ts';
import type {TokenStore} from './token-store.ts';
import {tokenIn} from './token-text.ts';

/** A connection in use. What is known of it changes while it is. */
export type Held = {
	readonly connection: Connection;
	token: string | undefined;
	/** Whose it is, once the Exchange has said so. */
	user?: User;
	/** The token was typed, and could not be put where the one before came from. */
	isTyped?: true;
};

type World = {
	readonly tokens: TokenStore;
	readonly whose: (connection: Connection, token: string) => Promise<User>;
	readonly say: (text: string) => void;
	/** Missing where nobody is there. Empty when the question is left, undefined when nobody waits for the answer. */
	readonly askSecret: ((question: string) => Promise<string | undefined>) | undefined;
};

/**
 * A new token for a session whose own is no longer accepted: what its source gives now, else what a person
 * types, checked and put where the old one was. Undefined when there is none, or it is somebody else's: what
 * the session shows is not theirs.
 */
export function renewal(held: Held, {tokens, whose, say, askSecret}: World): RenewToken {
	const {connection} = held;
	const about = connection.profile ?? hostOf(connection);

	/** The token, if it is the same user's; else why not is said. */
	const accepted = async (token: string): Promise<boolean> => {
		const user = await whose(connection, token);
		if (held.user && held.user.userId !== user.userId) {
			say(`That token is ${personName(user)}’s; \`login\` takes the session to somebody else.`);
			return false;
		}
		held.user = user;
		held.token = token;
		return true;
	};
	const again = async (): Promise<string | undefined> => {
		const kind = connection.source?.kind;
		if (kind === undefined || kind === 'variable' || kind === 'folder') return undefined;
		const found = await tokens.read(connection);
		return found && found.token !== held.token && (await accepted(found.token)) ? found.token : undefined;
	};
	const keep = async (token: string) => {
		const {profile, source} = connection;
		if (profile === undefined || (source?.kind !== 'keyring' && source?.kind !== 'file')) {
			held.isTyped = true;
			say(`Good for this session only: the token comes from ${source?.label}, put the new one there.`);
			return;
		}
		try {
			await tokens.keep(profile, endpointOf(connection), token, {only: source.kind});
		} catch (thrown) {
			held.isTyped = true;
			say(`The new token is good for this session only: ${toShellError(thrown).message}`);
		}
	};

	return async why => {
		// Whoever keeps the token elsewhere has put a new one there, or not.
		const found = await again().catch(() => undefined);
		if (found !== undefined || !askSecret) return found;
		const problem = held.user ? 'has expired' : 'is wrong or has expired';
		// Whoever has typed it wrong is asked again, until it is right or the question is left.
		for (;;) {
			const typed = await askSecret(`The token of ${about} ${problem}: new token:`);
			// Whoever types a line must not be interrupted for the panes’ sake.
			if (typed === undefined) throw why;
			if (typed.trim() === '') return undefined;
			try {
				const token = tokenIn(typed, 'what was entered');
				if (!(await accepted(token))) continue;
				await keep(token);
				return token;
			} catch (thrown) {
				const {code, message} = toShellError(thrown);
				say(message);
				if (code !== 'unauthorized' && code !== 'config') return undefined;
			}
		}
	};
}
