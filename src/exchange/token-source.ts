import {type ShellError, toShellError} from '../shell/errors.ts';
import type {Endpoint} from './endpoint.ts';

/**
 * Asked for a token to go on with when the Exchange refuses the one in use; undefined where there is none.
 * Throws `why` where nobody can be asked just now.
 */
export type RenewToken = (why: ShellError) => Promise<string | undefined>;

/** The token in use, and how it is replaced. */
export type TokenSource = {
	/** Its token is another one after a renewal. */
	readonly endpoint: Endpoint;
	/**
	 * The token to try in place of `refused`; undefined where there is none. All that are refused at the same
	 * time get the same one. Throws what asking for it throws.
	 */
	readonly renew: (refused: string, why: ShellError) => Promise<string | undefined>;
};

/** Refusals that follow each other this closely are of one piece of work, ms. */
const quiet = 1000;

/** What may be in a header. */
const sendable = /^[\x21-\x7e]+$/;

/**
 * Who has said once that there is no other token is not asked again by what the same piece of work still sends.
 */
export function createTokenSource(given: Endpoint, renewToken: RenewToken | undefined): TokenSource {
	let {token} = given;
	const spent: string[] = [];
	let renewal: Promise<string | undefined> | undefined;
	/** When the token was last refused since there turned out to be no other; epoch, ms. */
	let refusedAt = Number.NEGATIVE_INFINITY;

	const ask = async (why: ShellError): Promise<string | undefined> => {
		try {
			const fresh = await renewToken?.(why);
			if (fresh === undefined || fresh === token || !sendable.test(fresh)) {
				refusedAt = Date.now();
				return undefined;
			}
			spent.push(token);
			token = fresh;
			refusedAt = Number.NEGATIVE_INFINITY;
			return token;
		} catch (error) {
			// Who is refused next may find somebody.
			if (error !== why) refusedAt = Date.now();
			throw toShellError(error);
		} finally {
			renewal = undefined;
		}
	};

	return {
		endpoint: {
			url: given.url,
			get token() {
				return token;
			},
			spent,
		},
		renew: async (refused, why) => {
			if (refused !== token) return token;
			if (!renewToken) return undefined;
			const isSettled = !renewal && Date.now() - refusedAt < quiet;
			if (isSettled) refusedAt = Date.now();
			else renewal ??= ask(why);
			return renewal;
		},
	};
}
