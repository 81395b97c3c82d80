import {type Context, defineCommand, type Output, type Row} from '../../shell/command.ts';
import {listLocation} from '../../shell/lookup.ts';
import {entryName} from '../../shell/paths.ts';
import type {DataStore, Entry, Listing} from '../../shell/ports.ts';
import {readableAge} from '../../shell/readable.ts';
import {enter, type Target} from '../../shell/resolve.ts';
import {storeService} from '../../shell/services.ts';
import {directoryOf, type Location, pathSeenFrom} from '../../shell/session.ts';
import {pathBelow, walk} from '../../shell/walk.ts';
import {audienceColumn, withAudiences} from '../shared/audiences.ts';
import {failure} from '../shared/failure.ts';
import {
	countsOf,
	type Flags,
	fileRecords,
	isShown,
	orderOf,
	recordsOf,
	shownEntries,
	titled,
	withItems,
} from '../shared/listing-rows.ts';
import {resolveAll} from '../shared/targets.ts';

/** Cached rows of this age, ms, are as good as new. */
const fresh = 30_000;

/**
 * Files as they are, directories by what is in them. Someone who watches sees cached rows at once, replaced
 * when newer ones come; a script waits for them.
 */
export const ls = defineCommand({
	name: 'ls',
	group: 'Navigation',
	summary: 'List files and directories',
	description:
		'Several files of one name are marked `×2`, uploads that have not arrived `unconfirmed`. `-ld STORE:/` says who sees a data store. In a pipe sizes are bytes and times ISO 8601.',
	args: {
		paths: {kind: 'path', many: true, optional: true, help: 'Files and directories; default: where you are'},
		long: {kind: 'flag', short: 'l', help: 'With size and time'},
		all: {kind: 'flag', short: 'a', help: 'Also names that start with a dot'},
		single: {kind: 'flag', short: '1', help: 'One name a line'},
		time: {kind: 'flag', short: 't', help: 'Newest first'},
		size: {kind: 'flag', short: 'S', help: 'Largest first'},
		reverse: {kind: 'flag', short: 'r', help: 'The other way round'},
		recursive: {kind: 'flag', short: 'R', help: 'Also all directories below'},
		directory: {kind: 'flag', short: 'd', help: 'Directories themselves, not what is in them'},
		human: {kind: 'flag', short: 'h', help: 'Readable sizes also in a pipe'},
	},
	examples: ['ls', 'ls -l weather', 'ls -lt *.csv', 'ls -R cases', 'ls -lS --json'],
	async *run(context, {paths, ...flags}) {
		const {targets, failures} = await resolveAll(context, paths.length > 0 ? paths : ['.']);
		for (const error of failures) yield {kind: 'error', verb: undefined, error};
		const files: Row[] = [];
		const stores = new Map<Row, DataStore>();
		const directories: {readonly location: Location; readonly path: string}[] = [];
		const shown = shownPaths(context, targets);
		for (const target of targets) {
			if (target.entry?.objectType === 'FILE') files.push({...target.entry, path: shown(target)});
			else if (flags.directory) {
				const row = {...directoryRow(target), path: shown(target)};
				if (!target.entry) stores.set(row, target.location.store);
				files.push(row);
			} else directories.push({location: locationOf(target), path: shown(target)});
		}

		if (stores.size > 0 && flags.long) yield* withStoreAudiences(context, files, stores, flags);
		else if (files.length > 0) yield fileRecords(files, flags);
		const alone = paths.length < 2;
		for (const [index, {location, path}] of directories.entries()) {
			const apart = files.length > 0 || index > 0;
			if (flags.recursive) yield* listTree(context, location, path, flags, apart);
			else if (alone) yield* listWatched(context, location, flags);
			else {
				const entries = shownEntries(await listLocation(context, location), flags);
				yield titled(context, entries, flags, {path, apart});
			}
		}
	},
});

/** The rows; those of root directories with who sees their data store. */
function withStoreAudiences(
	context: Context,
	rows: readonly Row[],
	stores: ReadonlyMap<Row, DataStore>,
	flags: Flags,
): AsyncGenerator<Output> {
	const roots = [...stores.keys()];
	const serviceOf = (root: Row) => storeService(stores.get(root)!);
	return withAudiences(context, roots, serviceOf, told => {
		const shown = rows.map(row => (stores.has(row) ? told[roots.indexOf(row)]! : row));
		return fileRecords(shown, flags, [audienceColumn]);
	});
}

function locationOf({location, entry}: Target): Location {
	return entry?.objectType === 'DIRECTORY' ? enter(location, entry) : location;
}

/**
 * How targets are called in a list. A glob names duplicates by id, which is no name to show: theirs begins as those
 * beside them do, or as it would be typed here.
 */
function shownPaths({session}: Context, targets: readonly Target[]): (target: Target) => string {
	const starts = new Map<string, string>();
	for (const {entry, location, path} of targets) {
		if (!entry || !path.endsWith(entryName(entry))) continue;
		starts.set(directoryOf(location).dataStoreDirectoryId, path.slice(0, path.lastIndexOf('/') + 1));
	}
	return ({entry, location, path}) => {
		if (!entry || !path.startsWith('id:')) return path;
		const name = entryName(entry);
		const start = starts.get(directoryOf(location).dataStoreDirectoryId);
		return start === undefined ? pathBelow(pathFrom(session.location, location), [name]) : start + name;
	};
}

/** The path of a location for somebody who is at another one: relative below it, absolute elsewhere. */
function pathFrom(here: Location | undefined, location: Location): string {
	const depth = here?.trail.length ?? 0;
	const isBelow =
		here && location.trail[depth - 1]?.dataStoreDirectoryId === directoryOf(here).dataStoreDirectoryId;
	if (isBelow)
		return location.trail
			.slice(depth)
			.map(({name}) => name)
			.join('/');
	return pathSeenFrom(here, location);
}

function directoryRow({location, entry}: Target): Row {
	if (entry) return entry;
	const {dataStoreDirectoryId} = directoryOf(location);
	return {objectType: 'DIRECTORY', dataStoreDirectoryId, name: location.store.name};
}

let watched = 0;

async function* listWatched(context: Context, location: Location, flags: Flags): AsyncGenerator<Output> {
	const {exchange, redraws, now} = context;
	if (!redraws) {
		const entries = shownEntries(await listLocation(context, location), flags);
		yield recordsOf(entries, 'name', flags);
		return;
	}
	const key = `ls ${++watched}`;
	const show = function* (listing: Listing): Generator<Output> {
		const entries = shownEntries(listing, flags);
		yield {...recordsOf(withItems(entries, context, flags), 'name', flags), key};
		const age = now() - listing.fetchedAt;
		const ago = age < 1000 ? '' : ` · listed ${readableAge(age)} ago`;
		yield {kind: 'note', text: countsOf(entries) + ago, key: `${key} note`};
	};
	const cached = exchange.cachedListing(directoryOf(location).dataStoreDirectoryId);
	if (cached) yield* show(cached);
	if (cached && now() - cached.fetchedAt < fresh) return;
	yield* show(await listLocation(context, location));
}

async function* listTree(
	context: Context,
	location: Location,
	path: string,
	flags: Flags,
	apart: boolean,
): AsyncGenerator<Output> {
	let first = !apart;
	const accept = (entry: Entry) => isShown(entry, flags);
	const visits = walk(context, location, {order: orderOf(flags), reverse: flags.reverse, accept});
	for await (const {names, entries, error} of visits) {
		const below = names.length === 0 ? path : pathBelow(path, names);
		if (error) yield failure(below, error);
		else yield titled(context, entries, flags, {path: below, apart: !first});
		first = false;
	}
}
