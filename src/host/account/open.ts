import type {Place} from '../../config/endpoint.ts';
import type {ShellError} from '../../shell/errors.ts';
import type {Exchange} from '../../shell/ports.ts';

/** Called once for all requests that are refused together; resolves to the token to try instead, if there is one. Throws `why` where nobody can be asked just now. */
export type RenewToken = (why: ShellError) => Promise<string | undefined>;

/** Opens the Exchange of a place: without a token the local one as its own user. */
export type Open<E extends Exchange = Exchange> = (
	target: Place & {readonly token: string | undefined},
	hooks: {
		/** Told when the local exchange has to be started, which takes a while. */
		readonly onStart?: (() => void) | undefined;
		readonly renewToken?: RenewToken;
		/** Ends the wait for it. */
		readonly signal?: AbortSignal | undefined;
	},
) => Promise<E>;
