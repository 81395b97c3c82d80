import type {Context, Kind} from './command.ts';
import {compileGlob, type Segment, unescapePattern} from './glob.ts';
import {compareNames} from './listing.ts';
import type {LocalEntry} from './ports.ts';
import {breather} from './slices.ts';

type Disk = Pick<Context, 'session' | 'local' | 'signal'>;

/** The local paths that a pattern matches, sorted, as the user would write them. */
export async function expandLocal(context: Disk, pattern: string, kind: Kind): Promise<readonly string[]> {
	const [, start = '', rest = ''] = /^(\/+|~[^/*?[]*\/+)?(.*)$/s.exec(pattern) ?? [];
	const onlyDirectories = kind === 'local-directory' || pattern.endsWith('/');
	const paths: string[] = [];
	for await (const match of walk(
		context,
		unescapePattern(start),
		compileGlob(rest),
		breather(context.signal),
	)) {
		if (match.entry.kind === 'directory' || !onlyDirectories) paths.push(match.text);
	}
	return paths;
}

type Match = {readonly text: string; readonly entry: LocalEntry};

async function* walk(
	context: Disk,
	prefix: string,
	[segment, ...rest]: readonly Segment[],
	breathe: () => Promise<void>,
): AsyncGenerator<Match> {
	if (!segment) return;
	const {local, session} = context;
	if (segment.kind === 'name') {
		const text = `${prefix}${segment.name}`;
		const entry = await local.stat(local.resolve(session.localDirectory, text));
		if (entry && rest.length === 0) yield {text, entry};
		else if (entry?.kind === 'directory') yield* walk(context, `${text}/`, rest, breathe);
		return;
	}
	if (segment.kind === 'any-depth' && rest.length > 0) yield* walk(context, prefix, rest, breathe);
	const entries = await local.list(local.resolve(session.localDirectory, prefix === '' ? '.' : prefix));
	for (const entry of entries.toSorted((a, b) => compareNames(a.name, b.name))) {
		await breathe();
		if (segment.kind === 'match' ? !segment.matches(entry.name) : entry.name.startsWith('.')) continue;
		// A leading `-` or `~` would mean something else.
		const text = prefix === '' && /^[-~]/.test(entry.name) ? `./${entry.name}` : `${prefix}${entry.name}`;
		if (rest.length === 0) yield {text, entry};
		if (entry.kind !== 'directory') continue;
		yield* walk(context, `${text}/`, segment.kind === 'any-depth' ? [segment, ...rest] : rest, breathe);
	}
}
