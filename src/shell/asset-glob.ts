import {assetLabel, assetsNamed, assetWord} from './asset-names.ts';
import {knownAssets} from './assets.ts';
import type {Kind} from './command.ts';
import {hasGlob, nameMatcher, unescapePattern} from './glob.ts';
import {compareNames} from './listing.ts';
import type {Where} from './lookup.ts';
import type {Asset} from './time-series.ts';

/**
 * What a pattern over the selected database's names stands for, sorted: assets as words that name them;
 * attributes of the assets `named` before it in the line or, without any, of all. A name that is spelled
 * just like the pattern is meant. Empty when nothing matches.
 */
export async function expandAssets(
	where: Where,
	pattern: string,
	kind: Kind,
	named: readonly string[],
): Promise<readonly string[]> {
	const {assets} = await knownAssets(where);
	const literal = unescapePattern(pattern);
	if (kind === 'attribute') return attributesLike(among(assets, named), pattern, literal);
	if (assetsNamed(assets, literal).length > 0) return [literal];
	const found = assetsLike(assets, pattern);
	if (found.length > 0) return found.map(asset => assetWord(assets, asset));
	if (kind === 'selection') return selectionsLike(assets, pattern);
	return kind === 'series' ? attributesLike(among(assets, named), pattern, literal) : [];
}

/** Those whose whole name, or id, a glob matches; without a glob those whose name or id holds the text, case apart. */
export function assetsMatching(assets: readonly Asset[], pattern: string): readonly Asset[] {
	if (hasGlob(pattern)) return assetsLike(assets, pattern);
	const named = assetsNamed(assets, pattern);
	if (named.length > 0 && pattern.startsWith('id:')) return named;
	const text = unescapePattern(pattern).toLowerCase();
	return assets.filter(asset =>
		[assetLabel(asset), asset.assetId].some(word => word.toLowerCase().includes(text)),
	);
}

/** By name; where no name matches, by id. */
function assetsLike(assets: readonly Asset[], pattern: string): readonly Asset[] {
	if (pattern.startsWith('id:')) return idsLike(assets, pattern.slice(3));
	const matches = nameMatcher(pattern);
	const found = assets.filter(asset => matches(assetLabel(asset)));
	return found.length > 0 ? sorted(found) : idsLike(assets, pattern);
}

function idsLike(assets: readonly Asset[], pattern: string): readonly Asset[] {
	const matches = nameMatcher(pattern);
	return sorted(assets.filter(({assetId}) => matches(assetId)));
}

function sorted(assets: readonly Asset[]): readonly Asset[] {
	return assets.toSorted((a, b) => compareNames(assetLabel(a), assetLabel(b)));
}

function among(assets: readonly Asset[], words: readonly string[]): readonly Asset[] {
	const found = words.flatMap(word => assetsNamed(assets, word));
	return found.length > 0 ? found : assets;
}

function attributesLike(assets: readonly Asset[], pattern: string, literal: string): readonly string[] {
	const names = [...new Set(assets.flatMap(({attributes}) => attributes.map(({name}) => name)))];
	return names.includes(literal) ? [literal] : names.filter(nameMatcher(pattern));
}

/** `Feeder*:A?kW`: the longest name in front of a colon that an asset bears counts. */
function selectionsLike(assets: readonly Asset[], pattern: string): readonly string[] {
	for (let colon = pattern.lastIndexOf(':'); colon > 0; colon = pattern.lastIndexOf(':', colon - 1)) {
		const name = pattern.slice(0, colon);
		const list = pattern.slice(colon + 1);
		const literal = assetsNamed(assets, unescapePattern(name));
		const found = literal.length > 0 ? literal : assetsLike(assets, name);
		if (found.length === 0) continue;
		return found.flatMap(asset => {
			const attributes = listed(asset, list);
			if (attributes.length === 0) return [];
			const word = found === literal ? unescapePattern(name) : assetWord(assets, asset);
			return [`${word}:${attributes.join(',')}`];
		});
	}
	return [];
}

function listed(asset: Asset, list: string): readonly string[] {
	return hasGlob(list)
		? [...new Set(list.split(',').flatMap(one => attributesLike([asset], one, unescapePattern(one))))]
		: [unescapePattern(list)];
}
