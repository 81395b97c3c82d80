import {type Context, defineCommand, type Row} from '../../shell/command.ts';
import {ShellError, toShellError} from '../../shell/errors.ts';
import {parsePath} from '../../shell/paths.ts';
import {resolveDirectory, resolveNew} from '../../shell/resolve.ts';
import {about} from '../shared/about.ts';
import {createAttempts, report, silent} from '../shared/batch.ts';
import {directoryId, pathIn} from '../shared/targets.ts';

export const mkdir = defineCommand({
	name: 'mkdir',
	group: 'Files',
	summary: 'Make directories',
	args: {
		paths: {kind: 'directory', many: true, help: 'Directories to make'},
		parents: {kind: 'flag', short: 'p', help: 'Those above, too; what exists is fine'},
	},
	examples: ['mkdir archive', 'mkdir -p cases/2026/summer'],
	async *run(context, {paths, parents}) {
		const made: Row[] = [];
		const {failures, attempt} = createAttempts(context);
		for (const path of paths) {
			context.signal.throwIfAborted();
			await attempt(async () => {
				if (parents) for (const step of stepsTo(path)) made.push(...(await makeMissing(context, step)));
				else made.push(await make(context, path));
			});
		}
		yield silent(made);
		yield* report(failures, made.length);
	},
});

async function make(context: Context, path: string): Promise<Row> {
	const {exchange, signal} = context;
	const {location, name, existing} = await resolveNew(context, path, {maxAge: 0});
	if (existing.length > 0) {
		const directory = existing.some(entry => entry.objectType === 'DIRECTORY');
		throw new ShellError('exists', `${path}: ${directory ? 'exists already' : 'a file bears that name'}`);
	}
	const {dataStoreId} = location.store;
	const parentDirectoryId = directoryId(location);
	const directory = await about(
		path,
		exchange.createDirectory({dataStoreId, parentDirectoryId, name}, {signal}),
	);
	return {path: pathIn(location, name), ...directory};
}

/** `a`, `a/b`, `a/b/c` of `a/b/c`. */
function stepsTo(path: string): readonly string[] {
	return [...path.matchAll(/[^/](?=\/|$)/g)].map(({index}) => path.slice(0, index + 1));
}

async function makeMissing(context: Context, path: string): Promise<readonly Row[]> {
	try {
		await resolveDirectory(context, path);
		return [];
	} catch (thrown) {
		// A missing store or id is not made.
		if (toShellError(thrown).code !== 'not-found' || parsePath(path).names.length === 0) throw thrown;
		return [await make(context, path)];
	}
}
