import type {Asset, LatestValues, TimeSeries} from '../../shell/time-series.ts';
import {cancelled} from '../faults.ts';
import type {Questions} from '../questions.ts';
import {createSharedWork} from '../shared-work.ts';
import {keepKnown, withNews} from './asset-rows.ts';
import type {LatestCache} from './latest-cache.ts';
import {readLatestPages} from './latest-pages.ts';

/** The latest values, out of the cache where it is fresh, and kept true by events and by own writes. */
export type Latest = Pick<TimeSeries, 'latest' | 'cachedLatest'> &
	Pick<LatestCache, 'enter' | 'listen' | 'drop' | 'forget'>;

type OnPage = (latest: LatestValues) => void;
/** A reading under way: who hears of its pages, and what was entered since, which it may not know of. */
type Reading = {readonly onPage: Set<OnPage>; readonly news: Asset[]; pages?: LatestValues};

const defaultMaxAge = 30_000;

export function createLatest(cache: LatestCache, questions: Questions): Latest {
	const work = createSharedWork<LatestValues>();
	const readings = new Map<string, Reading>();

	const read = async (timeSeriesDbId: string, signal: AbortSignal): Promise<LatestValues> => {
		const reading: Reading = {onPage: new Set(), news: []};
		readings.set(timeSeriesDbId, reading);
		const known = (assets: ReadonlyMap<string, Asset>) => {
			const before = new Map(cache.get(timeSeriesDbId)?.assets.map(asset => [asset.assetId, asset]));
			const fresh = new Map(assets);
			for (const asset of reading.news) {
				fresh.set(asset.assetId, withNews(fresh.get(asset.assetId), asset));
			}
			return Array.from(fresh.values(), asset => keepKnown(before.get(asset.assetId), asset));
		};
		try {
			const assets = await readLatestPages(questions, timeSeriesDbId, {
				signal,
				onPage: soFar => {
					reading.pages = {timeSeriesDbId, assets: known(soFar), isComplete: false, fetchedAt: Date.now()};
					for (const tell of reading.onPage) tell(reading.pages);
				},
			});
			return cache.put(timeSeriesDbId, known(assets));
		} finally {
			if (readings.get(timeSeriesDbId) === reading) readings.delete(timeSeriesDbId);
		}
	};

	return {
		latest: async (timeSeriesDbId, {signal, maxAge = defaultMaxAge, onPage} = {}) => {
			if (signal?.aborted) throw cancelled(signal.reason);
			questions.check();
			const cached = cache.get(timeSeriesDbId);
			if (cached && Date.now() - cached.fetchedAt < maxAge) return cached;
			const joined = work.join(timeSeriesDbId, signal, stop => read(timeSeriesDbId, stop));
			const reading = readings.get(timeSeriesDbId);
			if (!onPage || !reading) return joined;
			reading.onPage.add(onPage);
			if (reading.pages) onPage(reading.pages);
			return joined.finally(() => reading.onPage.delete(onPage));
		},
		cachedLatest: cache.get,
		enter: (timeSeriesDbId, news) => {
			readings.get(timeSeriesDbId)?.news.push(...news);
			cache.enter(timeSeriesDbId, news);
		},
		listen: cache.listen,
		drop: cache.drop,
		forget: () => {
			work.detach();
			cache.forget();
		},
	};
}
