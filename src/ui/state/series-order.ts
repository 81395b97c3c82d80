import {assetLabel} from '../../shell/asset-names.ts';
import {compareNames} from '../../shell/listing.ts';
import type {Asset} from '../../shell/time-series.ts';
import type {Series, SeriesSort} from './series.ts';
import {filteredPlaces} from './series-filter.ts';

/** Which assets are shown, and in which order. */
export type SeriesOrder = {
	/** Places in the array of assets. */
	readonly places: readonly number[];
	/** Where in `places` an asset stands, by its id. */
	readonly positions: ReadonlyMap<string, number>;
};

type Wanted = Pick<Series, 'filter' | 'sort'> & {
	/** How much the asset's last change was, relative to the value; 0 when none was seen. */
	readonly changeOf: (asset: Asset) => number;
	/** Epoch, ms. */
	readonly now: number;
};

/** Rows that swap places several times a second can't be read: an order by what changes stands so long, ms. */
const rest = 5_000;

/**
 * Orders assets and remembers it: values that change cost nothing but a look at each asset while names and
 * filter stay, and an order by age or change is made anew every few seconds.
 */
export function createSeriesOrder(): (assets: readonly Asset[], wanted: Wanted) => SeriesOrder {
	let named: {readonly assets: readonly Asset[]; readonly byName: readonly number[]} | undefined;
	let made:
		| (Pick<Series, 'filter' | 'sort'> & {
				readonly byName: readonly number[];
				readonly assets: readonly Asset[];
				readonly at: number;
				readonly order: SeriesOrder;
		  })
		| undefined;

	const byNameOf = (assets: readonly Asset[]): readonly number[] => {
		const byName = named && haveSameNames(named.assets, assets) ? named.byName : sortedByName(assets);
		named = {assets, byName};
		return byName;
	};

	return (assets, {filter, sort, changeOf, now}) => {
		const byName = byNameOf(assets);
		const stands =
			made?.byName === byName &&
			made.filter === filter &&
			made.sort === sort &&
			(sort === 'name' || made.assets === assets || now - made.at < rest);
		if (stands && made) return made.order;
		const places = sorted(filteredPlaces(assets, byName, filter), assets, sort, changeOf);
		const order = {places, positions: new Map(places.map((place, at) => [assets[place]!.assetId, at]))};
		made = {byName, filter, sort, assets, at: now, order};
		return order;
	};
}

function haveSameNames(before: readonly Asset[], after: readonly Asset[]): boolean {
	if (before === after) return true;
	if (before.length !== after.length) return false;
	return after.every((asset, place) => {
		const old = before[place]!;
		return (
			asset === old ||
			(asset.assetId === old.assetId &&
				asset.name === old.name &&
				asset.attributes.length === old.attributes.length)
		);
	});
}

function sortedByName(assets: readonly Asset[]): readonly number[] {
	const labels = assets.map(assetLabel);
	return Array.from(labels, (_, place) => place).sort((a, b) => compareNames(labels[a]!, labels[b]!));
}

function sorted(
	places: readonly number[],
	assets: readonly Asset[],
	sort: SeriesSort,
	changeOf: Wanted['changeOf'],
): readonly number[] {
	if (sort === 'name') return places;
	const keyOf = {
		newest: (asset: Asset) => -(newestSample(asset) ?? Number.NEGATIVE_INFINITY),
		oldest: (asset: Asset) => newestSample(asset) ?? Number.POSITIVE_INFINITY,
		change: (asset: Asset) => -changeOf(asset),
	}[sort];
	const keys = new Map(places.map(place => [place, keyOf(assets[place]!)]));
	// Equal ones, infinite ones included, stay in the order of their names.
	return places.toSorted((a, b) => {
		const [first, second] = [keys.get(a)!, keys.get(b)!];
		return first === second ? 0 : first - second;
	});
}

const newest = new WeakMap<Asset, number | null>();

/** Epoch, ms, of the newest sample of any attribute; undefined where there is none. */
export function newestSample(asset: Asset): number | undefined {
	let time = newest.get(asset);
	if (time === undefined) {
		// Times in UTC of the same form: the greatest text is the latest.
		let latest = '';
		for (const {lastValueTime} of asset.attributes) {
			if (lastValueTime !== null && lastValueTime > latest) latest = lastValueTime;
		}
		const at = Date.parse(latest);
		time = Number.isNaN(at) ? null : at;
		newest.set(asset, time);
	}
	return time ?? undefined;
}
