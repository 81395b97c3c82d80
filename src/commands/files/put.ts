import {type Context, defineCommand, type Output} from '../../shell/command.ts';
import {ShellError} from '../../shell/errors.ts';
import {isPathName} from '../../shell/paths.ts';
import {counted} from '../../shell/readable.ts';
import {currentLocation, resolveDirectory, resolveNew} from '../../shell/resolve.ts';
import {type Results, report, silent} from '../shared/batch.ts';
import {createNames, type Destination, replacedFile, resolveDestination} from '../shared/destination.ts';
import {send} from '../shared/send.ts';
import {pathIn} from '../shared/targets.ts';
import {runTransfer} from '../shared/transfer.ts';
import {planUploads, upload} from '../shared/uploads.ts';

type Choices = {readonly to: string | undefined; readonly output: string | undefined};

export const put = defineCommand({
	name: 'put',
	group: 'Files',
	summary: 'Upload local files',
	description: [
		'Of several words the last is the directory or new name on the Exchange, unless it names a local file;',
		'. and .. are always on the Exchange, and so is what -d and -o name. Without one, files go to the current',
		'directory. - is what is piped into the program, and needs a name. A file of the same name is replaced',
		'only with -f, and deleted only when the new one is confirmed.',
	].join(' '),
	args: {
		locals: {kind: 'local', many: true, help: 'Local files, and at the end where to; - is piped input'},
		to: {kind: 'directory', option: true, optional: true, short: 'd', help: 'Directory on the Exchange'},
		output: {kind: 'text', option: true, optional: true, short: 'o', help: 'Name on the Exchange'},
		description: {kind: 'text', option: true, optional: true, short: 'm', help: 'Description of the files'},
		force: {kind: 'flag', short: 'f', help: 'Replace files of the same name'},
		recursive: {kind: 'flag', short: 'r', help: 'Local directories with everything in them'},
	},
	examples: [
		'put result.csv',
		'put *.csv /weather/',
		'put result.csv -o result-2.csv -m "second run"',
		'put -r cases -d /archive',
		'put - -o notes.txt',
	],
	async *run(context, {locals, to, output, description, force, recursive}) {
		const {sources, destination} = await splitRemote(context, locals, {to, output});
		if (sources.includes('-')) {
			yield* putInput(context, sources, destination, {description, force});
			return;
		}
		const names = createNames(context);
		const {files, failures} = await planUploads(context, sources, destination, names, {
			recursive,
			replace: force,
		});
		const [only] = files;
		const label = files.length === 1 ? pathIn(only!.location, only!.name) : counted(files.length, 'file');
		const total = files.reduce((sum, {size}) => sum + size, 0);
		const results = yield* runTransfer(
			context,
			{key: 'put', label: `put ${label}`, total},
			files,
			(file, moved) => upload(context, file, description, moved),
		);
		yield* conclude(results, failures);
	},
});

function* conclude({done, failures, left}: Results, before: readonly ShellError[]): Generator<Output> {
	yield silent(done);
	if (done.length === 1) yield {kind: 'note', text: `${done[0]!.localPath ?? '-'} → ${done[0]!.path}`};
	yield* report([...before, ...failures], done.length, left);
}

/** Divides the words of `put`: local files, and where to. */
async function splitRemote(
	context: Context,
	words: readonly string[],
	{to, output}: Choices,
): Promise<{readonly sources: readonly string[]; readonly destination: Destination}> {
	if (output !== undefined) return {sources: words, destination: await named(context, words, output, to)};
	if (to !== undefined) {
		return {sources: words, destination: {location: await resolveDirectory(context, to), name: undefined}};
	}
	const last = words.at(-1);
	if (words.length < 2 || last === undefined || (await isLocal(context, last))) {
		return {sources: words, destination: {location: currentLocation(context), name: undefined}};
	}
	const sources = words.slice(0, -1);
	const destination = await resolveDestination(context, last, sources.length);
	return {sources, destination};
}

async function isLocal({local, session}: Context, word: string): Promise<boolean> {
	if (/^\.\.?\/*$/.test(word)) return false;
	return word === '-' || (await local.stat(local.resolve(session.localDirectory, word))) !== undefined;
}

async function named(
	context: Context,
	sources: readonly string[],
	output: string,
	to: string | undefined,
): Promise<Destination> {
	if (sources.length > 1) throw new ShellError('usage', `-o ${output}: one name for ${sources.length} files`);
	if (to === undefined) return resolveNew(context, output);
	if (!isPathName(output)) throw new ShellError('usage', `-o ${output}: with -d it is a name without /`);
	return {location: await resolveDirectory(context, to), name: output};
}

/** Piped input: its length has to be known before the first byte is sent, so all of it is taken in first. */
async function* putInput(
	context: Context,
	sources: readonly string[],
	{location, name}: Destination,
	{description, force}: {readonly description: string | undefined; readonly force: boolean},
): AsyncGenerator<Output> {
	if (sources.length > 1) throw new ShellError('usage', '-: piped input goes alone');
	if (name === undefined) throw new ShellError('usage', '-: piped input needs a name', {hint: '-o NAME'});
	if (!context.input) throw new ShellError('usage', '-: nothing is piped in');
	const existing = await createNames(context).claim(location, name);
	const replaced = replacedFile(existing, pathIn(location, name), force);
	const {size, body, remove} = await context.local.spool(context.input, {signal: context.signal});
	try {
		const line = {key: 'put', label: `put ${pathIn(location, name)}`, total: size};
		const parcel = {location, name, size, body, description, replaced};
		yield* conclude(
			yield* runTransfer(context, line, [parcel], (item, moved) => send(context, item, moved)),
			[],
		);
	} finally {
		await remove();
	}
}
