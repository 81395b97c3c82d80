import {isNumericType} from '../../shell/numeric.ts';
import type {Asset, Sample, TimeSeries} from '../../shell/time-series.ts';

/** The newest samples of one asset, by attribute, oldest first. */
type Known = {readonly series: Map<string, readonly Sample[]>; readonly readAt: number};

export type RecentStore = {
	readonly get: TimeSeries['cachedRecent'];
	/** Epoch, ms: when an asset was read last. */
	readonly readAt: (timeSeriesDbId: string, assetId: string) => number | undefined;
	/** What a reading found of an asset. */
	readonly put: (
		timeSeriesDbId: string,
		assetId: string,
		found: ReadonlyMap<string, readonly Sample[]>,
		readAt: number,
	) => void;
	/** Adds newer samples to those of assets that have been read. */
	readonly extend: (timeSeriesDbId: string, news: readonly Asset[]) => void;
	readonly drop: (timeSeriesDbId: string) => void;
	readonly forget: () => void;
};

/** Samples kept of an attribute. */
export const maxSamples = 64;

/** Assets kept, those read last: five attributes each take some 20 MB. */
const maxAssets = 500;

export function createRecentStore(): RecentStore {
	/** By database and asset; read last comes last. */
	const assets = new Map<string, Known>();
	const key = (timeSeriesDbId: string, assetId: string) => `${timeSeriesDbId}\n${assetId}`;
	return {
		get: (timeSeriesDbId, assetId, attribute) =>
			assets.get(key(timeSeriesDbId, assetId))?.series.get(attribute),
		readAt: (timeSeriesDbId, assetId) => assets.get(key(timeSeriesDbId, assetId))?.readAt,
		put: (timeSeriesDbId, assetId, found, readAt) => {
			const place = key(timeSeriesDbId, assetId);
			const series = new Map(assets.get(place)?.series);
			for (const [attribute, samples] of found) {
				const known = series.get(attribute);
				series.set(attribute, known && isSame(known, samples) ? known : samples);
			}
			assets.delete(place);
			assets.set(place, {series, readAt});
			for (const oldest of assets.keys()) {
				if (assets.size <= maxAssets) break;
				assets.delete(oldest);
			}
		},
		extend: (timeSeriesDbId, news) => {
			for (const {assetId, attributes} of news) {
				const known = assets.get(key(timeSeriesDbId, assetId));
				if (!known) continue;
				for (const {name, attributeType, lastValue, lastValueTime} of attributes) {
					if (!isNumericType(attributeType) || lastValue === null || lastValueTime === null) continue;
					const samples = known.series.get(name) ?? [];
					const extended = withSample(samples, {timestamp: lastValueTime, value: lastValue});
					if (extended !== samples) known.series.set(name, extended);
				}
			}
		},
		drop: timeSeriesDbId => {
			for (const place of [...assets.keys()]) {
				if (place.startsWith(key(timeSeriesDbId, ''))) assets.delete(place);
			}
		},
		forget: () => assets.clear(),
	};
}

/** What is older than the newest is not missed: a reading had it. */
function withSample(samples: readonly Sample[], sample: Sample): readonly Sample[] {
	const newest = samples.at(-1);
	if (!newest) return [sample];
	// Without the Z, which would come after a further digit.
	const [at, before] = [sample.timestamp.slice(0, -1), newest.timestamp.slice(0, -1)];
	if (at < before || (at === before && sample.value === newest.value)) return samples;
	return at === before ? [...samples.slice(0, -1), sample] : [...samples.slice(1 - maxSamples), sample];
}

function isSame(one: readonly Sample[], other: readonly Sample[]): boolean {
	return (
		one.length === other.length &&
		one.every(({timestamp, value}, at) => timestamp === other[at]!.timestamp && value === other[at]!.value)
	);
}
