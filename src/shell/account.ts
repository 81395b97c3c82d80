import type {Call, User} from './ports.ts';

/** A named way to an Exchange. */
export type Profile = {
	readonly name: string;
	/** Null for the local exchange of this machine. */
	readonly endpoint: string | null;
	/** Where its token is kept, such as `keyring` or `password_command`; null when it has none. */
	readonly token: string | null;
	/** The session is in it. */
	readonly current: boolean;
	/** A program started without a word of a profile begins in it. */
	readonly isDefault: boolean;
};

/** What a token will be for, settled before it is asked for. */
export type SignIn = {
	readonly profile: string;
	/** A URL, or `local`: the local exchange, as another of its users. */
	readonly endpoint: string;
	/** Its host, or `local exchange`. */
	readonly host: string;
};

/** Where a token has been put: `keyring`, `file`; `session` where the program may not write. */
export type Kept = {
	readonly where: 'keyring' | 'file' | 'session';
	/** What the user should know about it, such as why the keyring was not used. */
	readonly notes: readonly string[];
};

/**
 * The tokens and profiles of this machine. Every method throws ShellErrors, whose text never holds a token:
 * `config` for what is wrong with the settings, `not-found` for a profile that is not there, `local` for a
 * keyring or file that refuses, and what the Exchange answers to a token.
 */
export type Account = {
	/** The session's profile, null for a token given without one; where its token came from, for people. */
	readonly current: () => {readonly profile: string | null; readonly tokenFrom: string | null};
	/** `local` first, the others by name. */
	readonly profiles: () => Promise<readonly Profile[]>;
	/** Without a profile the session's own, or `default`. Nothing is sent. */
	readonly planSignIn: (wanted: {
		readonly profile?: string | undefined;
		readonly endpoint?: string | undefined;
	}) => Promise<SignIn>;
	/** Asks the Exchange whose token it is, then keeps it, and takes the session to that profile. */
	readonly signIn: (
		plan: SignIn,
		token: string,
		call?: Call,
	) => Promise<{readonly user: User; readonly kept: Kept}>;
	/**
	 * Removes the profile's token from where it is kept (without a profile, the session's own); its settings
	 * stay. A session in it goes to the local exchange. `from` is empty where none was kept.
	 */
	readonly signOut: (
		profile: string | undefined,
		call?: Call,
	) => Promise<{readonly profile: string; readonly from: readonly string[]}>;
	/** Takes the session to another profile: its Exchange, its last place and database. On failure it stays. */
	readonly enter: (
		profile: string,
		options?: Call & {readonly asDefault?: boolean},
	) => Promise<{readonly user: User}>;
	/**
	 * Keeps a token of the session's user in its profile, from the next start on. Without it undefined: the
	 * local exchange's own user has a token anyway.
	 */
	readonly keep: ((token: string, call?: Call) => Promise<Kept & {readonly profile: string}>) | undefined;
};
