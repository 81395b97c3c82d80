import {resolveSelection, selectedDatabase} from '../../shell/assets.ts';
import {type Context, defineCommand, type Output, type Progress} from '../../shell/command.ts';
import {ShellError, toShellError} from '../../shell/errors.ts';
import {type Stage, withProgress} from '../../shell/progress.ts';
import {timeRange} from '../../shell/time-range.ts';
import type {ExportFile, ExportRequest} from '../../shell/time-series.ts';
import {errorAbout} from '../shared/about.ts';
import {silent} from '../shared/batch.ts';
import {exportPlace, selectionLabel} from '../shared/export-place.ts';
import {rangeArgs} from '../shared/range-args.ts';
import {newestOf, nothingBetween} from '../shared/series.ts';
import {transferring} from '../shared/transfer.ts';

/** All samples of some assets, in a file that the Exchange writes. */
export const exportCommand = defineCommand({
	name: 'export',
	group: 'Time series',
	summary: 'Write samples to a file, as the Exchange exports them',
	description: [
		'The Exchange reads all samples of the range, writes the file, and it is downloaded; that takes a while for',
		'many. Of the last 24 hours unless said otherwise. Without -o the file is called after the assets; in a pipe',
		'and behind > come its bytes. They go to NAME.part first, and no local file is replaced without -f.',
	].join(' '),
	args: {
		assets: {kind: 'selection', many: true, help: 'An asset, or ASSET:ATTRIBUTE,ATTRIBUTE'},
		...rangeArgs,
		format: {
			kind: 'text',
			option: true,
			optional: true,
			choices: ['csv', 'json'],
			help: 'Default: as the file is called, else csv',
		},
		output: {
			kind: 'local',
			option: true,
			optional: true,
			short: 'o',
			help: 'Local file or directory to write',
		},
		force: {kind: 'flag', short: 'f', help: 'Replace the local file'},
	},
	examples: [
		"export 'Feeder 1' --since 7d",
		"export 'Feeder 1:kW,kVAR' 'Feeder 2:kW' --since monday -o week.csv",
		"export 'Feeder 1' --format json > feeder.json",
	],
	async *run(context, {assets, output, force, format: asked, ...times}) {
		const database = selectedDatabase(context);
		const range = timeRange(times, context.now());
		const {chosen} = await resolveSelection(context, assets);
		const bare = chosen.find(({attributes}) => attributes.length === 0);
		if (bare) {
			throw new ShellError('not-found', `${bare.asset.name ?? bare.asset.assetId}: no attributes yet`);
		}
		const extension = asked ?? context.format ?? (/\.json$/i.test(output ?? '') ? 'json' : 'csv');
		const request: ExportRequest = {
			database,
			assets: chosen.map(({asset: {assetId}, attributes}) => ({
				assetId,
				attributeNames: attributes.map(({name}) => name),
			})),
			...range,
			format: extension === 'json' ? 'JSON' : 'CSV',
		};
		const label = selectionLabel(chosen);
		const series = chosen.flatMap(({asset, attributes}) =>
			attributes.map(attribute => ({asset, attribute, label: attribute.name})),
		);
		const newest = newestOf(series);
		const isBefore = newest === undefined || Date.parse(newest) < range.from;
		if (isBefore) yield {kind: 'note', tone: 'warning', text: nothingBetween(range, series, context.now())};
		if (output === undefined && !context.interactive) {
			yield* streamed(context, request, label);
			return;
		}
		const path = await exportPlace(context, output, {label, extension, force});
		yield* downloaded(context, request, {label, path, force});
	},
});

/** Into the pipe, as it comes. */
async function* streamed(context: Context, request: ExportRequest, label: string): AsyncGenerator<Output> {
	const {exchange, signal, now} = context;
	const line = lineOf(label);
	const opening = withProgress(context, line, async report => {
		const onProgress = staged(report);
		return exportFile(exchange, {...request, onProgress}, signal).catch(thrown => {
			throw errorAbout(label, thrown);
		});
	});
	const progress = {kind: 'progress', ...line, startedAt: now()} as const;
	let bytes = 0;
	let told = now();
	try {
		// Opened is not done yet.
		const file = yield* replacing(opening, () => undefined);
		for await (const chunk of file.body) {
			yield {kind: 'bytes', bytes: chunk, asIs: true};
			bytes += chunk.length;
			if (now() - told < 100) continue;
			told = now();
			yield {...progress, bytes, total: file.size, at: told};
		}
	} catch (thrown) {
		yield {...progress, bytes, at: now(), done: true, failed: true};
		throw errorAbout(label, thrown);
	}
	yield {...progress, bytes, at: now(), done: true};
}

/** Into a local file, which is there whole or not at all. */
async function* downloaded(
	context: Context,
	request: ExportRequest,
	{label, path, force}: {readonly label: string; readonly path: string; readonly force: boolean},
): AsyncGenerator<Output> {
	const {exchange, local} = context;
	let bytes = 0;
	let isDone = false;
	const running = withProgress(context, lineOf(label), report =>
		transferring(context, label, async signal => {
			const onProgress = staged(report);
			const {size, body} = await exportFile(exchange, {...request, onProgress}, signal);
			const moved = (reached: number) => {
				bytes = reached;
				report(reached, {total: size});
			};
			await local.write(path, body, {replace: force, size, signal, onProgress: moved});
			isDone = true;
		}),
	);
	yield* replacing(running, last => (isDone ? last : {...last, failed: true}));
	yield silent([{localPath: path, fileFormat: request.format, fileSizeBytes: bytes}]);
	yield {kind: 'note', text: `${label} → ${path}`};
}

/** The file; where the Exchange forgot the query between its last page and the file, the error says what helps. */
async function exportFile(
	{timeSeries}: Context['exchange'],
	request: ExportRequest,
	signal: AbortSignal,
): Promise<ExportFile> {
	try {
		return await timeSeries.exportFile(request, {signal});
	} catch (thrown) {
		const {code, message, details} = toShellError(thrown);
		if (!/^query \S+ does not exist/i.test(message)) throw thrown;
		throw new ShellError(code, 'the Exchange does not know the query any more, of which the file is made', {
			hint: 'run `export` again',
			details,
			cause: thrown,
		});
	}
}

function lineOf(label: string) {
	return {key: 'export', label: `export ${label}`, total: null};
}

/** The progress of some work, with another end, or none. */
async function* replacing<T>(
	running: AsyncGenerator<Output, T>,
	end: (last: Progress) => Progress | undefined,
): AsyncGenerator<Output, T> {
	for (let step = await running.next(); ; step = await running.next()) {
		if (step.done) return step.value;
		const output = step.value;
		const shown = output.kind === 'progress' && output.done ? end(output) : output;
		if (shown) yield shown;
	}
}

/** Tells what the Exchange does before there are bytes. */
function staged(report: (bytes: number, stage: Stage) => void): NonNullable<ExportRequest['onProgress']> {
	const details = {query: 'the Exchange reads the samples', file: 'the Exchange writes the file'};
	return (stage, percent) => report(0, {percent, detail: details[stage]});
}
