import {type ErrorCode, ShellError, toShellError} from '../../shell/errors.ts';

/** Codes of errors that may have been thrown without a word of what they are about. */
const general: ReadonlySet<ErrorCode> = new Set([
	'connection',
	'timeout',
	'throttled',
	'failed',
	'denied',
	'unsupported',
	'not-found',
]);

/**
 * What was thrown, naming the path: those who move bytes say "the file store: no byte moved", not of which
 * file. An error that names a path already, a local one among them, stays as it is.
 */
export function errorAbout(path: string, thrown: unknown): ShellError {
	const error = toShellError(thrown);
	const {code, message, hint, details} = error;
	if (!general.has(code) || message.startsWith('/') || message.includes(path)) return error;
	const named = `${path}: ${message}`;
	return new ShellError(code, named, {...(hint !== undefined && {hint}), details, cause: error});
}

/** `work`, whose errors name the path. */
export async function about<T>(path: string, work: Promise<T>): Promise<T> {
	try {
		return await work;
	} catch (thrown) {
		throw errorAbout(path, thrown);
	}
}
