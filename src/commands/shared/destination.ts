import type {Context} from '../../shell/command.ts';
import {ShellError, toShellError} from '../../shell/errors.ts';
import {entriesNamed} from '../../shell/listing.ts';
import {listLocation} from '../../shell/lookup.ts';
import type {Entry, FileEntry, Listing} from '../../shell/ports.ts';
import {enter, resolveDirectory, resolveNew} from '../../shell/resolve.ts';
import type {Location} from '../../shell/session.ts';
import {directoryId, pathIn} from './targets.ts';

/** Where things go: each under its own name into a directory, or one under a new name. */
export type Destination = {readonly location: Location; readonly name: string | undefined};

/** What the last word of `cp a b c` names. Throws `not-found` for a new name when there are several `sources`. */
export async function resolveDestination(
	context: Context,
	path: string,
	sources: number,
): Promise<Destination> {
	try {
		return {location: await resolveDirectory(context, path), name: undefined};
	} catch (thrown) {
		const error = toShellError(thrown);
		if (!['not-found', 'not-a-directory'].includes(error.code)) throw error;
		if (sources > 1 || path.endsWith('/')) throw error;
		const {location, name} = await resolveNew(context, path);
		return {location, name};
	}
}

/** What bears which name on the Exchange, while one command puts new things there. */
export type Names = {
	/**
	 * Takes a name for something new and returns what bears it already. Each directory is asked for once,
	 * afresh. Throws `exists` when the same command has taken the name before.
	 */
	readonly claim: (location: Location, name: string) => Promise<readonly Entry[]>;
	/** The directory called `name`, made when there is none. Throws `exists` where a file bears the name. */
	readonly directory: (location: Location, name: string) => Promise<Location>;
};

export function createNames(context: Context): Names {
	const listings = new Map<string, Promise<Listing | undefined>>();
	const made = new Map<string, Promise<Location>>();
	const claimed = new Set<string>();
	const entriesAt = async (location: Location, name: string): Promise<readonly Entry[]> => {
		const id = directoryId(location);
		const asked = listings.get(id) ?? listLocation(context, location, {maxAge: 0});
		listings.set(id, asked);
		const listing = await asked;
		return listing ? entriesNamed(listing, name) : [];
	};
	const makeDirectory = async (location: Location, name: string): Promise<Location> => {
		const existing = await entriesAt(location, name);
		const directories = existing.filter(entry => entry.objectType === 'DIRECTORY');
		if (directories.length === 1) return enter(location, directories[0]!);
		const path = pathIn(location, name);
		if (directories.length > 1) {
			throw new ShellError('ambiguous', `${path}: ${directories.length} directories bear that name`);
		}
		if (existing.length > 0) throw new ShellError('exists', `${path}: a file bears that name`);
		const directory = await context.exchange.createDirectory(
			{dataStoreId: location.store.dataStoreId, parentDirectoryId: directoryId(location), name},
			{signal: context.signal},
		);
		// Nothing can be in it yet.
		listings.set(directory.dataStoreDirectoryId, Promise.resolve(undefined));
		return enter(location, directory);
	};
	return {
		claim: async (location, name) => {
			const key = `${directoryId(location)}/${name}`;
			if (claimed.has(key)) {
				throw new ShellError('exists', `${pathIn(location, name)}: two of these would bear that name`, {
					hint: 'one at a time, each with a name of its own',
				});
			}
			claimed.add(key);
			return entriesAt(location, name);
		},
		directory: (location, name) => {
			const key = `${directoryId(location)}/${name}`;
			const directory = made.get(key) ?? makeDirectory(location, name);
			made.set(key, directory);
			return directory;
		},
	};
}

/**
 * The one file that a new one replaces, or undefined when the name is free. Throws `exists` (always for a
 * directory, for a file unless `replace`) and `ambiguous`.
 */
export function replacedFile(
	existing: readonly Entry[],
	path: string,
	replace: boolean,
): FileEntry | undefined {
	const [first] = existing;
	if (!first) return undefined;
	if (existing.some(entry => entry.objectType === 'DIRECTORY')) {
		throw new ShellError('exists', `${path}: a directory bears that name`);
	}
	if (!replace) throw new ShellError('exists', `${path}: exists already`, {hint: '-f replaces it'});
	if (existing.length > 1) {
		throw new ShellError('ambiguous', `${path}: ${existing.length} files bear that name`, {
			hint: 'remove all but one, by id',
			details: existing.map(entry => (entry.objectType === 'FILE' ? `id:${entry.dataStoreFileId}` : '')),
		});
	}
	return first.objectType === 'FILE' ? first : undefined;
}
