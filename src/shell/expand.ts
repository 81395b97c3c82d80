import {expandBraces} from './braces.ts';
import type {Context, Kind} from './command.ts';
import {ShellError} from './errors.ts';
import {hasGlob, unescapePattern} from './glob.ts';
import {expandLocal} from './local-glob.ts';
import {expands} from './options.ts';
import {expandRemote} from './remote-glob.ts';
import type {ShellWord} from './word.ts';

export type Expanding = Pick<Context, 'session' | 'exchange' | 'local' | 'signal'>;

/**
 * The arguments that a word stands for, given what it names: braces, then globs over the Exchange or
 * the local disk, sorted. What comes back is taken literally by the functions of resolve.ts. Throws
 * `not-found` when nothing matches.
 */
export async function expandWord(
	context: Expanding,
	word: ShellWord,
	kind: Kind,
): Promise<readonly string[]> {
	if (!expands(kind)) return [word.text];
	const expanded: string[] = [];
	let globs = 0;
	const patterns = expandBraces(word.pattern);
	for (const pattern of patterns) {
		// `a{,.bak}` may leave nothing; a word that was typed empty stays.
		if (pattern === '' && patterns.length > 1) continue;
		if (!hasGlob(pattern)) {
			expanded.push(unescapePattern(pattern));
			continue;
		}
		globs++;
		const local = kind === 'local' || kind === 'local-directory';
		expanded.push(
			...(await (local ? expandLocal(context, pattern, kind) : expandRemote(context, pattern, kind))),
		);
	}
	if (expanded.length === 0 && globs > 0) {
		throw new ShellError('not-found', `${word.text}: no match`, {at: {start: word.start, end: word.end}});
	}
	return globs > 0 ? [...new Set(expanded)] : expanded;
}
