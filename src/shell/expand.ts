import {expandAssets} from './asset-glob.ts';
import {expandBraces} from './braces.ts';
import type {Context, Kind} from './command.ts';
import {ShellError} from './errors.ts';
import {hasGlob, unescapePattern} from './glob.ts';
import {expandLocal} from './local-glob.ts';
import {expands, isSeriesKind} from './options.ts';
import {expandRemote} from './remote-glob.ts';
import type {ShellWord} from './word.ts';

export type Expanding = Pick<Context, 'session' | 'exchange' | 'local' | 'signal'>;

/**
 * The arguments that a word stands for, given what it names: braces, then globs over the Exchange, the
 * selected database's names (of attributes: those of the `assets` named before) or the local disk, sorted.
 * What comes back is taken literally by the functions of resolve.ts and assets.ts. Throws `not-found` when
 * nothing matches.
 */
export async function expandWord(
	context: Expanding,
	word: ShellWord,
	kind: Kind,
	assets: readonly string[] = [],
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
		expanded.push(...(await expandGlob(context, pattern, kind, assets)));
	}
	if (expanded.length === 0 && globs > 0) {
		throw new ShellError('not-found', `${word.text}: no match`, {at: {start: word.start, end: word.end}});
	}
	return globs > 0 ? [...new Set(expanded)] : expanded;
}

async function expandGlob(
	context: Expanding,
	pattern: string,
	kind: Kind,
	assets: readonly string[],
): Promise<readonly string[]> {
	if (isSeriesKind(kind)) return expandAssets(context, pattern, kind, assets);
	const isLocal = kind === 'local' || kind === 'local-directory';
	return isLocal ? expandLocal(context, pattern, kind) : expandRemote(context, pattern, kind);
}
