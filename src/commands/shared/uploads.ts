import type {Context, Row} from '../../shell/command.ts';
import {ShellError} from '../../shell/errors.ts';
import type {FileEntry, LocalEntry} from '../../shell/ports.ts';
import type {Location} from '../../shell/session.ts';
import {createAttempts} from './batch.ts';
import {type Destination, type Names, replacedFile} from './destination.ts';
import {send} from './send.ts';
import {pathIn} from './targets.ts';
import type {Report} from './transfer.ts';

/** One local file and the name it gets. */
export type Upload = {
	readonly localPath: string;
	/** Bytes when it was planned, for the progress line. */
	readonly size: number;
	readonly location: Location;
	readonly name: string;
	readonly replaced: FileEntry | undefined;
};

export type Uploads = {readonly files: readonly Upload[]; readonly failures: readonly ShellError[]};

/**
 * What has to be uploaded to where. Directories, only when `recursive`, are made on the way; links to
 * directories inside them are left out, since they may lead round in a circle.
 */
export async function planUploads(
	context: Context,
	paths: readonly string[],
	{location, name}: Destination,
	names: Names,
	{recursive, replace}: {readonly recursive: boolean; readonly replace: boolean},
): Promise<Uploads> {
	const {local, session, signal} = context;
	const files: Upload[] = [];
	const {failures, attempt} = createAttempts(context);
	const addFile = async (localPath: string, size: number, to: Location, as: string) => {
		const existing = await names.claim(to, as);
		const replaced = replacedFile(existing, pathIn(to, as), replace);
		files.push({localPath, size, location: to, name: as, replaced});
	};
	const addDirectory = async (localPath: string, to: Location, as: string) => {
		const directory = await names.directory(to, as);
		for (const entry of await local.list(localPath)) {
			signal.throwIfAborted();
			await attempt(() => add(local.join(localPath, entry.name), entry, directory, entry.name));
		}
	};
	const add = async (localPath: string, entry: LocalEntry, to: Location, as: string) => {
		if (entry.kind !== 'directory') return addFile(localPath, entry.size, to, as);
		if (entry.link) {
			throw new ShellError('local', `${localPath}: a link to a directory is not followed`, {
				hint: 'put it by its own name',
			});
		}
		return addDirectory(localPath, to, as);
	};

	for (const path of paths) {
		await attempt(async () => {
			const localPath = local.resolve(session.localDirectory, path);
			const entry = await local.stat(localPath);
			if (!entry) throw new ShellError('not-found', `${path}: no such local file`, {hint: 'try `lls`'});
			if (entry.kind === 'directory' && !recursive) {
				throw new ShellError('is-a-directory', `${path}: a local directory`, {
					hint: '-r puts it with everything in it',
				});
			}
			const as = name ?? local.basename(localPath);
			if (entry.kind === 'directory') await addDirectory(localPath, location, as);
			else await addFile(localPath, entry.size, location, as);
		});
	}
	return {files, failures};
}

/** Uploads one file. */
export async function upload(
	context: Context,
	{localPath, location, name, replaced}: Upload,
	description: string | undefined,
	report: Report,
): Promise<Row> {
	const {size, body} = await context.local.read(localPath);
	const row = await send(context, {location, name, size, body, description, replaced}, report);
	return {...row, localPath};
}
