import type {ApolloClient} from '@apollo/client';
import type {Following, TimeSeries} from '../shell/time-series.ts';
import type {Transfers} from './presigned.ts';
import type {LoadedTimeSeries} from './time-series/parts.ts';

/** Time series, loaded by the first use of them: a session among files has none. */
export function createTimeSeries(
	transfers: Transfers,
	client: ApolloClient,
): {
	readonly timeSeries: TimeSeries;
	/** Forgets what is cached of them. */
	readonly forget: () => void;
	/** Ends what is being followed. */
	readonly close: () => void;
} {
	let loading: Promise<LoadedTimeSeries> | undefined;
	let loaded: LoadedTimeSeries | undefined;
	let isClosed = false;
	const load = (): Promise<LoadedTimeSeries> => {
		loading ??= import('./time-series/parts.ts').then(({loadTimeSeries}) => {
			loaded = loadTimeSeries(transfers, client);
			return loaded;
		});
		return loading;
	};

	const watchLatest: TimeSeries['watchLatest'] = (timeSeriesDbId, options) => {
		let following: Following | undefined;
		let followed: readonly string[] = [];
		let ended = false;
		load().then(
			parts => {
				if (ended || isClosed) return;
				following = parts.watchLatest(timeSeriesDbId, options);
				following.follow(followed);
			},
			(error: Error) => options.onError?.(error),
		);
		return {
			follow: assetIds => {
				followed = assetIds;
				following?.follow(assetIds);
			},
			close: () => {
				ended = true;
				following?.close();
			},
		};
	};

	const timeSeries: TimeSeries = {
		listDatabases: async read => (await load()).listDatabases(read),
		cachedDatabases: () => loaded?.cachedDatabases(),
		createDatabase: async (input, call) => (await load()).createDatabase(input, call),
		deleteDatabase: async (timeSeriesDbId, call) => (await load()).deleteDatabase(timeSeriesDbId, call),
		latest: async (timeSeriesDbId, read) => (await load()).latest(timeSeriesDbId, read),
		cachedLatest: timeSeriesDbId => loaded?.cachedLatest(timeSeriesDbId),
		watchLatest,
		recent: async (database, assets, call) => (await load()).recent(database, assets, call),
		cachedRecent: (...place) => loaded?.cachedRecent(...place),
		samples: async function* (request, call) {
			yield* (await load()).samples(request, call);
		},
		query: async function* (request, call) {
			yield* (await load()).query(request, call);
		},
		exportFile: async (request, call) => (await load()).exportFile(request, call),
		publish: async (request, call) => (await load()).publish(request, call),
	};
	return {
		timeSeries,
		forget: () => loaded?.forget(),
		close: () => {
			isClosed = true;
			loaded?.close();
		},
	};
}
