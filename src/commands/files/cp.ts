import {defineCommand} from '../../shell/command.ts';
import {ShellError} from '../../shell/errors.ts';
import {counted} from '../../shell/readable.ts';
import {report, silent} from '../shared/batch.ts';
import {copy, planCopies} from '../shared/copies.ts';
import {createNames, resolveDestination} from '../shared/destination.ts';
import {totalBytes} from '../shared/read-tree.ts';
import {resolveAll} from '../shared/targets.ts';
import {runTransfer} from '../shared/transfer.ts';

export const cp = defineCommand({
	name: 'cp',
	group: 'Files',
	summary: 'Copy files, also between data stores',
	description: [
		'The last word is a directory, or the new name of one file. The Exchange cannot copy by itself: the',
		'bytes come to this machine and go back. A file of the same name is replaced only with -f, and deleted',
		'only when the new one is confirmed.',
	].join(' '),
	args: {
		paths: {kind: 'path', many: true, help: 'What to copy, and at the end where to'},
		force: {kind: 'flag', short: 'f', help: 'Replace files of the same name'},
		recursive: {kind: 'flag', short: 'r', help: 'Directories with everything in them'},
	},
	examples: ['cp readme.txt notes.txt', 'cp weather/*.csv /archive/', "cp -r cases 'Other store:/'"],
	async *run(context, {paths, force, recursive}) {
		const last = paths.at(-1);
		if (paths.length < 2 || last === undefined) {
			throw new ShellError('usage', 'what to copy and where to is needed', {hint: 'try `cp --help`'});
		}
		const unresolved = await resolveAll(context, paths.slice(0, -1));
		const destination = await resolveDestination(context, last, paths.length - 1);
		const plan = await planCopies(context, unresolved.targets, destination, createNames(context), {
			recursive,
			replace: force,
		});
		const {files} = plan;
		const line = {
			key: 'cp',
			label: `cp ${files.length === 1 ? files[0]!.path : counted(files.length, 'file')}`,
			total: totalBytes(files.map(({file}) => file)),
		};
		const {done, failures, left} = yield* runTransfer(context, line, files, (item, moved) =>
			copy(context, item, moved),
		);
		yield silent(done);
		if (done.length > 0) {
			yield {kind: 'note', text: `${counted(done.length, 'file')} copied through this machine`};
		}
		yield* report([...unresolved.failures, ...plan.failures, ...failures], done.length, left);
	},
});
