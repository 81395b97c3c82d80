import {type Context, defineCommand, type Row} from '../../shell/command.ts';
import {ShellError} from '../../shell/errors.ts';
import {listLocation} from '../../shell/lookup.ts';
import {counted} from '../../shell/readable.ts';
import {enter, type Target} from '../../shell/resolve.ts';
import {about} from '../shared/about.ts';
import {createAttempts, report, silent} from '../shared/batch.ts';
import {directoryId, holds, pathIn, resolveAll} from '../shared/targets.ts';

export const rmdir = defineCommand({
	name: 'rmdir',
	group: 'Files',
	summary: 'Delete empty directories',
	args: {
		paths: {kind: 'path', many: true, help: 'Directories with nothing in them'},
	},
	examples: ['rmdir archive'],
	async *run(context, {paths}) {
		const {targets, failures: unresolved} = await resolveAll(context, paths);
		const {failures, attempt} = createAttempts(context);
		const done: Row[] = [];
		for (const target of targets) {
			context.signal.throwIfAborted();
			await attempt(async () => done.push(await removeEmpty(context, target)));
		}
		yield silent(done);
		yield* report([...unresolved, ...failures], done.length);
	},
});

async function removeEmpty(context: Context, {entry, location, path}: Target): Promise<Row> {
	if (!entry) throw new ShellError('failed', `${path}: the root of a data store is never deleted`);
	if (entry.objectType === 'FILE') {
		throw new ShellError('not-a-directory', `${path}: a file, not a directory`, {hint: '`rm` deletes it'});
	}
	if (holds(entry, context.session.location)) {
		throw new ShellError('failed', `${path}: you are in it`, {hint: '`cd` out of it first'});
	}
	const {entries} = await listLocation(context, enter(location, entry), {maxAge: 0});
	if (entries.length > 0) {
		throw new ShellError('not-empty', `${path}: not empty, it holds ${counted(entries.length, 'item')}`, {
			hint: '`rm -r` deletes it with everything in it',
		});
	}
	const {dataStoreDirectoryId} = entry;
	const {exchange, signal} = context;
	await about(path, exchange.deleteDirectory({dataStoreDirectoryId, from: directoryId(location)}, {signal}));
	return {path: pathIn(location, entry.name), ...entry};
}
