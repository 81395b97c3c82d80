/** What went wrong, as a script can test it. Each code has one exit code. */
export type ErrorCode =
	| 'usage'
	| 'config'
	| 'not-found'
	| 'ambiguous'
	| 'exists'
	| 'not-a-directory'
	| 'is-a-directory'
	| 'not-empty'
	| 'denied'
	| 'unauthorized'
	| 'unsupported'
	| 'throttled'
	| 'connection'
	| 'timeout'
	| 'cancelled'
	| 'local'
	| 'failed';

const exitCodes: Partial<Record<ErrorCode, number>> = {
	usage: 2,
	config: 2,
	connection: 3,
	throttled: 3,
	timeout: 4,
	cancelled: 130,
};

type Extras = {
	/** The next step, without a full stop: "try `stores`". */
	readonly hint?: string;
	/** Further lines, such as the candidates of an ambiguous name. */
	readonly details?: readonly string[];
	/** The offending word's place in the line, in UTF-16 units. */
	readonly at?: {readonly start: number; readonly end: number};
	readonly cause?: unknown;
};

/**
 * The only error a person sees. `message` names the thing and the cause on one line, without
 * the verb in front ("result.csv: no such file in /weather"); whoever prints it adds the verb.
 */
export class ShellError extends Error {
	override readonly name = 'ShellError';
	readonly code: ErrorCode;
	readonly hint: string | undefined;
	readonly details: readonly string[];
	readonly at: Extras['at'];

	constructor(code: ErrorCode, message: string, extras: Extras = {}) {
		super(message, {cause: extras.cause});
		this.code = code;
		this.hint = extras.hint;
		this.details = extras.details ?? [];
		this.at = extras.at;
	}

	/** 0 to 255, as `adx-shell -c` exits with it. */
	get exitCode(): number {
		return exitCodes[this.code] ?? 1;
	}
}

/** Any thrown value as a ShellError; an abort becomes `cancelled`. */
export function toShellError(thrown: unknown): ShellError {
	if (thrown instanceof ShellError) return thrown;
	if (thrown instanceof Error && thrown.name === 'AbortError') {
		return new ShellError('cancelled', 'cancelled', {cause: thrown});
	}
	return new ShellError('failed', thrown instanceof Error ? thrown.message : String(thrown), {cause: thrown});
}

/** Whether a thing may not be seen by this person, which is not always told from there being none. */
export function isRefusal(thrown: unknown): boolean {
	return thrown instanceof ShellError && (thrown.code === 'denied' || thrown.code === 'not-found');
}
