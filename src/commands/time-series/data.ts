import {selectedDatabase} from '../../shell/assets.ts';
import {type Context, defineCommand, type Output} from '../../shell/command.ts';
import {ShellError} from '../../shell/errors.ts';
import {joinSamples} from '../../shell/join-samples.ts';
import {isNumeric} from '../../shell/numeric.ts';
import {counted} from '../../shell/readable.ts';
import {parseDuration, type TimeRange, timeRange} from '../../shell/time-range.ts';
import type {Aggregate} from '../../shell/time-series.ts';
import {momentsAs} from '../shared/moment-rows.ts';
import {rangeArgs} from '../shared/range-args.ts';
import {fileArgs, saved} from '../shared/saved.ts';
import {nothingBetween, type Series, seriesOf} from '../shared/series.ts';

/** Each is a query of its own at the Exchange. */
const mostSeries = 16;
/** A file that is done before that needs no progress, ms. */
const patience = 400;
const aggregates = ['avg', 'min', 'max', 'sum', 'last'] as const;
/** What makes sense of a text, too. */
const ofAnything = new Set<Aggregate>(['min', 'max', 'last']);

/** The samples of some series, as they come. */
export const data = defineCommand({
	name: 'data',
	group: 'Time series',
	summary: 'Show the samples of attributes over time',
	description: [
		'Of the last 24 hours unless said otherwise. Times are 24h, now-1h, yesterday, 2026-01-01 or',
		'2026-01-01T14:30Z, in the local zone without a Z. A row a time, a column an attribute; with --json an',
		'object a sample. --every takes the mean of an interval unless another is asked for; of what is no number',
		'the last. Intervals begin in UTC: those of 1d at its midnight, not at yours.',
	].join(' '),
	args: {
		asset: {kind: 'series', help: 'An asset'},
		attributes: {
			kind: 'series',
			many: true,
			optional: true,
			help: 'Its attributes (default: all), more assets',
		},
		...rangeArgs,
		every: {
			kind: 'duration',
			option: true,
			optional: true,
			short: 'e',
			help: 'One row an interval, such as 15m',
		},
		avg: {kind: 'flag', help: 'The mean of each interval'},
		min: {kind: 'flag', help: 'The lowest of each interval'},
		max: {kind: 'flag', help: 'The highest of each interval'},
		sum: {kind: 'flag', help: 'The sum of each interval'},
		last: {kind: 'flag', help: 'The last of each interval'},
		limit: {kind: 'count', option: true, optional: true, short: 'n', help: 'At most so many rows'},
		...fileArgs,
	},
	examples: [
		"data 'Feeder 1' kW",
		"data 'Feeder 1' 'Feeder 2' kW --since 6h",
		"data 'Feeder 1' kW --from yesterday --to today --every 15m --max",
		"data 'Feeder 1' --since 7d -o feeder.csv",
	],
	async *run(context, {asset, attributes, output, force, ...asked}) {
		selectedDatabase(context);
		const range = timeRange(asked, context.now());
		const reduce = reductionOf(asked);
		const series = await seriesOf(context, [asset, ...attributes], {most: mostSeries});
		const wanted = {series, range, limit: asked.limit, reduce: series.map(reduce)};
		yield* saved(context, {output, force}, inner => rowsOf(inner, wanted, output !== undefined));
	},
});

type Reduction = {readonly every?: number; readonly aggregate?: Aggregate};
type Wanted = {
	readonly series: readonly Series[];
	readonly range: TimeRange;
	readonly limit: number | undefined;
	readonly reduce: readonly Reduction[];
};

type Intervals = {readonly every: string | undefined} & {
	readonly [K in (typeof aggregates)[number]]: boolean;
};

/** How the samples of each series become one an interval. Throws `usage`. */
function reductionOf(flags: Intervals): (series: Series) => Reduction {
	const chosen = aggregates.filter(name => flags[name]);
	const [aggregate, other] = chosen;
	if (other) throw new ShellError('usage', `--${aggregate} and --${other}: one of them at a time`);
	if (flags.every === undefined) {
		if (!aggregate) return () => ({});
		throw new ShellError('usage', `--${aggregate}: of which intervals?`, {
			hint: `--every 15m --${aggregate}`,
		});
	}
	const every = parseDuration(flags.every)!;
	return ({attribute}) => {
		if (isNumeric(attribute)) return {every, aggregate: aggregate ?? 'avg'};
		if (aggregate === undefined || ofAnything.has(aggregate)) return {every, aggregate: aggregate ?? 'last'};
		throw new ShellError('usage', `${attribute.name}: ${attribute.attributeType}, not a number`, {
			hint: '--last takes any',
		});
	};
}

async function* rowsOf(context: Context, wanted: Wanted, toFile: boolean): AsyncGenerator<Output> {
	const {exchange, signal, now} = context;
	const {series, range, limit = Number.POSITIVE_INFINITY, reduce} = wanted;
	const database = selectedDatabase(context);
	const startedAt = now();
	// One more than wanted tells whether there are more.
	const bound = Number.isFinite(limit) ? {limit: limit + 1} : {};
	const pages = joinSamples(
		series.map(({asset: {assetId}, attribute}, index) =>
			exchange.timeSeries.samples(
				{database, assetId, attribute, ...range, ...reduce[index], ...bound},
				{signal},
			),
		),
	);
	const present = momentsAs(context, series);
	const progress = {kind: 'progress', key: 'data', label: 'data', bytes: 0, total: null, startedAt} as const;
	let rows = 0;
	let isCut = false;
	let isSaid = false;
	for await (const page of pages) {
		isCut = rows + page.length > limit;
		const shown = isCut ? page.slice(0, limit - rows) : page;
		if (shown.length > 0) yield present(shown, rows === 0);
		rows += shown.length;
		if (isCut) break;
		if (!toFile || now() - startedAt < patience) continue;
		isSaid = true;
		const percent = shareOf(range, page.at(-1)!.timestamp);
		yield {...progress, at: now(), percent, detail: counted(rows, 'row')};
	}
	if (isSaid) yield {...progress, at: now(), percent: 100, detail: counted(rows, 'row'), done: true};
	if (isCut) yield {kind: 'note', text: `cut at ${counted(rows, 'row')} by --limit: there are more`};
	else if (rows === 0) {
		// A table without rows has a header in a file.
		yield present([], true);
		yield {kind: 'note', text: nothingBetween(range, series, now())};
	} else if (context.interactive) yield {kind: 'note', text: counted(rows, 'row')};
}

/** How far into the range a time is, per cent. */
function shareOf({from, to}: TimeRange, timestamp: string): number {
	return Math.max(0, Math.min(100, ((Date.parse(timestamp) - from) / (to - from)) * 100));
}
