import type {ApolloClient} from '@apollo/client';
import type {Asset, LatestValues} from '../../shell/time-series.ts';
import {LatestValuesDocument, type LatestValuesQuery} from '../operations/generated.ts';
import {withNews} from './asset-rows.ts';

/** Hears of a change of a database's latest values: the assets that have news. */
export type LatestListener = (changed: readonly Asset[]) => void;

/** The latest values as the Apollo cache keeps them, and their age, which it can't say. */
export type LatestCache = {
	readonly get: (timeSeriesDbId: string) => LatestValues | undefined;
	/** The outcome of a whole reading. */
	readonly put: (timeSeriesDbId: string, assets: readonly Asset[]) => LatestValues;
	/** Takes in what was learned of some assets outside of a reading. A database never read takes nothing. */
	readonly enter: (timeSeriesDbId: string, news: readonly Asset[]) => void;
	/** Until the function returned is called. */
	readonly listen: (timeSeriesDbId: string, listener: LatestListener) => () => void;
	readonly drop: (timeSeriesDbId: string) => void;
	readonly forget: () => void;
};

type Rows = NonNullable<LatestValuesQuery['timeSeriesDb_listAllAssetLastValues']>['data'];
type Held = {
	readonly rows: Rows;
	readonly latest: {-readonly [K in keyof LatestValues]: LatestValues[K]};
	/** Places of assets by their id. */
	places?: Map<string, number> | undefined;
};

/** Databases whose values are kept, the ones read last. */
const maxDatabases = 8;

/** `onNews` hears of everything that is entered or changed by a reading, of any database. */
export function createLatestCache(
	client: ApolloClient,
	onNews: (timeSeriesDbId: string, news: readonly Asset[]) => void,
): LatestCache {
	/** Read last comes last. */
	const held = new Map<string, Held>();
	const listeners = new Map<string, Set<LatestListener>>();
	const document = client.documentTransform.transformDocument(LatestValuesDocument);

	const hold = (timeSeriesDbId: string): Held | undefined => {
		const variables = {timeSeriesDbId};
		const data = client.readQuery({query: LatestValuesDocument, variables, optimistic: true});
		const rows = data?.timeSeriesDb_listAllAssetLastValues?.data;
		if (rows === undefined) return undefined;
		const known = held.get(timeSeriesDbId);
		if (known?.rows === rows) return known;
		const fetchedAt = known?.latest.fetchedAt ?? Date.now();
		// Only `write` makes them, of assets.
		const latest = {timeSeriesDbId, assets: rows as readonly Asset[], isComplete: true, fetchedAt};
		const fresh: Held = {rows, latest};
		held.set(timeSeriesDbId, fresh);
		return fresh;
	};
	const get = (timeSeriesDbId: string) => hold(timeSeriesDbId)?.latest;

	const write = (timeSeriesDbId: string, assets: readonly Asset[], changed: readonly Asset[]) => {
		onNews(timeSeriesDbId, changed);
		client.writeQuery({
			query: document,
			variables: {timeSeriesDbId},
			data: {
				timeSeriesDb_listAllAssetLastValues: {
					__typename: 'TimeSeriesLastValuesQueryResult',
					data: assets as Rows,
					clientToken: null,
					nextToken: null,
				},
			},
		});
		for (const listener of listeners.get(timeSeriesDbId) ?? []) listener(changed);
	};

	const drop = (timeSeriesDbId: string) => {
		held.delete(timeSeriesDbId);
		const args = {timeSeriesDbId};
		client.cache.evict({id: 'ROOT_QUERY', fieldName: 'timeSeriesDb_listAllAssetLastValues', args});
	};

	return {
		get,
		put: (timeSeriesDbId, assets) => {
			const known = get(timeSeriesDbId)?.assets;
			const before = new Set(known);
			const changed = assets.filter(asset => !before.has(asset));
			if (changed.length > 0 || known?.length !== assets.length) write(timeSeriesDbId, assets, changed);
			const {latest, ...rest} = hold(timeSeriesDbId)!;
			latest.fetchedAt = Date.now();
			held.delete(timeSeriesDbId);
			held.set(timeSeriesDbId, {latest, ...rest});
			for (const id of held.keys()) if (held.size > maxDatabases) drop(id);
			return latest;
		},
		enter: (timeSeriesDbId, news) => {
			const known = hold(timeSeriesDbId);
			onNews(timeSeriesDbId, news);
			if (!known) return;
			known.places ??= new Map(known.latest.assets.map(({assetId}, place) => [assetId, place]));
			const {places, latest} = known;
			let assets: Asset[] | undefined;
			const changed = new Map<string, Asset>();
			for (const asset of news) {
				const place = places.get(asset.assetId);
				const before = place === undefined ? undefined : (assets ?? latest.assets)[place];
				const after = withNews(before, asset);
				if (after === before) continue;
				assets ??= [...latest.assets];
				changed.set(after.assetId, after);
				if (place !== undefined) assets[place] = after;
				else places.set(after.assetId, assets.push(after) - 1);
			}
			if (!assets) return;
			write(timeSeriesDbId, assets, [...changed.values()]);
			const fresh = hold(timeSeriesDbId);
			if (fresh) fresh.places = places;
		},
		listen: (timeSeriesDbId, listener) => {
			const heard = listeners.get(timeSeriesDbId) ?? new Set();
			listeners.set(timeSeriesDbId, heard.add(listener));
			return () => {
				heard.delete(listener);
				if (heard.size === 0 && listeners.get(timeSeriesDbId) === heard) listeners.delete(timeSeriesDbId);
			};
		},
		drop,
		forget: () => {
			for (const timeSeriesDbId of [...held.keys()]) drop(timeSeriesDbId);
			client.cache.gc();
		},
	};
}
