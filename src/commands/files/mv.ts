import {type Context, defineCommand, type Output, type Row} from '../../shell/command.ts';
import {ShellError} from '../../shell/errors.ts';
import {entryName, splitFileName} from '../../shell/paths.ts';
import type {Entry, FileEntry} from '../../shell/ports.ts';
import type {Target} from '../../shell/resolve.ts';
import type {Location} from '../../shell/session.ts';
import {about} from '../shared/about.ts';
import {createAttempts, report, runBatch, silent} from '../shared/batch.ts';
import {copy, planCopies} from '../shared/copies.ts';
import {createNames, type Names, replacedFile, resolveDestination} from '../shared/destination.ts';
import {totalBytes} from '../shared/read-tree.ts';
import {removeReplaced} from '../shared/send.ts';
import {directoryId, holds, pathIn, resolveAll} from '../shared/targets.ts';
import {runTransfer} from '../shared/transfer.ts';

/** Something to move, and where to. */
type Move = {
	readonly target: Target;
	readonly entry: Entry;
	readonly location: Location;
	readonly name: string;
	readonly replaced?: FileEntry | undefined;
};

export const mv = defineCommand({
	name: 'mv',
	group: 'Files',
	summary: 'Rename or move files and directories',
	description: [
		'The last word is a directory, or the new name of one thing. The Exchange itself cannot change what comes',
		'after the first dot of a file name, nor move between data stores: such files are copied through this',
		'machine, and deleted once the copy is confirmed. A file of the same name is replaced only with -f.',
	].join(' '),
	args: {
		paths: {kind: 'path', many: true, help: 'What to move, and at the end where to'},
		force: {kind: 'flag', short: 'f', help: 'Replace files of the same name'},
	},
	examples: ['mv draft.csv result.csv', 'mv *.csv /archive/', "mv cases 'Other store:/'"],
	async *run(context, {paths, force}) {
		const last = paths.at(-1);
		if (paths.length < 2 || last === undefined) {
			throw new ShellError('usage', 'what to move and where to is needed', {hint: 'try `mv --help`'});
		}
		const unresolved = await resolveAll(context, paths.slice(0, -1));
		const destination = await resolveDestination(context, last, paths.length - 1);
		const names = createNames(context);
		const renames: Move[] = [];
		const copies: Move[] = [];
		const {failures, attempt} = createAttempts(context);
		for (const target of unresolved.targets) {
			await attempt(async () => {
				const entry = movable(context, target, destination.location);
				const name = destination.name ?? entryName(entry);
				const move = {target, entry, location: destination.location, name};
				if (isRename(move)) renames.push(await claim(move, names, force));
				else copies.push(move);
			});
		}
		const renamed = await runBatch(context, renames, move => about(move.target.path, rename(context, move)));
		const done: Row[] = [...renamed.done];
		failures.push(...renamed.failures);
		for (const move of copies) {
			context.signal.throwIfAborted();
			const results = yield* moveByCopy(context, move, names, force);
			done.push(...results.done);
			failures.push(...results.failures);
		}
		yield silent(done);
		yield* report([...unresolved.failures, ...failures], done.length, renamed.left);
	},
});

function movable(context: Context, {entry, path}: Target, to: Location): Entry {
	if (!entry) throw new ShellError('failed', `${path}: the root of a data store cannot be moved`);
	if (holds(entry, to)) throw new ShellError('failed', `${path}: a directory cannot be moved into itself`);
	if (holds(entry, context.session.location)) {
		throw new ShellError('failed', `${path}: you are in it`, {hint: '`cd` out of it first'});
	}
	return entry;
}

/** Whether the Exchange can do it: in one data store, and a file keeps what follows its first dot. */
function isRename({target, entry, location, name}: Move): boolean {
	if (target.location.store.dataStoreId !== location.store.dataStoreId) return false;
	if (entry.objectType === 'DIRECTORY' || name === entryName(entry)) return true;
	return splitFileName(name).fileExtension === (entry.fileExtension ?? '');
}

async function claim(move: Move, names: Names, replace: boolean): Promise<Move> {
	const {target, entry, location, name} = move;
	if (directoryId(target.location) === directoryId(location) && name === entryName(entry)) {
		throw new ShellError('exists', `${target.path}: is there already, under that name`);
	}
	const existing = await names.claim(location, name);
	const replaced = replacedFile(existing, pathIn(location, name), replace && entry.objectType === 'FILE');
	return {...move, replaced};
}

async function rename(context: Context, {target, entry, location, name, replaced}: Move): Promise<Row> {
	const {exchange, signal} = context;
	const from = directoryId(target.location);
	const to = directoryId(location);
	const path = pathIn(location, name);
	const isNew = name !== entryName(entry);
	const change = {from, ...(to !== from && {to})};
	if (entry.objectType === 'DIRECTORY') {
		const {dataStoreDirectoryId} = entry;
		const moved = {dataStoreDirectoryId, ...change, ...(isNew && {name})};
		return {from: target.path, path, ...(await exchange.updateDirectory(moved, {signal}))};
	}
	const {dataStoreFileId} = entry;
	const moved = {dataStoreFileId, ...change, ...(isNew && {name: splitFileName(name).name})};
	const file = await exchange.updateFile(moved, {signal});
	// In this order a failure leaves two files, never none.
	if (replaced) await removeReplaced(context, replaced, location, path);
	return {from: target.path, path, ...file};
}

async function* moveByCopy(
	context: Context,
	{target, entry, location, name}: Move,
	names: Names,
	replace: boolean,
): AsyncGenerator<Output, {readonly done: readonly Row[]; readonly failures: readonly ShellError[]}> {
	const plan = await planCopies(context, [target], {location, name}, names, {recursive: true, replace});
	const {files} = plan;
	const line = {key: 'mv', label: `mv ${target.path}`, total: totalBytes(files.map(({file}) => file))};
	const results = yield* runTransfer(context, line, files, (item, moved) => copy(context, item, moved));
	const failures = [...plan.failures, ...results.failures];
	if (failures.length > 0 || results.done.length < files.length) {
		return {done: [], failures};
	}
	const from = directoryId(target.location);
	if (entry.objectType === 'FILE') {
		await about(target.path, context.exchange.deleteFile({dataStoreFileId: entry.dataStoreFileId, from}));
	} else {
		const {dataStoreDirectoryId} = entry;
		await about(
			target.path,
			context.exchange.deleteDirectory({dataStoreDirectoryId, from}, {signal: context.signal}),
		);
	}
	const text = `${target.path} → ${pathIn(location, name)}: copied through this machine, the original deleted`;
	yield {kind: 'note', text};
	const path = pathIn(location, name);
	const done =
		entry.objectType === 'FILE' ? results.done : [{from: target.path, path, objectType: 'DIRECTORY'}];
	return {done, failures};
}
