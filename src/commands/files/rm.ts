import {type Context, defineCommand, type Output, type Row} from '../../shell/command.ts';
import {ShellError} from '../../shell/errors.ts';
import {entryId, entryName} from '../../shell/paths.ts';
import type {Entry} from '../../shell/ports.ts';
import {counted, readableBytes, readableCount} from '../../shell/readable.ts';
import {enter, type Target} from '../../shell/resolve.ts';
import {about} from '../shared/about.ts';
import {createAttempts, type Results, report, runBatch, silent} from '../shared/batch.ts';
import {readTree, totalBytes} from '../shared/read-tree.ts';
import {directoryId, holds, pathIn, resolveAll} from '../shared/targets.ts';

/** Deletions between two words about how far it is. */
const stride = 200;

/** Something to delete, with what is in it. */
type Doomed = {
	readonly target: Target;
	readonly entry: Entry;
	readonly path: string;
	readonly files: number;
	/** Directories, itself included. */
	readonly directories: number;
	readonly bytes: number | null;
};

export const rm = defineCommand({
	name: 'rm',
	group: 'Files',
	summary: 'Delete files and directories',
	description:
		'Says how much it is and asks first. There is no way back. The root of a data store always stays.',
	args: {
		paths: {kind: 'path', many: true, help: 'What to delete'},
		force: {kind: 'flag', short: 'f', help: 'Do not ask, and pass over what is not there'},
		recursive: {kind: 'flag', short: 'r', help: 'Directories with everything in them'},
		dryRun: {kind: 'flag', short: 'n', help: 'Only show what would be deleted'},
	},
	examples: ['rm old.csv', 'rm -r cases', 'rm -n *.tmp', 'rm id:dataStoreFileId.7c1e'],
	async *run(context, {paths, force, recursive, dryRun}) {
		const {targets, failures: unresolved} = await resolveAll(context, paths);
		const {failures, attempt} = createAttempts(context);
		failures.push(...unresolved.filter(({code}) => !force || code !== 'not-found'));
		const doomed = new Map<string, Doomed>();
		for (const target of targets) {
			await attempt(async () => {
				const found = await inspect(context, target, recursive);
				doomed.set(entryId(found.entry), found);
			});
		}
		const all = [...doomed.values()];
		if (dryRun) {
			yield* preview(all);
			yield* report(failures, all.length);
			return;
		}
		// Said before the question: whoever answers has to know what it leaves out.
		yield* report(failures, 0);
		if (all.length === 0) return;
		if (!force && !(await context.confirm(question(all)))) {
			yield {kind: 'note', text: 'nothing deleted'};
			return;
		}
		const results = yield* remove(context, all);
		yield silent(results.done);
		yield* report(results.failures, results.done.length, results.left);
	},
});

async function inspect(context: Context, target: Target, recursive: boolean): Promise<Doomed> {
	const {entry, location, path: typed} = target;
	if (!entry) throw new ShellError('failed', `${typed}: the root of a data store is never deleted`);
	const path = pathIn(location, entryName(entry));
	if (entry.objectType === 'FILE') {
		return {target, entry, path, files: 1, directories: 0, bytes: entry.storageSizeBytes};
	}
	if (!recursive) {
		throw new ShellError('is-a-directory', `${typed}: a directory`, {
			hint: '-r deletes it with everything in it',
		});
	}
	if (holds(entry, context.session.location)) {
		throw new ShellError('failed', `${typed}: you are in it`, {hint: '`cd` out of it first'});
	}
	const {directories, files, failures} = await readTree(context, enter(location, entry));
	if (failures[0]) throw new ShellError(failures[0].code, `${typed}: ${failures[0].message}`);
	const bytes = totalBytes(files.map(({file}) => file));
	return {target, entry, path, files: files.length, directories: directories.length, bytes};
}

function question(all: readonly Doomed[]): string {
	const files = all.reduce((sum, item) => sum + item.files, 0);
	const directories = all.reduce((sum, item) => sum + item.directories, 0);
	const bytes = all.reduce<number | null>(
		(sum, item) => (sum === null || item.bytes === null ? null : sum + item.bytes),
		0,
	);
	const size = bytes === null ? '' : ` (${readableBytes(bytes)})`;
	const [only] = all;
	const dirs = counted(directories, 'directory', 'directories');
	if (all.length === 1 && directories === 0) return `Remove ${only!.path}${size}?`;
	if (all.length === 1 && directories === 1 && files === 0)
		return `Remove ${only!.path}, an empty directory?`;
	if (all.length === 1) return `Remove ${only!.path}, ${dirs} with ${counted(files, 'file')}${size}?`;
	return directories === 0
		? `Remove ${counted(files, 'file')}${size}?`
		: `Remove ${dirs} and ${counted(files, 'file')}${size}?`;
}

function* preview(all: readonly Doomed[]): Generator<Output> {
	yield {
		kind: 'records',
		records: all.map(({entry, path, files, directories, bytes}) => ({
			...entry,
			path,
			files,
			directories,
			bytes,
		})),
		columns: [
			{field: 'path', as: 'name'},
			{field: 'files', as: 'count'},
			{field: 'bytes', as: 'bytes'},
		],
		layout: 'table',
		headers: true,
	};
	if (all.length > 0)
		yield {kind: 'note', text: `${question(all).slice(0, -1).replace('Remove', 'would remove')}`};
}

async function* remove(context: Context, all: readonly Doomed[]): AsyncGenerator<Output, Results> {
	const done: Row[] = [];
	const failures: ShellError[] = [];
	for (let at = 0; at < all.length; at += stride) {
		const results = await runBatch(context, all.slice(at, at + stride), item =>
			about(item.path, removeOne(context, item)),
		);
		done.push(...results.done);
		failures.push(...results.failures);
		if (results.left > 0) break;
		if (context.redraws && all.length > stride) {
			const text = `${readableCount(done.length)} of ${readableCount(all.length)} deleted`;
			yield {kind: 'note', key: 'rm', text};
		}
	}
	return {done, failures, left: all.length - done.length - failures.length};
}

async function removeOne({exchange, signal}: Context, {target, entry, path}: Doomed): Promise<Row> {
	const from = directoryId(target.location);
	if (entry.objectType === 'FILE') {
		await exchange.deleteFile({dataStoreFileId: entry.dataStoreFileId, from}, {signal});
	} else {
		await exchange.deleteDirectory({dataStoreDirectoryId: entry.dataStoreDirectoryId, from}, {signal});
	}
	return {path, ...entry};
}
