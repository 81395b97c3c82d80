import type {Context, Output, Progress} from '../../../shell/command.ts';
import {ShellError} from '../../../shell/errors.ts';
import {withProgress} from '../../../shell/progress.ts';
import {readableCount} from '../../../shell/readable.ts';
import {breather} from '../../../shell/slices.ts';
import {timeColumn} from './cell-times.ts';
import type {SampleFile} from './open-file.ts';
import type {PublishOptions} from './options.ts';
import {type Plan, planOf} from './plan.ts';
import type {Origins} from './preview.ts';
import {reasonColumn} from './rejected.ts';
import type {RowWord} from './row.ts';
import {checkSameTimes} from './same-times.ts';
import {addOtherAsset, type Problems, survey} from './survey.ts';

/** Of one record: a limit of Timestream. */
const mostMeasures = 256;

/** What is going to be sent, and what that was made from. */
export type Checked = {readonly plan: Plan; readonly origins: Origins; readonly counts: RowWord};

/** The plan for a file that nothing is wrong with, with progress where it takes a while. Throws what is, with the lines. */
export async function* checkFile(
	context: Context,
	file: SampleFile,
	options: PublishOptions,
): AsyncGenerator<Output, Checked> {
	const line = {key: 'check', label: `check ${file.name}`, total: file.size};
	const running = withProgress(context, line, report => check(context, file, options, report));
	let ended: Progress | undefined;
	let isShown = false;
	try {
		for (let step = await running.next(); ; step = await running.next()) {
			if (step.done) {
				if (isShown && ended) yield ended;
				return step.value;
			}
			// Of a check that is over at once nothing is said.
			if (step.value.kind === 'progress' && step.value.done) ended = step.value;
			else {
				isShown = true;
				yield step.value;
			}
		}
	} catch (thrown) {
		if (isShown && ended) yield {...ended, failed: true};
		throw thrown;
	}
}

async function check(
	{signal}: Context,
	file: SampleFile,
	{target, types, style, time, unit}: PublishOptions,
	report: (bytes: number) => void,
): Promise<Checked> {
	const breathe = breather(signal);
	const reading = await file.open(report);
	checkNames(reading.columns, file.name);
	let timePlace = -1;
	let columns: readonly string[] = [];
	const constants = new Map<string, string | undefined>([
		['assetId', target.assetId],
		['name', target.name],
		[reasonColumn, undefined],
	]);
	for (const name of target.types.keys()) constants.delete(name);
	const {series} = reading;
	if (series) constants.clear();
	const known = new Map([...target.databaseTypes, ...types]);
	const found = await survey(reading, {
		timePlace: names => {
			columns = names;
			if (series) for (const [name, type] of series.types) if (!types.has(name)) known.set(name, type);
			timePlace = timeColumn(series ? names.slice(0, 1) : names, time, file.name);
			return timePlace;
		},
		types: known,
		whence: name => {
			if (target.types.has(name)) return `as it is at ${target.label}`;
			if (types.has(name)) return 'as asked for';
			return series?.types.has(name) ? 'as the file says' : 'as it is at other assets';
		},
		constants,
		breathe,
	});
	// Of several assets, what else is wrong is that their samples are mixed.
	const others: Problems = {shown: [], count: 0};
	for (const [assetId, line] of series?.assets ?? []) {
		if (assetId !== target.assetId) addOtherAsset(others, line, 'assetId', assetId, target.assetId);
	}
	if (others.count > 0) throw problemsOf(others, file.name);
	const counts = series?.counts ?? 'line';
	if (!found.isOrdered) await checkSameTimes(() => file.open(), timePlace, found.problems, breathe);
	const plan = planOf(found, {file: file.name, timePlace, unit, types: known, constants});
	if (found.problems.count > 0) throw problemsOf(found.problems, file.name, counts);
	if (found.rows === 0)
		throw new ShellError('failed', `${file.name}: no rows under the names of the columns`);
	if (plan.rows === 0) throw new ShellError('failed', `${file.name}: no values beside the times`);
	if (style.measureName !== undefined && plan.columns.length > mostMeasures) {
		const wide = `${readableCount(plan.columns.length)} columns of values, a record holds ${mostMeasures}`;
		throw new ShellError('failed', `${file.name}: ${wide}`, {hint: '--single sends a record for each value'});
	}
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
		file: series?.types ?? new Map(),
		database: target.databaseTypes,
	};
	return {plan, origins, counts};
}

function checkNames(columns: readonly string[], file: string): void {
	const twice = columns.find((name, place) => name !== '' && columns.indexOf(name) < place);
	if (twice !== undefined) throw new ShellError('failed', `${file}: two columns are called ${twice}`);
}

function problemsOf({shown, count}: Problems, file: string, word: RowWord = 'line'): ShellError {
	const lines = shown.toSorted((a, b) => a.line - b.line).map(({line, text}) => `${word} ${line}: ${text}`);
	if (count === 1) return new ShellError('failed', `${file}: ${lines[0]}`, {hint: 'nothing was sent'});
	const more = count > lines.length ? [`and ${readableCount(count - lines.length)} more`] : [];
	return new ShellError('failed', `${file}: ${readableCount(count)} cells or rows cannot be sent`, {
		hint: 'nothing was sent',
		details: [...lines, ...more],
	});
}
