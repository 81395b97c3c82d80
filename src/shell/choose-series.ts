import {assetLabel, assetsNamed} from './asset-names.ts';
import {ShellError} from './errors.ts';
import {attributeHint, findAsset, findAttribute} from './find-asset.ts';
import {shownWord} from './quote.ts';
import {closest} from './suggest.ts';
import type {Asset, Attribute} from './time-series.ts';

/** An asset with those of its attributes that are meant. */
export type Chosen = {readonly asset: Asset; readonly attributes: readonly Attribute[]};

/** As `resolveSeries`, of assets at hand. */
export function chooseSeries(assets: readonly Asset[], words: readonly string[]): readonly Chosen[] {
	const named = new Set<Asset>();
	const names = new Set<string>();
	for (const word of words) {
		if (assetsNamed(assets, word).length > 0 || word.startsWith('id:')) named.add(findAsset(assets, word));
		else names.add(word);
	}
	const among = named.size > 0 ? [...named] : assets;
	if (names.size === 0) return among.map(asset => ({asset, attributes: asset.attributes}));
	const found = new Set<string>();
	const chosen = among.flatMap(asset => {
		const attributes = [...names].flatMap(
			name => asset.attributes.find(attribute => attribute.name === name) ?? [],
		);
		for (const {name} of attributes) found.add(name);
		return attributes.length > 0 ? [{asset, attributes}] : [];
	});
	const missing = [...names].find(name => !found.has(name));
	if (missing !== undefined) throw noSuchSeries(missing, assets, among, named.size > 0);
	return chosen;
}

function noSuchSeries(
	word: string,
	assets: readonly Asset[],
	among: readonly Asset[],
	areNamed: boolean,
): ShellError {
	const attributes = [...new Set(among.flatMap(asset => asset.attributes.map(({name}) => name)))];
	const meant = closest(word, [...attributes, ...assets.map(assetLabel)]);
	const hint = meant === undefined ? undefined : `did you mean ${meant}?`;
	if (!areNamed) {
		return new ShellError('not-found', `${shownWord(word)}: no such asset or attribute`, {
			hint: hint ?? 'try `assets`',
		});
	}
	const of = among.length === 1 ? assetLabel(among[0]!) : `these ${among.length} assets`;
	return new ShellError('not-found', `${shownWord(word)}: no such attribute of ${of}`, {
		hint: hint ?? attributeHint(word, attributes),
	});
}

/** As `resolveSelection`, of assets at hand. */
export function chooseSelection(assets: readonly Asset[], words: readonly string[]): readonly Chosen[] {
	const chosen = new Map<Asset, Set<Attribute>>();
	for (const word of words) {
		const {name, list} = splitSelection(assets, word);
		const asset = findAsset(assets, name);
		const attributes = list === undefined ? asset.attributes : attributesIn(asset, list);
		const all = chosen.get(asset) ?? new Set();
		for (const attribute of attributes) all.add(attribute);
		chosen.set(asset, all);
	}
	return [...chosen].map(([asset, attributes]) => ({asset, attributes: [...attributes]}));
}

/** A word of kind `selection` as the name of an asset and what comes behind its colon, if there is one. */
export function splitSelection(
	assets: readonly Asset[],
	word: string,
): {readonly name: string; readonly list: string | undefined} {
	if (assetsNamed(assets, word).length > 0) return {name: word, list: undefined};
	for (let colon = word.lastIndexOf(':'); colon > 0; colon = word.lastIndexOf(':', colon - 1)) {
		const name = word.slice(0, colon);
		if (assetsNamed(assets, name).length > 0) return {name, list: word.slice(colon + 1)};
	}
	const colon = word.indexOf(':', word.startsWith('id:') ? 3 : 0);
	return colon === -1
		? {name: word, list: undefined}
		: {name: word.slice(0, colon), list: word.slice(colon + 1)};
}

/** The attributes of a list such as `A kW,B kW`; of several readings the longest names count. */
function attributesIn(asset: Asset, list: string): readonly Attribute[] {
	const pieces = list.split(',');
	const attributes: Attribute[] = [];
	for (let at = 0; at < pieces.length; ) {
		let end = pieces.length;
		const name = () => pieces.slice(at, end).join(',');
		while (end > at + 1 && !asset.attributes.some(attribute => attribute.name === name())) end--;
		attributes.push(findAttribute(asset, name()));
		at = end;
	}
	return attributes;
}
