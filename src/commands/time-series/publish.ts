import {type Args, type Context, defineCommand} from '../../shell/command.ts';
import {ShellError} from '../../shell/errors.ts';
import {counted} from '../../shell/readable.ts';
import type {EpochUnit} from '../shared/publish/cell-times.ts';
import {assignment} from '../shared/publish/point.ts';
import {publishFile} from '../shared/publish/publish-file.ts';
import {publishPoint} from '../shared/publish/publish-point.ts';
import {lastVersion} from '../shared/publish/publish-records.ts';
import {givenTypes, targetOf} from '../shared/publish/target.ts';

const args = {
	asset: {kind: 'asset', help: 'Name or id of the asset'},
	data: {
		kind: 'local',
		many: true,
		assigns: true,
		help: 'A CSV or JSON file, - for piped input, or NAME=VALUE…',
	},
	time: {kind: 'text', option: true, optional: true, help: 'The time column; with NAME=VALUE the time'},
	unit: {
		kind: 'text',
		option: true,
		optional: true,
		choices: ['s', 'ms', 'us', 'ns'],
		help: 'Of times that are numbers',
	},
	type: {kind: 'text', many: true, option: true, optional: true, help: 'NAME=TYPE of a column; repeatable'},
	new: {kind: 'flag', help: 'Make the asset where there is none of that id'},
	name: {kind: 'text', option: true, optional: true, help: 'What a new asset is called'},
	measure: {kind: 'text', option: true, optional: true, help: 'Measure name of the records (samples)'},
	single: {kind: 'flag', help: 'A record for each value instead of one for each row'},
	replace: {kind: 'flag', help: 'Replace what is there for the same times'},
	version: {kind: 'count', option: true, optional: true, help: 'Version of the records (1)'},
	dryRun: {kind: 'flag', short: 'n', help: 'Only check the file and show what would be sent'},
	force: {kind: 'flag', short: 'f', help: 'Do not ask'},
} as const;

export type PublishArgs = Args<typeof args>;

/** Sends samples to an asset of the selected database: those of a file, or some of one moment. */
export const publish = defineCommand({
	name: 'publish',
	group: 'Time series',
	summary: 'Send samples of a file, or one moment, to an asset',
	description: [
		'The first line or the keys of a file name its columns: one is the time, each other an attribute. The',
		'whole file is checked before the first sample is sent. Sending the same again changes nothing; other',
		'values for times that are there are rejected, unless --replace. Rejected rows go to FILE.rejected.csv.',
		'What `data --json` and `export --format json` wrote of one asset is a file, too.',
	].join(' '),
	args,
	examples: [
		"publish 'Feeder 1' load.csv",
		"publish -n 'Feeder 1' meter.csv --time ts --unit ms",
		"publish 'Feeder 1' kW=412.5 kVAR=88",
		"publish 'Feeder 1' kW=412.5 --time 2026-01-01T14:30Z",
		"publish --new feeder-9 --name 'Feeder 9' load.csv",
	],
	async *run(context, given) {
		const {asset, data, type, new: isNew, name} = given;
		if (asset === '-') throw new ShellError('usage', '-: the asset comes first', {hint: 'publish ASSET -'});
		if (data.length === 0) {
			throw new ShellError('usage', 'nothing to publish', {hint: 'a file, -, or NAME=VALUE'});
		}
		const target = await targetOf(context, asset, {isNew, name});
		const options = {
			target,
			types: givenTypes(type, target),
			style: {
				measureName: given.single ? undefined : (given.measure ?? 'samples'),
				version: versionOf(context, given),
			},
			replaces: given.replace,
			time: given.time,
			unit: given.unit as EpochUnit | undefined,
			dryRun: given.dryRun,
		};
		if (await isPoint(context, data)) yield* publishPoint(context, data, options);
		else yield* publishFile(context, data, {...options, force: given.force});
	},
});

/** Words are values of one moment unless the only one names a file. */
async function isPoint({local, session}: Context, words: readonly string[]): Promise<boolean> {
	const odd = words.find(word => !assignment.test(word));
	if (odd === undefined) {
		const [only] = words;
		if (words.length > 1 || only === undefined) return true;
		return (await local.stat(local.resolve(session.localDirectory, only)))?.kind !== 'file';
	}
	if (words.length === 1) return false;
	throw new ShellError('usage', `${odd}: one of ${counted(words.length, 'word')}`, {
		hint: 'either one file or NAME=VALUE…',
	});
}

/** A rerun of the same file bears the same version, so that it changes nothing. */
function versionOf({now}: Context, {version, replace}: PublishArgs): number {
	if (version === undefined) return replace ? Math.floor(now() / 1000) : 1;
	if (replace) throw new ShellError('usage', '--version and --replace: two versions', {hint: 'one of them'});
	if (version < 1 || version > lastVersion) {
		throw new ShellError('usage', `--version ${version}: not a version`, {hint: `1 to ${lastVersion}`});
	}
	return version;
}
