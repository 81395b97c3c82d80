import {ShellError} from '../../shell/errors.ts';
import type {Asset, Datum, Sample, TimeSeries, TimeSeriesDb} from '../../shell/time-series.ts';
import {recentSql, type Wanted, wantedOf} from './recent-sql.ts';
import {maxSamples, type RecentStore} from './recent-store.ts';
import type {TableShape, TableShapes} from './table-shape.ts';
import {toInstant} from './times.ts';

type Sources = {
	readonly query: TimeSeries['query'];
	readonly shapes: TableShapes;
	readonly store: RecentStore;
};

/** Assets asked for in one query. */
const together = 32;

/** A reading this young, ms, need not be made again: events go on where it ended. */
const youngEnough = 600_000;

/** Until a reading that failed is made again, ms. */
const retryAfter = 30_000;

/** Samples an attribute has to have before it is not looked for further back. */
const enough = 16;

/** How far back from its newest sample an asset is looked at, ms: a value a second, an hour, a day, a year. */
const windows = [3_600_000, 4 * 86_400_000, 100 * 86_400_000, Number.POSITIVE_INFINITY];

/** The newest samples of several assets by a few queries. An Exchange without SQL has none. */
export function createRecent({query, shapes, store}: Sources): TimeSeries['recent'] {
	const underWay = new Map<string, Promise<void>>();

	const readOnce = async (
		database: TimeSeriesDb,
		shape: TableShape,
		wanted: readonly Wanted[],
		window: number,
		signal: AbortSignal | undefined,
	): Promise<ReadonlyMap<string, Map<string, Sample[]>>> => {
		const found = new Map<string, Map<string, Sample[]>>();
		const recent = recentSql(shape, wanted, {count: maxSamples, window});
		if (!recent) return found;
		const ids = new Map(
			wanted.map(({asset: {assetId, name}}) => [
				shape.asset.holds === 'name' ? (name ?? assetId) : assetId,
				assetId,
			]),
		);
		const request = {database, queryString: recent.queryString};
		for await (const {rows} of query(request, signal ? {signal} : {})) {
			for (const row of rows) addRow(found, row, recent.measures, ids);
		}
		return found;
	};

	const readAll = async (
		database: TimeSeriesDb,
		wanted: readonly Wanted[],
		signal: AbortSignal | undefined,
	) => {
		const {timeSeriesDbId} = database;
		let left = wanted;
		try {
			const shape = await shapes.shape(database, signal ? {signal} : {});
			for (const window of windows) {
				const found = await readOnce(database, shape, left, window, signal);
				for (const {asset} of left) {
					const series = found.get(asset.assetId) ?? new Map<string, Sample[]>();
					for (const samples of series.values()) samples.splice(0, samples.length - maxSamples);
					store.put(timeSeriesDbId, asset.assetId, series, Date.now());
				}
				left = left.filter(({asset: {assetId}, numeric}) =>
					numeric.some(name => (found.get(assetId)?.get(name)?.length ?? 0) < enough),
				);
				if (left.length === 0) return;
			}
		} catch (thrown) {
			if (signal?.aborted) throw thrown;
			// Whatever the reason, it is not asked for again at once.
			const readAt = Date.now() - youngEnough + retryAfter;
			for (const {asset} of left) store.put(timeSeriesDbId, asset.assetId, new Map(), readAt);
			if (!(thrown instanceof ShellError)) throw thrown;
		}
	};

	return async (database, assets, {signal} = {}) => {
		const {timeSeriesDbId} = database;
		const waiting = new Set<Promise<void>>();
		const wanted: Wanted[] = [];
		for (const asset of assets) {
			const reading = underWay.get(keyOf(timeSeriesDbId, asset));
			if (reading) waiting.add(reading);
			else if (Date.now() - (store.readAt(timeSeriesDbId, asset.assetId) ?? 0) >= youngEnough) {
				wanted.push(...[wantedOf(asset)].filter(one => one !== undefined));
			}
		}
		for (let start = 0; start < wanted.length; start += together) {
			const part = wanted.slice(start, start + together);
			const reading = readAll(database, part, signal).finally(() => {
				for (const {asset} of part) underWay.delete(keyOf(timeSeriesDbId, asset));
			});
			for (const {asset} of part) underWay.set(keyOf(timeSeriesDbId, asset), reading);
			await reading;
		}
		// Others' readings: what becomes of them is theirs.
		await Promise.allSettled(waiting);
	};
}

function keyOf(timeSeriesDbId: string, {assetId}: Asset): string {
	return `${timeSeriesDbId}\n${assetId}`;
}

/** Adds a row's numbers to what was found: a column's own, or of a single measure under its name. */
function addRow(
	found: Map<string, Map<string, Sample[]>>,
	[asset, measureName, time, ...data]: readonly Datum[],
	measures: TableShape['measures'],
	ids: ReadonlyMap<string, string>,
): void {
	const assetId = typeof asset === 'string' ? ids.get(asset) : undefined;
	const timestamp = typeof time === 'string' ? toInstant(time) : null;
	if (assetId === undefined || timestamp === null) return;
	const series = found.get(assetId) ?? new Map<string, Sample[]>();
	found.set(assetId, series);
	for (const [at, {name, isMulti}] of measures.entries()) {
		const value = data[at];
		const attribute = isMulti ? name : measureName;
		if (typeof value !== 'string' || typeof attribute !== 'string') continue;
		const samples = series.get(attribute) ?? [];
		samples.push({timestamp, value});
		series.set(attribute, samples);
	}
}
