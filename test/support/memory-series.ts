import {isDeepStrictEqual} from 'node:util';
import {ShellError} from '../../src/shell/errors.ts';
import type {
	Aggregate,
	Asset,
	LatestValues,
	Sample,
	SamplesRequest,
	TimeSeries,
} from '../../src/shell/time-series.ts';
import type {MemorySeriesWorld} from './memory-series-world.ts';

export type Request = (
	method: keyof TimeSeries,
	about: string,
	signal: AbortSignal | undefined,
) => Promise<void>;

/** How much one answer holds. */
export type PageSizes = {readonly latest: number; readonly samples: number};

/** A live view that a client has open. */
export type Follower = {
	readonly timeSeriesDbId: string;
	assetIds: ReadonlySet<string>;
	/** Takes up what is there now, as an event or a poll would; tells who watches. */
	readonly refresh: () => void;
	readonly fail: (error: Error) => void;
};

/** One client's time series on plain maps, held to the same contract as the real one. */
export function memorySeries(
	world: MemorySeriesWorld,
	request: Request,
	{
		pageSizes,
		followers,
		isListed,
	}: {
		readonly pageSizes: PageSizes;
		readonly followers: Set<Follower>;
		readonly isListed: (name: string) => boolean;
	},
): TimeSeries & {readonly forget: () => void} {
	let listed: {readonly at: number} | undefined;
	const latest = new Map<string, LatestValues>();
	const recent = new Map<string, readonly Sample[]>();
	const rows = () => Array.from(world.rows.values()).filter(({name}) => isListed(name));
	const supported = () => {
		if (!world.hasTimeSeries) {
			throw new ShellError('unsupported', 'this Exchange has no time-series databases');
		}
	};
	const keep = (timeSeriesDbId: string, found: readonly Asset[], isComplete: boolean): LatestValues => {
		const known = new Map(latest.get(timeSeriesDbId)?.assets.map(asset => [asset.assetId, asset]));
		const assets = found.map(asset => {
			const before = known.get(asset.assetId);
			return before && isDeepStrictEqual(before, asset) ? before : asset;
		});
		return {timeSeriesDbId, assets, isComplete, fetchedAt: Date.now()};
	};
	return {
		forget: () => {
			listed = undefined;
			latest.clear();
			recent.clear();
		},
		listDatabases: async ({signal, maxAge = 30_000} = {}) => {
			if (!listed || Date.now() - listed.at >= maxAge) await request('listDatabases', '', signal);
			supported();
			listed = {at: Date.now()};
			return rows();
		},
		cachedDatabases: () => (listed ? rows() : undefined),
		createDatabase: async ({name, description}, call) => {
			await request('createDatabase', name, call?.signal);
			supported();
			return world.add(name, description ?? null, []);
		},
		deleteDatabase: async (timeSeriesDbId, call) => {
			await request('deleteDatabase', timeSeriesDbId, call?.signal);
			world.remove(timeSeriesDbId);
			latest.delete(timeSeriesDbId);
		},
		latest: async (timeSeriesDbId, read: Parameters<TimeSeries['latest']>[1] = {}) => {
			const {signal, maxAge = 30_000, onPage} = read;
			const kept = latest.get(timeSeriesDbId);
			if (kept && Date.now() - kept.fetchedAt < maxAge) return kept;
			for (let end = pageSizes.latest; ; end += pageSizes.latest) {
				await request('latest', timeSeriesDbId, signal);
				const all = world.latest(timeSeriesDbId);
				const isComplete = end >= all.length;
				const values = keep(timeSeriesDbId, all.slice(0, end), isComplete);
				if (isComplete) {
					latest.set(timeSeriesDbId, values);
					return values;
				}
				onPage?.(values);
			}
		},
		cachedLatest: timeSeriesDbId => latest.get(timeSeriesDbId),
		watchLatest: (timeSeriesDbId, {onChange, onLive, onError}) => {
			const follower: Follower = {
				timeSeriesDbId,
				assetIds: new Set(),
				refresh: () => {
					latest.set(timeSeriesDbId, keep(timeSeriesDbId, world.latest(timeSeriesDbId), true));
					onChange();
				},
				fail: error => onError?.(error),
			};
			followers.add(follower);
			return {
				follow: assetIds => {
					follower.assetIds = new Set(assetIds);
					queueMicrotask(() => onLive?.(followers.has(follower) && assetIds.length > 0));
				},
				close: () => {
					followers.delete(follower);
				},
			};
		},
		recent: async ({timeSeriesDbId}, assets, call) => {
			await request('recent', `${timeSeriesDbId} ${assets.length}`, call?.signal);
			for (const {assetId, attributes} of assets) {
				for (const {name, attributeType} of attributes) {
					if (attributeType !== 'DOUBLE' && attributeType !== 'BIGINT') continue;
					const samples = world.samples(timeSeriesDbId, assetId, name).slice(-64);
					const key = JSON.stringify([timeSeriesDbId, assetId, name]);
					if (!isDeepStrictEqual(recent.get(key), samples)) recent.set(key, samples);
				}
			}
		},
		cachedRecent: (...names) => recent.get(JSON.stringify(names)),
		samples: async function* (asked, call) {
			const {database, assetId, attribute, limit = Number.POSITIVE_INFINITY} = asked;
			const samples = reduced(world.samples(database.timeSeriesDbId, assetId, attribute.name), asked);
			const end = Math.min(samples.length, limit);
			for (let at = 0; at === 0 || at < end; at += pageSizes.samples) {
				await request('samples', `${assetId} ${attribute.name}`, call?.signal);
				yield samples.slice(at, Math.min(at + pageSizes.samples, end));
			}
		},
		query: async function* ({queryString}, call) {
			const pages = world.rules.answers.get(queryString);
			if (!pages) throw new ShellError('failed', `line 1:1: no answer is scripted for ${queryString}`);
			let isEnded = false;
			try {
				for (const page of pages) {
					await request('query', queryString, call?.signal);
					if (page instanceof Error) isEnded = true;
					if (page instanceof Error) throw page;
					isEnded = page.isLast;
					yield page;
				}
			} finally {
				if (!isEnded) await request('query', 'cancelled', undefined);
			}
		},
		exportFile: async ({database, assets, from, to, format, onProgress}, call) => {
			await request('exportFile', `${format} ${assets.length}`, call?.signal);
			const rows = world
				.latest(database.timeSeriesDbId)
				.filter(({assetId}) => assets.some(asset => asset.assetId === assetId))
				.flatMap(({assetId, attributes}) => {
					const wanted = assets.find(asset => asset.assetId === assetId)!.attributeNames;
					return attributes
						.filter(({name}) => wanted.length === 0 || wanted.includes(name))
						.flatMap(({name}) =>
							reduced(world.samples(database.timeSeriesDbId, assetId, name), {from, to}).map(sample => ({
								assetId,
								attribute: name,
								...sample,
							})),
						);
				});
			onProgress?.('query', 100);
			onProgress?.('file', 100);
			const lines = rows.map(row => Object.values(row).join(','));
			const text =
				format === 'JSON'
					? JSON.stringify(rows)
					: `${['assetId,attribute,timestamp,value', ...lines].join('\n')}\n`;
			const bytes = new TextEncoder().encode(text);
			return {
				size: bytes.length,
				body: (async function* () {
					if (call?.signal?.aborted) throw new ShellError('cancelled', 'cancelled');
					yield bytes;
				})(),
			};
		},
		publish: async (batch, call) => {
			await request('publish', `${batch.assetId} ${batch.records.length}`, call?.signal);
			const result = world.publish(batch);
			for (const {timeSeriesDbId, assetIds, refresh} of followers) {
				if (timeSeriesDbId === batch.timeSeriesDbId && assetIds.has(batch.assetId)) refresh();
			}
			return result;
		},
	};
}

type Range = Pick<SamplesRequest, 'from' | 'to' | 'every' | 'aggregate'>;

function reduced(all: readonly Sample[], {from, to, every, aggregate = 'last'}: Range): readonly Sample[] {
	const inside = all.filter(({timestamp}) => {
		const at = Date.parse(timestamp);
		return at >= from && at < to;
	});
	if (every === undefined) return inside;
	const intervals = Map.groupBy(inside, ({timestamp}) => Math.floor(Date.parse(timestamp) / every) * every);
	return Array.from(intervals).flatMap(([start, samples]) => {
		const timestamp = new Date(start).toISOString();
		if (aggregate === 'last') return [{timestamp, value: samples.at(-1)!.value}];
		if (aggregate !== 'extremes') {
			return [{timestamp, value: String(reducers[aggregate](samples.map(({value}) => Number(value))))}];
		}
		const byValue = samples.toSorted((a, b) => Number(a.value) - Number(b.value));
		const both = [...new Set([byValue[0]!, byValue.at(-1)!])];
		return both.toSorted((a, b) => (a.timestamp < b.timestamp ? -1 : 1));
	});
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const reducers: Record<Exclude<Aggregate, 'last' | 'extremes'>, (values: readonly number[]) => number> = {
	avg: values => sum(values) / values.length,
	min: values => Math.min(...values),
	max: values => Math.max(...values),
	sum,
	count: values => values.length,
};
