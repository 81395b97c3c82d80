import type {Kind} from './command.ts';
import {compileGlob, type Segment, unescapePattern} from './glob.ts';
import {entriesNamed, sortedEntries} from './listing.ts';
import {listLocation, type Where} from './lookup.ts';
import {entryId, entryName, isPathName, parsePath, relativePath} from './paths.ts';
import type {DirectoryEntry, Entry, Listing} from './ports.ts';
import {enter, resolveDirectory} from './resolve.ts';
import type {Location} from './session.ts';
import {breather} from './slices.ts';

/** A directory on the way, and how the user would write it: `` here, `/`, `../a/`. */
type Visit = {readonly location: Location; readonly prefix: string};

/** The paths that a pattern over the Exchange matches, sorted; only directories that can matter are listed. */
export async function expandRemote(where: Where, pattern: string, kind: Kind): Promise<readonly string[]> {
	const {start, rest} = splitStart(pattern);
	const location = await resolveDirectory(where, start === '' ? '.' : start);
	const onlyDirectories = kind === 'directory' || pattern.endsWith('/');
	const paths: string[] = [];
	const breathe = breather(where.signal);
	for await (const path of walk(where, {location, prefix: start}, compileGlob(rest), breathe)) {
		if (path.entry.objectType === 'DIRECTORY' || !onlyDirectories) paths.push(path.text);
	}
	return paths;
}

/** The store, id or root that a pattern starts with, ending in `/`, and what comes after. */
function splitStart(pattern: string): {readonly start: string; readonly rest: string} {
	const cut = pattern.indexOf('/') + 1;
	const first = unescapePattern(pattern.slice(0, cut));
	return cut === 0 || parsePath(first).start.from === 'here'
		? {start: '', rest: pattern}
		: {start: first, rest: pattern.slice(cut)};
}

type Match = {readonly text: string; readonly entry: Entry};

async function* walk(
	where: Where,
	{location, prefix}: Visit,
	[segment, ...rest]: readonly Segment[],
	breathe: () => Promise<void>,
): AsyncGenerator<Match> {
	if (!segment) return;
	if (segment.kind === 'name' && segment.name === '..') {
		const parent = await resolveDirectory({...where, session: {...where.session, location}}, '..');
		yield* walk(where, {location: parent, prefix: `${prefix}../`}, rest, breathe);
		return;
	}
	const listing = await listLocation(where, location);
	if (segment.kind === 'any-depth') {
		// `**/x` matches here too; a last `**` means everything below.
		if (rest.length > 0) yield* walk(where, {location, prefix}, rest, breathe);
	}
	for (const entry of candidates(listing, segment)) {
		await breathe();
		const name = entryName(entry);
		if (segment.kind === 'match' && !segment.matches(name)) continue;
		if (segment.kind === 'any-depth' && name.startsWith('.')) continue;
		const text = pathTo(listing, prefix, entry);
		if (rest.length === 0) yield {text, entry};
		// A directory that holds itself, as a broken Exchange may say, would have no end.
		if (entry.objectType !== 'DIRECTORY' || isAbove(location, entry)) continue;
		const below = {location: enter(location, entry), prefix: `${text}/`};
		if (segment.kind === 'any-depth') yield* walk(where, below, [segment, ...rest], breathe);
		else yield* walk(where, below, rest, breathe);
	}
}

function candidates(listing: Listing, segment: Segment): readonly Entry[] {
	return segment.kind === 'name' ? entriesNamed(listing, segment.name) : sortedEntries(listing, 'name');
}

function isAbove({trail}: Location, {dataStoreDirectoryId}: DirectoryEntry): boolean {
	return trail.some(step => step.dataStoreDirectoryId === dataStoreDirectoryId);
}

/** By name where that is enough, by id where the name is not unique or cannot be written in a path. */
function pathTo(listing: Listing, prefix: string, entry: Entry): string {
	const name = entryName(entry);
	if (!isPathName(name) || entriesNamed(listing, name).length > 1) return `id:${entryId(entry)}`;
	return prefix === '' ? relativePath(name) : `${prefix}${name}`;
}
