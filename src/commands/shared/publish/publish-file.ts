import type {Context, Output} from '../../../shell/command.ts';
import {ShellError} from '../../../shell/errors.ts';
import {counted, readableCount} from '../../../shell/readable.ts';
import {silent} from '../batch.ts';
import {checkFile} from './check.ts';
import {openSampleFile, type SampleFile} from './open-file.ts';
import {type PublishOptions, replaceHint} from './options.ts';
import {preview, previewLine} from './preview.ts';
import {type Rejected, writeRejected} from './rejected.ts';
import type {RowWord} from './row.ts';
import {sendRows} from './send.ts';

type FileOptions = PublishOptions & {readonly force: boolean};

/** Checks a whole file, shows what it holds, and sends it. */
export async function* publishFile(
	context: Context,
	[word = '']: readonly string[],
	options: FileOptions,
): AsyncGenerator<Output> {
	const file = await openSampleFile(context, word);
	try {
		const {plan, origins, counts} = yield* checkFile(context, file, options);
		const {target, dryRun, force, style, replaces} = options;
		if (dryRun || context.interactive) yield* preview(plan, origins, context.interactive);
		else yield {kind: 'note', text: `${file.name}: ${previewLine(plan, origins)}`};
		if (plan.empty > 0) {
			const text = `${file.name}: ${counted(plan.empty, 'row')} without a value left out`;
			yield {kind: 'note', tone: 'warning', text};
		}
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
			replaces,
			file: file.name,
			timeSeriesDbId,
			assetId,
			...(name !== undefined && {name}),
		};
		const {accepted, rejected} = yield* sendRows(context, await file.open(), sending);
		yield silent([{timeSeriesDbId, assetId, name: name ?? null, accepted, rejected: rejected.lines.length}]);
		yield {kind: 'note', text: `${label}: ${counted(accepted, 'record')} published`};
		if (rejected.lines.length > 0) throw await rejection(context, file, {rejected, replaces}, counts);
	} finally {
		await file.close();
	}
}

/** Says what was rejected, and where it is kept. */
async function rejection(
	context: Context,
	file: SampleFile,
	{rejected, replaces}: {readonly rejected: Rejected; readonly replaces: boolean},
	word: RowWord,
): Promise<ShellError> {
	const {lines, reasons, texts, hasOlder} = rejected;
	const words = [...texts.keys()];
	const shown = lines.slice(0, 10).map((line, place) => `${word} ${line}: ${words[reasons[place]!]}`);
	const left = lines.length - shown.length;
	const details = left > 0 ? [...shown, `and ${readableCount(left)} more`] : shown;
	const message = `${file.name}: ${counted(lines.length, 'record')} rejected`;
	const replace = !replaces && hasOlder ? [replaceHint] : [];
	try {
		await writeRejected(context, file, rejected);
	} catch (cause) {
		const hint = [`${file.rejected.shown} could not be written`, ...replace].join('; ');
		return new ShellError('failed', message, {details, hint, cause});
	}
	const hint = [`the rows are in ${file.rejected.shown}`, ...replace].join('; ');
	return new ShellError('failed', message, {details, hint});
}
