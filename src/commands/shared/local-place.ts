import type {Context} from '../../shell/command.ts';
import {ShellError, toShellError} from '../../shell/errors.ts';
import {resolveEntry} from '../../shell/resolve.ts';

/** Where downloads go. */
export type LocalPlace = {
	/** Absolute. */
	readonly path: string;
	/** Files go into it under their own names; else it is the new file's name. */
	readonly directory: boolean;
	/** It ended in `/` and is not there yet. */
	readonly make: boolean;
};

/** Words that are never looked up on the Exchange: `.`, `..`, `~`, `/`, `../..`, `./`. */
const alwaysLocal = /^(~|\.\.?|(?=\/))(\/+\.\.?)*\/*$/;

/**
 * Divides the words of `get`: what to get, and where to. `output` is what -o says. Throws what is wrong
 * with the last word when it is neither on the Exchange nor a place that several files could go to.
 */
export async function splitLocal(
	context: Context,
	words: readonly string[],
	output: string | undefined,
): Promise<{readonly sources: readonly string[]; readonly place: LocalPlace}> {
	if (output !== undefined) {
		const place = await placeAt(context, output);
		if (place.directory || words.length <= 1) return {sources: words, place};
		throw new ShellError('not-a-directory', `${output}: no such local directory`, {
			hint: `${output}/ makes one`,
		});
	}
	const last = words.at(-1);
	if (words.length < 2 || last === undefined) return {sources: words, place: here(context)};
	const missing = alwaysLocal.test(last) ? undefined : await lookUp(context, last);
	if (missing === 'there') return {sources: words, place: here(context)};
	const place = await placeAt(context, last);
	if (words.length > 2 && !place.directory) {
		throw new ShellError('not-found', `${last}: neither on the Exchange nor a local directory`, {
			hint: missing?.hint ?? `${last}/ makes one`,
		});
	}
	return {sources: words.slice(0, -1), place};
}

/** Whether something on the Exchange is called so; else the error that says why not. */
async function lookUp(context: Context, path: string): Promise<'there' | ShellError> {
	try {
		await resolveEntry(context, path);
		return 'there';
	} catch (thrown) {
		const error = toShellError(thrown);
		if (error.code === 'ambiguous') return 'there';
		if (error.code === 'not-found' || error.code === 'not-a-directory') return error;
		throw error;
	}
}

function here({session}: Context): LocalPlace {
	return {path: session.localDirectory, directory: true, make: false};
}

async function placeAt({local, session}: Context, text: string): Promise<LocalPlace> {
	const path = local.resolve(session.localDirectory, text);
	const found = await local.stat(path);
	const make = found === undefined && text.endsWith('/');
	return {path, directory: make || found?.kind === 'directory', make};
}

/**
 * `name` as the name of one local file: an Exchange can call a file `../x`, and that must not leave the
 * directory it goes to. Throws `local`.
 */
export function checkLocalName({local}: Pick<Context, 'local'>, name: string, path: string): string {
	const safe = !['', '.', '..'].includes(name) && !/[/\0]/.test(name) && local.basename(name) === name;
	if (safe) return name;
	throw new ShellError('local', `${path}: not a name that a local file can have`, {
		hint: 'get it by id, with -o NAME',
	});
}
