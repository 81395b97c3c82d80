import {assetLabel, selectedDatabase} from '../../shell/assets.ts';
import {type Chart, type Context, defineCommand, type Output} from '../../shell/command.ts';
import {counted, readableTime} from '../../shell/readable.ts';
import {type TimeRange, timeRange} from '../../shell/time-range.ts';
import {chartSeries} from '../shared/chart-series.ts';
import {inParallel} from '../shared/in-parallel.ts';
import {rangeArgs} from '../shared/range-args.ts';
import {fileArgs, saved} from '../shared/saved.ts';
import {newestOf, nothingBetween, type Series, seriesOf} from '../shared/series.ts';

/** More can't be told apart. */
const mostSeries = 12;
/** Columns of dots of a wide terminal, and of a picture. */
const onScreen = 400;
const inPicture = 1_200;
const day = 24 * 3_600_000;

/** A chart over time: drawn in the terminal, summed up in a pipe, or a picture. */
export const plot = defineCommand({
	name: 'plot',
	group: 'Time series',
	summary: 'Draw attributes over time',
	description: [
		'Of the last 24 hours, or of the time up to the newest sample where that is older, unless said otherwise.',
		'Many samples are drawn by the lowest and the highest of each column. In a pipe and for a screen reader',
		'a line a series says what it comes to. A file NAME.svg is a picture.',
	].join(' '),
	args: {
		asset: {kind: 'series', help: 'An asset'},
		attributes: {
			kind: 'series',
			many: true,
			optional: true,
			help: 'Its attributes (default: all numbers), more assets',
		},
		...rangeArgs,
		...fileArgs,
		output: {...fileArgs.output, help: 'Local file to write: a picture when it ends in .svg'},
	},
	examples: [
		"plot 'Feeder 1' kW",
		"plot 'Feeder 1' kW kVAR --since 6h",
		"plot 'Feeder 1' kW --from yesterday --to today -o chart.svg",
		"plot 'Feeder 1' 'Feeder 2' kW",
		"plot 'Feeder 1' --json",
	],
	async *run(context, {asset, attributes, output, force, ...asked}) {
		selectedDatabase(context);
		const isSaid = [asked.since, asked.from, asked.to].some(time => time !== undefined);
		const range = timeRange(asked, context.now());
		const series = await seriesOf(context, [asset, ...attributes], {most: mostSeries, onlyNumeric: true});
		const isPicture = output !== undefined && /\.svg$/i.test(output);
		const wanted = {series, range, intervals: isPicture ? inPicture : onScreen};
		const charts = (inner: Context) => (isSaid ? drawn(inner, wanted) : drawnOfLate(inner, wanted));
		if (isPicture) yield* pictured(context, output, force, charts(context));
		else yield* saved(context, {output, force}, charts);
	},
});

type Wanted = {readonly series: readonly Series[]; readonly range: TimeRange; readonly intervals: number};

/** The range as it was asked for. */
async function* drawn(context: Context, wanted: Wanted): AsyncGenerator<Output> {
	const chart = yield* read(context, wanted);
	yield* shown(context, chart, wanted);
}

/** The last day there is something of; where a day holds next to nothing, the newest samples. */
async function* drawnOfLate(context: Context, wanted: Wanted): AsyncGenerator<Output> {
	const {now} = context;
	const newest = newestOf(wanted.series);
	const at = newest === undefined ? now() : Date.parse(newest);
	const isOld = at < wanted.range.from;
	const range = isOld ? {from: at - day + 1, to: at + 1} : wanted.range;
	let chosen = {...wanted, range};
	let chart = yield* read(context, chosen);
	if (newest !== undefined && chart.series.every(({summary}) => summary.samples < 3)) {
		const from = await startOfRecent(context, wanted.series);
		if (from < range.from) {
			chosen = {...wanted, range: {from, to: range.to}};
			chart = yield* read(context, chosen);
		}
	}
	yield* shown(context, range === wanted.range ? chart : withoutBeginning(chart), chosen);
	if (isOld && newest !== undefined) {
		yield {
			kind: 'note',
			text: `the newest sample is from ${readableTime(newest, now())}: this is the time before it`,
		};
	}
}

/** From the first sample on. */
function withoutBeginning(chart: Chart): Chart {
	const firsts = chart.series.flatMap(({points: [first]}) => (first ? [first.at] : []));
	const from = Math.min(...firsts);
	return from > chart.from && from < chart.to ? {...chart, from} : chart;
}

/** The time of the oldest of the samples that say what happened of late; of those nothing is known of, now. */
async function startOfRecent({exchange, session, signal, now}: Context, series: readonly Series[]) {
	const database = selectedDatabase({session});
	const assets = [...new Set(series.map(({asset}) => asset))];
	await exchange.timeSeries.recent(database, assets, {signal});
	const oldest = series.flatMap(({asset, attribute}) => {
		const {timeSeriesDbId} = database;
		const [first] = exchange.timeSeries.cachedRecent(timeSeriesDbId, asset.assetId, attribute.name) ?? [];
		return first ? [Date.parse(first.timestamp)] : [];
	});
	return Math.min(now(), ...oldest);
}

/** Reads all series, saying how far it is. */
async function* read(context: Context, {series, range, intervals}: Wanted): AsyncGenerator<Output, Chart> {
	const database = selectedDatabase(context);
	const request = {database, range, intervals};
	const label = `plot ${counted(series.length, 'series', 'series')}`;
	const results = yield* inParallel(context, {key: 'plot', label}, series, (each, inner) =>
		chartSeries(inner, each, request),
	);
	const [first, ...others] = new Set(series.map(({asset}) => asset));
	const title = others.length === 0 && first ? assetLabel(first) : database.name;
	return {kind: 'chart', title, ...range, series: results};
}

function* shown(context: Context, chart: Chart, {series, range}: Wanted): Generator<Output> {
	const isEmpty = chart.series.every(({summary}) => summary.samples === 0);
	if (!isEmpty || context.format) yield chart;
	if (isEmpty) yield {kind: 'note', text: nothingBetween(range, series, context.now())};
}

/** Charts as a picture in a local file; what else is said goes on. */
async function* pictured(
	{local, session, signal, picture}: Context,
	output: string,
	force: boolean,
	charts: AsyncGenerator<Output>,
): AsyncGenerator<Output> {
	for await (const chart of charts) {
		if (chart.kind !== 'chart') {
			yield chart;
			continue;
		}
		async function* body() {
			yield new TextEncoder().encode(await picture(chart as Chart));
		}
		await local.write(local.resolve(session.localDirectory, output), body(), {replace: force, signal});
		yield {kind: 'note', text: `${output}: ${counted(chart.series.length, 'series', 'series')}`};
	}
}
