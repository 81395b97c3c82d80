import {compareNames} from './listing.ts';
import type {Asset} from './time-series.ts';

export type AssetIndex = {
	readonly byName: ReadonlyMap<string, readonly Asset[]>;
	readonly byId: ReadonlyMap<string, Asset>;
};

const indexes = new WeakMap<readonly Asset[], AssetIndex>();

/** The assets by what they can be called; made once for the same array. */
export function assetIndex(assets: readonly Asset[]): AssetIndex {
	let index = indexes.get(assets);
	if (!index) {
		index = {
			byName: Map.groupBy(
				assets.filter(({name}) => name !== null && name !== ''),
				({name}) => name!,
			),
			byId: new Map(assets.map(asset => [asset.assetId, asset])),
		};
		indexes.set(assets, index);
	}
	return index;
}

/** All assets that `word` names: by name, else by id, with or without `id:` in front. */
export function assetsNamed(assets: readonly Asset[], word: string): readonly Asset[] {
	const {byName, byId} = assetIndex(assets);
	const named = byName.get(word);
	if (named) return named;
	const asset = byId.get(word) ?? (word.startsWith('id:') ? byId.get(word.slice(3)) : undefined);
	return asset ? [asset] : [];
}

/** What a person calls an asset: its name or, where it has none, its id. */
export function assetLabel({name, assetId}: Pick<Asset, 'assetId' | 'name'>): string {
	return name === null || name === '' ? assetId : name;
}

/** A word that names this asset and no other: its name, or `id:…` where another bears it. */
export function assetWord(assets: readonly Asset[], asset: Asset): string {
	const {byName} = assetIndex(assets);
	const isOnly = asset.name !== null && byName.get(asset.name)?.length === 1;
	return isOnly && !asset.name.startsWith('-') ? asset.name : `id:${asset.assetId}`;
}

/** Assets in the order a person reads them: by name, numbers by value. */
export type AssetOrder = {
	/** Places in the assets, in order. */
	readonly places: readonly number[];
	/** Names and ids by these places: of the first asset in order first. */
	readonly labels: readonly string[];
	readonly ids: readonly string[];
};

const orders = new WeakMap<readonly Asset[], AssetOrder>();
/** The latest orders by how many words they are of. */
const known = new Map<number, {readonly words: readonly string[]; readonly order: AssetOrder}>();

/** Made once for the same array, and the same object as long as only values have changed. */
export function assetOrder(assets: readonly Asset[]): AssetOrder {
	let order = orders.get(assets);
	if (order) return order;
	const words = assets.flatMap(asset => [assetLabel(asset), asset.assetId]);
	// Values change several times a second, names hardly ever: sorting 10,000 takes longer than a frame.
	const before = known.get(words.length);
	order = before?.words.every((word, at) => word === words[at]) ? before.order : orderOf(assets);
	known.delete(words.length);
	known.set(words.length, {words, order});
	if (known.size > 8) known.delete(known.keys().next().value!);
	orders.set(assets, order);
	return order;
}

function orderOf(assets: readonly Asset[]): AssetOrder {
	const labels = assets.map(assetLabel);
	const places = Array.from(assets, (_, place) => place);
	places.sort((a, b) => compareNames(labels[a]!, labels[b]!));
	return {
		places,
		labels: places.map(place => labels[place]!),
		ids: places.map(place => assets[place]!.assetId),
	};
}

/** The assets by name, numbers by value. */
export function sortedAssets(assets: readonly Asset[]): readonly Asset[] {
	return assetOrder(assets).places.map(place => assets[place]!);
}
