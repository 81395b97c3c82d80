import type {Output} from '../../shell/command.ts';
import {ShellError} from '../../shell/errors.ts';

/** A directory that a walk could not read: said, counted as a failure, and passed. */
export function failure(path: string, {code, message, hint, details, cause}: ShellError): Output {
	const error = new ShellError(code, message.startsWith('/') ? message : `${path}: ${message}`, {
		...(hint !== undefined && {hint}),
		details,
		cause,
	});
	return {kind: 'error', verb: undefined, error};
}
