import type {Context, Row} from '../../shell/command.ts';
import {ShellError} from '../../shell/errors.ts';
import {entryName} from '../../shell/paths.ts';
import type {FileEntry} from '../../shell/ports.ts';
import {enter, type Target} from '../../shell/resolve.ts';
import type {Location} from '../../shell/session.ts';
import {createAttempts} from './batch.ts';
import {type Destination, type Names, replacedFile} from './destination.ts';
import {readTree} from './read-tree.ts';
import {type Parcel, send} from './send.ts';
import {fileOf, holds, pathIn} from './targets.ts';
import {type Report, transferring} from './transfer.ts';

/** One file of the Exchange and where its copy goes. */
export type Copy = {
	readonly file: FileEntry;
	/** Where it is. */
	readonly path: string;
	readonly location: Location;
	readonly name: string;
	readonly replaced: FileEntry | undefined;
};

export type Copies = {readonly files: readonly Copy[]; readonly failures: readonly ShellError[]};

/** What has to be copied to where. Directories, only when `recursive`, are made on the way. */
export async function planCopies(
	context: Context,
	targets: readonly Target[],
	destination: Destination,
	names: Names,
	{recursive, replace}: {readonly recursive: boolean; readonly replace: boolean},
): Promise<Copies> {
	const files: Copy[] = [];
	const {failures, attempt} = createAttempts(context);
	const add = async (file: FileEntry, path: string, location: Location, name: string) => {
		const existing = await names.claim(location, name);
		if (
			existing.some(entry => entry.objectType === 'FILE' && entry.dataStoreFileId === file.dataStoreFileId)
		) {
			throw new ShellError('exists', `${path}: cannot be copied onto itself`);
		}
		files.push({
			file,
			path,
			location,
			name,
			replaced: replacedFile(existing, pathIn(location, name), replace),
		});
	};
	const addTree = async ({entry, location, path}: Target, name: string) => {
		const source = entry?.objectType === 'DIRECTORY' ? enter(location, entry) : location;
		if (isWithin(source, destination.location)) {
			throw new ShellError('failed', `${path}: a directory cannot be copied into itself`);
		}
		const tree = await readTree(context, source);
		failures.push(...tree.failures);
		const top = await names.directory(destination.location, name);
		const below = async (directories: readonly string[]) => {
			let at = top;
			for (const directory of directories) at = await names.directory(at, directory);
			return at;
		};
		for (const directory of tree.directories) {
			context.signal.throwIfAborted();
			await attempt(() => below(directory.names));
		}
		for (const {file, location: from, names: steps} of tree.files) {
			const whole = steps.at(-1)!;
			await attempt(async () => add(file, pathIn(from, whole), await below(steps.slice(0, -1)), whole));
		}
	};
	for (const target of targets) {
		const {entry, location} = target;
		await attempt(async () => {
			if (recursive && entry?.objectType !== 'FILE') {
				await addTree(target, destination.name ?? entry?.name ?? location.store.name);
				return;
			}
			const file = fileOf(target, '-r copies it with everything in it');
			const name = entryName(file);
			await add(file, pathIn(location, name), destination.location, destination.name ?? name);
		});
	}
	return {files, failures};
}

function isWithin(source: Location, destination: Location): boolean {
	const {dataStoreDirectoryId, name} = source.trail.at(-1)!;
	return holds({objectType: 'DIRECTORY', dataStoreDirectoryId, name}, destination);
}

/** The Exchange copies nothing itself: the bytes come here and go back. Returns the copy's record. */
export async function copy(context: Context, item: Copy, report: Report): Promise<Row> {
	const {file, path: from, location, name, replaced} = item;
	return transferring(context, from, async signal => {
		const {description} = await context.exchange.getFile(file.dataStoreFileId, {signal});
		const {remove, ...source} = await openSource(context, file, signal);
		try {
			const parcel = {location, name, replaced, description: description ?? undefined, ...source};
			return {from, ...(await send(context, parcel, report))};
		} finally {
			await remove?.();
		}
	});
}

/** The bytes of a file and their number; where nobody knows it, they are taken in first. */
async function openSource(
	{exchange, local}: Context,
	{dataStoreFileId, storageSizeBytes}: FileEntry,
	signal: AbortSignal,
): Promise<Pick<Parcel, 'size' | 'body'> & {readonly remove?: () => Promise<void>}> {
	const open = async function* () {
		yield* (await exchange.download({dataStoreFileId}, {signal})).body;
	};
	if (storageSizeBytes !== null) return {size: storageSizeBytes, body: open};
	const {size, body} = await exchange.download({dataStoreFileId}, {signal});
	if (size === null) return local.spool(body, {signal});
	let unread: AsyncIterable<Uint8Array> | undefined = body;
	return {
		size,
		body: () => {
			const first = unread ?? open();
			unread = undefined;
			return first;
		},
	};
}
