import type {Context} from '../../shell/command.ts';
import {ShellError} from '../../shell/errors.ts';
import type {Entry, FileEntry} from '../../shell/ports.ts';
import {entryResolver, type Target} from '../../shell/resolve.ts';
import {directoryOf, type Location, pathOf} from '../../shell/session.ts';
import {breather} from '../../shell/slices.ts';
import {createAttempts} from './batch.ts';

/** What the paths name, in their order; a path that names nothing is a failure, not the end. */
export async function resolveAll(
	context: Context,
	paths: readonly string[],
): Promise<{readonly targets: readonly Target[]; readonly failures: readonly ShellError[]}> {
	const targets: Target[] = [];
	const {failures, attempt} = createAttempts(context);
	const breathe = breather(context.signal);
	const resolve = entryResolver(context);
	for (const path of paths) {
		await breathe();
		await attempt(async () => targets.push(await resolve(path)));
	}
	return {targets, failures};
}

/** The file that a target is. Throws `is-a-directory`. */
export function fileOf({entry, path}: Target, hint?: string): FileEntry {
	if (entry?.objectType === 'FILE') return entry;
	throw new ShellError('is-a-directory', `${path}: a directory`, hint === undefined ? {} : {hint});
}

/** `/a/b/name` for something called `name` in a location. */
export function pathIn(location: Location, name: string): string {
	const path = pathOf(location);
	return path === '/' ? `/${name}` : `${path}/${name}`;
}

/** The id of the directory a location stands for. */
export function directoryId(location: Location): string {
	return directoryOf(location).dataStoreDirectoryId;
}

/** Whether `entry` is the location's directory or one above it. */
export function holds(entry: Entry, location: Location | undefined): boolean {
	return (
		entry.objectType === 'DIRECTORY' &&
		location !== undefined &&
		location.trail.some(step => step.dataStoreDirectoryId === entry.dataStoreDirectoryId)
	);
}
