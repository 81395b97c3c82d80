import type {Context} from '../../shell/command.ts';
import type {ShellError} from '../../shell/errors.ts';
import {fileName} from '../../shell/paths.ts';
import type {Exchange, FileEntry} from '../../shell/ports.ts';
import type {Location} from '../../shell/session.ts';
import {walk} from '../../shell/walk.ts';

/** A file somewhere in a tree; `names` lead to it from the tree's top, its own name last. */
export type TreeFile = {
	readonly file: FileEntry;
	readonly location: Location;
	readonly names: readonly string[];
};

/** A directory in a tree; the top has no names. */
export type TreeDirectory = {readonly location: Location; readonly names: readonly string[]};

export type Tree = {
	/** Each before those in it. */
	readonly directories: readonly TreeDirectory[];
	readonly files: readonly TreeFile[];
	/** Directories that cannot be read. */
	readonly failures: readonly ShellError[];
};

/** Everything in a directory, asked for afresh: what is copied or deleted should be what is there. */
export async function readTree(context: Context, top: Location): Promise<Tree> {
	const directories: TreeDirectory[] = [];
	const files: TreeFile[] = [];
	const failures: ShellError[] = [];
	const listDirectory: Exchange['listDirectory'] = (id, read) =>
		context.exchange.listDirectory(id, {...read, maxAge: 0});
	const where = {...context, exchange: {...context.exchange, listDirectory}};
	for await (const {location, names, entries, error} of walk(where, top)) {
		if (error) failures.push(error);
		else directories.push({location, names});
		for (const entry of entries) {
			if (entry.objectType !== 'FILE') continue;
			files.push({file: entry, location, names: [...names, fileName(entry)]});
		}
	}
	return {directories, files, failures};
}

/** Bytes of all files; null when the Exchange does not know one of them. */
export function totalBytes(files: readonly FileEntry[]): number | null {
	let total = 0;
	for (const {storageSizeBytes} of files) {
		if (storageSizeBytes === null) return null;
		total += storageSizeBytes;
	}
	return total;
}
