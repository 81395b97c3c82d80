import type {Chart, Context} from '../../shell/command.ts';
import {numberOf} from '../../shell/numeric.ts';
import {withEmptyIntervals, withGaps} from '../../shell/series-points.ts';
import type {TimeRange} from '../../shell/time-range.ts';
import type {Aggregate, Sample, SamplesRequest, TimeSeriesDb} from '../../shell/time-series.ts';
import type {Series} from './series.ts';

type ChartSeries = Chart['series'][number];
type Point = ChartSeries['points'][number];
type Summary = ChartSeries['summary'];

/** Samples that are drawn as they are; of more only the extremes of intervals come over the wire. */
const mostRaw = 2_000;

/** What a chart of a series is made from. */
export type ChartRequest = {
	readonly database: TimeSeriesDb;
	readonly range: TimeRange;
	/** Intervals that many samples are reduced to, each to its lowest and its highest. */
	readonly intervals: number;
};

/** A series with enough points to keep its shape, and what all its samples come to. */
export async function chartSeries(
	context: Context,
	{asset, attribute}: Series,
	{database, range, intervals}: ChartRequest,
): Promise<ChartSeries> {
	const {assetId, name} = asset;
	const about = {assetId, name, attribute: attribute.name};
	const ask = (more: Partial<SamplesRequest>) =>
		readAll(context, {database, assetId, attribute, ...range, ...more});
	const raw = await ask({limit: mostRaw + 1});
	if (raw.length <= mostRaw) {
		const {points, gaps} = withGaps(raw.map(pointOf));
		return {...about, points, summary: {...summaryOf(raw), gaps}};
	}
	const every = Math.max(1, Math.ceil((range.to - range.from) / intervals));
	// One interval over everything.
	const one = (aggregate: Aggregate) => ask({every: wholeOf(range), aggregate});
	const [extremes, counts, means] = await Promise.all([
		ask({every, aggregate: 'extremes'}),
		one('count'),
		one('avg'),
	]);
	const {points, gaps} = withEmptyIntervals(extremes.map(pointOf), every);
	const last = await lastOf(extremes, {...range, every, intervals}, ask);
	const samples = counts.reduce((sum, {value}) => sum + Number(value), 0);
	const mean = means.length === 1 ? numberOf(means[0]!.value) : null;
	return {...about, points, summary: {...summaryOf(extremes), samples, mean, ...last, gaps}};
}

async function readAll({exchange, signal}: Context, request: SamplesRequest): Promise<readonly Sample[]> {
	const samples: Sample[] = [];
	for await (const page of exchange.timeSeries.samples(request, {signal})) {
		for (const sample of page) samples.push(sample);
	}
	return samples;
}

/**
 * The length of an interval that holds the whole range, ms: intervals are aligned to the epoch, so that one
 * as long as its end is from there begins at it.
 */
function wholeOf({from, to}: TimeRange): number {
	return Math.ceil(Math.max(Math.abs(from), Math.abs(to))) + 1;
}

/** The newest sample: extremes are not the last of their interval, which may hold most of all samples. */
async function lastOf(
	extremes: readonly Sample[],
	{from, to, every, intervals}: TimeRange & {readonly every: number; readonly intervals: number},
	ask: (more: Partial<SamplesRequest>) => Promise<readonly Sample[]>,
): Promise<Pick<Summary, 'last' | 'lastTime'>> {
	const newest = extremes.at(-1);
	if (!newest) return {last: null, lastTime: null};
	let start = Math.max(from, Date.parse(newest.timestamp));
	for (let span = every; ; ) {
		const raw = await ask({from: start, to, ...(span > 1 && {limit: mostRaw + 1})});
		if (span === 1 || raw.length <= mostRaw) {
			const last = raw.at(-1) ?? newest;
			return {last: numberOf(last.value), lastTime: last.timestamp};
		}
		span = Math.max(1, Math.ceil(span / intervals));
		const lasts = await ask({from: start, to, every: span, aggregate: 'last'});
		start = Math.max(start, Date.parse((lasts.at(-1) ?? newest).timestamp));
	}
}

function pointOf({timestamp, value}: Sample): Point {
	return {at: Date.parse(timestamp), value: numberOf(value)};
}

function summaryOf(samples: readonly Sample[]): Omit<Summary, 'gaps'> {
	let min: number | null = null;
	let max: number | null = null;
	let mean = 0;
	let count = 0;
	for (const {value: text} of samples) {
		const value = numberOf(text);
		if (value === null) continue;
		if (min === null || value < min) min = value;
		if (max === null || value > max) max = value;
		// Step by step: the sum of huge numbers is no number.
		mean += value / ++count - mean / count;
	}
	const last = samples.at(-1);
	return {
		samples: samples.length,
		min,
		max,
		mean: count === 0 ? null : mean,
		last: last ? numberOf(last.value) : null,
		lastTime: last?.timestamp ?? null,
	};
}
