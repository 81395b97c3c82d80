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
