import {defineCommand, type Output, type Row} from '../../shell/command.ts';
import {counted} from '../../shell/readable.ts';
import {createAttempts, report, silent} from '../shared/batch.ts';
import {download, planDownloads} from '../shared/downloads.ts';
import {type LocalPlace, splitLocal} from '../shared/local-place.ts';
import {totalBytes} from '../shared/read-tree.ts';
import {resolveAll} from '../shared/targets.ts';
import {runTransfer} from '../shared/transfer.ts';

export const get = defineCommand({
	name: 'get',
	group: 'Files',
	summary: 'Download files to this machine',
	description: [
		'Of several words the last is the local file or directory to write, unless it names something on the',
		'Exchange; ., .. and ~ are always local, and so is what -o names. Without one, files go to the local',
		'directory (see lpwd). A local path that ends in / is made when it is not there. Bytes go to NAME.part',
		'first, and no local file is replaced without -f.',
	].join(' '),
	args: {
		paths: {kind: 'path', many: true, help: 'What to get, and at the end where to'},
		output: {
			kind: 'local',
			option: true,
			optional: true,
			short: 'o',
			help: 'Local file or directory to write',
		},
		force: {kind: 'flag', short: 'f', help: 'Replace local files'},
		recursive: {kind: 'flag', short: 'r', help: 'Directories with everything in them'},
	},
	examples: [
		'get readme.txt',
		'get weather/*.csv ~/data/',
		"get 'feeder map (rev 2).pdf' -o map.pdf",
		'get -r cases',
	],
	async *run(context, {paths, output, force, recursive}) {
		const {sources, place} = await splitLocal(context, paths, output);
		const {targets, failures} = await resolveAll(context, sources);
		const plan = await planDownloads(context, targets, place, recursive);
		if (place.make && targets.length > 0) await context.local.makeDirectory(place.path);
		const {failures: unmade, attempt} = createAttempts(context);
		for (const directory of plan.directories) await attempt(() => context.local.makeDirectory(directory));

		const [only] = plan.files;
		const line = {
			key: 'get',
			label: `get ${plan.files.length === 1 ? only!.path : counted(plan.files.length, 'file')}`,
			total: totalBytes(plan.files.map(({file}) => file)),
		};
		const results = yield* runTransfer(context, line, plan.files, (file, moved) =>
			download(context, file, force, moved),
		);
		yield silent(results.done);
		if (results.done.length > 0) yield whereTo(results.done, place);
		yield* report(
			[...failures, ...plan.failures, ...unmade, ...results.failures],
			results.done.length,
			results.left,
		);
	},
});

function whereTo(done: readonly Row[], place: LocalPlace): Output {
	const [first] = done;
	return done.length === 1
		? {kind: 'note', text: `${first!.path} → ${first!.localPath}`}
		: {kind: 'note', text: `${counted(done.length, 'file')} → ${place.path}`};
}
