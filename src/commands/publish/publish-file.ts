import type {Context, Output} from '../../shell/command.ts';
import {ShellError} from '../../shell/errors.ts';
import {counted, readableCount} from '../../shell/readable.ts';
import {breather} from '../../shell/slices.ts';
import {silent} from '../shared/batch.ts';
import {timeColumn} from './cell-times.ts';
import {openSampleFile, type SampleFile} from './open-file.ts';
import {type PublishOptions, replaceHint} from './options.ts';
import {type Plan, planOf} from './plan.ts';
import {type Origins, preview, previewLine} from './preview.ts';
import {reasonColumn, writeRejected} from './rejected.ts';
import {checkSameTimes} from './same-times.ts';
import {type Rejection, sendRows} from './send.ts';
import {type Problems, survey} from './survey.ts';

type FileOptions = PublishOptions & {readonly force: boolean};

/** Checks a whole file, shows what it holds, and sends it. */
export async function* publishFile(
	context: Context,
	[word = '']: readonly string[],
	options: FileOptions,
): AsyncGenerator<Output> {
	const file = await openSampleFile(context, word);
	try {
		const {plan, origins} = await checked(context, file, options);
		const {target, dryRun, force, style} = options;
		if (dryRun || context.interactive) yield* preview(plan, origins);
		else yield {kind: 'note', text: `${file.name}: ${previewLine(plan, origins)}`};
		if (dryRun) return;
		const question = `Publish ${counted(plan.rows, 'row')} to ${target.label} in ${target.database.name}?`;
		if (context.interactive && !force && !(await context.confirm(question))) {
			yield {kind: 'note', text: 'nothing published'};
			return;
		}
		const {timeSeriesDbId} = target.database;
		const {assetId, name, label} = target;
		const sending = {
			plan,
			style,
			file: file.name,
			timeSeriesDbId,
			assetId,
			...(name !== undefined && {name}),
		};
		const {accepted, rejected} = yield* sendRows(context, await file.open(), sending);
		yield silent([{timeSeriesDbId, assetId, name: name ?? null, accepted, rejected: rejected.length}]);
		yield {kind: 'note', text: `${label}: ${counted(accepted, 'record')} published`};
		if (rejected.length > 0) throw await rejection(context, file, rejected);
	} finally {
		await file.close();
	}
}

/** The plan for a file that nothing is wrong with. Throws what is, with the lines. */
async function checked(
	context: Context,
	file: SampleFile,
	{target, types, time, unit}: FileOptions,
): Promise<{readonly plan: Plan; readonly origins: Origins}> {
	const breathe = breather(context.signal);
	let timePlace = -1;
	let columns: readonly string[] = [];
	const constants = new Map([
		['assetId', target.assetId],
		['name', target.name],
		[reasonColumn, undefined],
	]);
	for (const name of target.types.keys()) constants.delete(name);
	const reading = await file.open();
	checkNames(reading.columns, file.name);
	const found = await survey(reading, {
		timePlace: names => {
			columns = names;
			timePlace = timeColumn(names, time, file.name);
			return timePlace;
		},
		types,
		constants,
		breathe,
	});
	if (!found.isOrdered) await checkSameTimes(file.open, timePlace, found.problems, breathe);
	const plan = planOf(found, {file: file.name, timePlace, unit, types, constants});
	if (found.problems.count > 0) throw problemsOf(found.problems, file.name);
	if (found.rows === 0)
		throw new ShellError('failed', `${file.name}: no rows under the names of the columns`);
	if (plan.rows === 0) throw new ShellError('failed', `${file.name}: no values beside the times`);
	const unknown = [...types.keys()].find(name => !target.types.has(name) && !columns.includes(name));
	if (unknown !== undefined) {
		throw new ShellError('usage', `--type ${unknown}: no such column of ${file.name}`);
	}
	const origins = {
		timeColumn: columns[timePlace]!,
		isGuessed: unit === undefined,
		isLocal: found.times?.isLocal ?? false,
		existing: target.types,
		given: types,
	};
	return {plan, origins};
}

function checkNames(columns: readonly string[], file: string): void {
	const twice = columns.find((name, place) => name !== '' && columns.indexOf(name) < place);
	if (twice !== undefined) throw new ShellError('failed', `${file}: two columns are called ${twice}`);
}

function problemsOf({shown, count}: Problems, file: string): ShellError {
	const lines = shown.toSorted((a, b) => a.line - b.line).map(({line, text}) => `line ${line}: ${text}`);
	if (count === 1) return new ShellError('failed', `${file}: ${lines[0]}`, {hint: 'nothing was sent'});
	const more = count > lines.length ? [`and ${readableCount(count - lines.length)} more`] : [];
	return new ShellError('failed', `${file}: ${readableCount(count)} cells or rows cannot be sent`, {
		hint: 'nothing was sent',
		details: [...lines, ...more],
	});
}

/** Says what was rejected, and where it is kept. */
async function rejection(
	context: Context,
	file: SampleFile,
	rejected: readonly Rejection[],
): Promise<ShellError> {
	const shown = rejected.slice(0, 10).map(({line, reason}) => `line ${line}: ${reason}`);
	const left = rejected.length - shown.length;
	const details = left > 0 ? [...shown, `and ${readableCount(left)} more`] : shown;
	const message = `${file.name}: ${counted(rejected.length, 'record')} rejected`;
	const replace = rejected.some(({isOlder}) => isOlder) ? [replaceHint] : [];
	try {
		await writeRejected(context, file, rejected);
	} catch (cause) {
		const hint = [`${file.rejected.shown} could not be written`, ...replace].join('; ');
		return new ShellError('failed', message, {details, hint, cause});
	}
	const hint = [`the rows are in ${file.rejected.shown}`, ...replace].join('; ');
	return new ShellError('failed', message, {details, hint});
}
