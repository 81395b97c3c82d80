import {type ErrorCode, ShellError} from '../shell/errors.ts';

const causes: Readonly<Record<string, readonly [ErrorCode, string, hint?: string]>> = {
	ENOENT: ['not-found', 'no such local file or directory'],
	EEXIST: ['exists', 'exists already', '-f replaces it'],
	EISDIR: ['is-a-directory', 'is a local directory'],
	ENOTDIR: ['not-a-directory', 'part of that path is not a directory'],
	ENOTEMPTY: ['not-empty', 'the local directory is not empty'],
	EACCES: ['local', 'permission denied on this machine'],
	EPERM: ['local', 'permission denied on this machine'],
	EROFS: ['local', 'the local disk is read-only'],
	ENOSPC: ['local', 'the local disk is full', 'make room and try again'],
	EDQUOT: ['local', 'the local disk quota is used up', 'make room and try again'],
	EFBIG: ['local', 'too big for the local disk'],
	ENAMETOOLONG: ['local', 'the name is too long for the local disk', '-o NAME gives it another'],
	EILSEQ: ['local', 'the local disk refuses that name', '-o NAME gives it another'],
	EINVAL: ['local', 'the local disk refuses that name', '-o NAME gives it another'],
	ELOOP: ['local', 'too many symbolic links'],
	EMFILE: ['local', 'too many open files on this machine'],
	ENFILE: ['local', 'too many open files on this machine'],
	EBUSY: ['local', 'in use by another program'],
	ETXTBSY: ['local', 'in use by another program'],
	ERR_INVALID_ARG_VALUE: ['local', 'not a local file name'],
	EIO: ['local', 'the local disk reports an error'],
};

/** What the operating system said about `path`, as the one line a person sees. */
export function localError(thrown: unknown, path: string): ShellError {
	return thrown instanceof ShellError
		? thrown
		: errorOfCode(errorCode(thrown) ?? String(thrown), path, thrown);
}

/** The error for `ENOENT` and the like. */
export function errorOfCode(code: string, path: string, cause?: unknown): ShellError {
	const [kind, text, hint] = causes[code] ?? (['local', code] as const);
	return new ShellError(kind, `${path}: ${text}`, {...(hint && {hint}), cause});
}

/** `ENOENT` and the like; undefined for anything else. */
export function errorCode(thrown: unknown): string | undefined {
	return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string'
		? thrown.code
		: undefined;
}

/** For `.catch`: rethrows what the operating system said about `path`. */
export function failing(path: string): (thrown: unknown) => never {
	return thrown => {
		throw localError(thrown, path);
	};
}
