import type {Context, Row} from '../../shell/command.ts';
import {ShellError} from '../../shell/errors.ts';
import {entryName} from '../../shell/paths.ts';
import type {FileEntry} from '../../shell/ports.ts';
import {enter, type Target} from '../../shell/resolve.ts';
import type {Location} from '../../shell/session.ts';
import {createAttempts} from './batch.ts';
import {checkLocalName, type LocalPlace} from './local-place.ts';
import {readTree} from './read-tree.ts';
import {fileOf, pathIn} from './targets.ts';
import {type Report, transferring} from './transfer.ts';

/** One file and the local path it goes to. */
export type Download = {readonly file: FileEntry; readonly path: string; readonly localPath: string};

export type Downloads = {
	readonly files: readonly Download[];
	/** Local directories to make, each before those in it. */
	readonly directories: readonly string[];
	readonly failures: readonly ShellError[];
};

/** Bytes from which on a connection of its own pays. */
const bigFile = 32 * 1024 * 1024;

/** What has to be downloaded to where; directories only when `recursive`. */
export async function planDownloads(
	context: Context,
	targets: readonly Target[],
	place: LocalPlace,
	recursive: boolean,
): Promise<Downloads> {
	const files = new Map<string, Download>();
	const directories: string[] = [];
	const {failures, attempt} = createAttempts(context);
	const add = (file: FileEntry, path: string, localPath: string) => {
		if (files.has(localPath)) {
			throw new ShellError('exists', `${path}: another file of this get has that name`, {
				hint: `get it alone: get id:${file.dataStoreFileId} -o NAME`,
			});
		}
		files.set(localPath, {file, path, localPath});
	};
	/** Where names lead to beneath a local directory; none of the Exchange's can lead out of it. */
	const beneath = (top: string, names: readonly string[], path: string) =>
		names.reduce((parent, name) => context.local.join(parent, checkLocalName(context, name, path)), top);

	const addTree = async ({entry, location, path: typed}: Target) => {
		const source = entry?.objectType === 'DIRECTORY' ? enter(location, entry) : location;
		const name = entry ? entryName(entry) : location.store.name;
		const above = place.directory ? [name] : [];
		beneath(place.path, above, typed);
		const tree = await readTree(context, source);
		failures.push(...tree.failures);
		const localPaths = new Map<Location, string>();
		for (const {location: at, names} of tree.directories) {
			await attempt(() => {
				const localPath = beneath(place.path, [...above, ...names], pathIn(at, ''));
				directories.push(localPath);
				localPaths.set(at, localPath);
			});
		}
		for (const {file, location: at, names} of tree.files) {
			const path = pathIn(at, names.at(-1)!);
			const parent = localPaths.get(at);
			await attempt(() =>
				parent === undefined
					? add(file, path, beneath(place.path, [...above, ...names], path))
					: add(file, path, beneath(parent, names.slice(-1), path)),
			);
		}
	};

	for (const target of targets) {
		await attempt(async () => {
			if (recursive && target.entry?.objectType !== 'FILE') {
				await addTree(target);
				return;
			}
			const file = fileOf(target, '-r gets it with everything in it');
			const name = entryName(file);
			const path = pathIn(target.location, name);
			add(file, path, place.directory ? beneath(place.path, [name], path) : place.path);
		});
	}
	return {files: [...files.values()], directories, failures};
}

/** Downloads one file; the record says how many bytes. Nothing is asked of the Exchange when it cannot be written. */
export async function download(
	context: Context,
	{file, path, localPath}: Download,
	replace: boolean,
	report: Report,
): Promise<Row> {
	const {exchange, local} = context;
	const {dataStoreFileId} = file;
	const old = await local.stat(localPath);
	if (old?.kind === 'directory') {
		throw new ShellError('is-a-directory', `${localPath}: a local directory bears that name`);
	}
	if (old?.kind === 'file' && !replace) {
		throw new ShellError('exists', `${localPath}: exists already`, {hint: '-f replaces it'});
	}
	let storageSizeBytes = 0;
	await transferring(context, path, async signal => {
		// `write` is done with each chunk before it asks for the next.
		const lent = (file.storageSizeBytes ?? bigFile) >= bigFile;
		const {size, body} = await exchange.download({dataStoreFileId, lent}, {signal});
		const onProgress = (bytes: number) => {
			storageSizeBytes = bytes;
			report(bytes);
		};
		await local.write(localPath, body, {
			replace,
			size: size ?? file.storageSizeBytes,
			signal,
			onProgress,
		});
	});
	return {path, localPath, storageSizeBytes, dataStoreFileId};
}
