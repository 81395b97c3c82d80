import {type AssetOrder, assetLabel, assetOrder, assetWord} from './asset-names.ts';
import {type Candidate, joinOffers, type Offer} from './completion.ts';
import {leadingAttribute} from './leading-attribute.ts';
import {quoteWord} from './quote.ts';
import {indexNames, type NameIndex, rankNames} from './rank.ts';
import type {Asset, Attribute} from './time-series.ts';

type Indexes = {readonly labels: NameIndex; readonly ids: NameIndex};

/** Ranking 10,000 names needs them prepared: once, however often the values change. */
const indexes = new WeakMap<AssetOrder, Indexes>();

function indexOf(order: AssetOrder): Indexes {
	let index = indexes.get(order);
	if (!index) {
		index = {labels: indexNames(order.labels), ids: indexNames(order.ids)};
		indexes.set(order, index);
	}
	return index;
}

/**
 * Assets by name, with the latest value of each; where no name begins as typed, also `others` and those
 * whose id holds it. `end` comes after the word.
 */
export function completeAssets(
	text: string,
	assets: readonly Asset[],
	end: string,
	others?: () => Offer,
): Offer {
	if (text.startsWith('id:')) return explicitIds(text, assets, end);
	const named = byName(text, assets, end);
	const offer = others ? joinOffers(named, others()) : named;
	return offer.begins || text === '' ? offer : joinOffers(offer, byId(text, assets, end));
}

function byName(text: string, assets: readonly Asset[], end: string): Offer {
	const order = assetOrder(assets);
	const {matches, ...ranked} = rankNames(indexOf(order).labels, text);
	const candidates = matches.map(({place, indexes}): Candidate => {
		const asset = assets[order.places[place]!]!;
		const word = assetWord(assets, asset);
		// Names that others bear too are told apart.
		const label = word === asset.name ? word : labelWithId(asset);
		return {insert: quoteWord(word) + end, label, kind: 'asset', indexes, ...leading(asset)};
	});
	return {...ranked, candidates, pending: false};
}

function byId(text: string, assets: readonly Asset[], end: string): Offer {
	const order = assetOrder(assets);
	const {matches, ...ranked} = rankNames(indexOf(order).ids, text);
	const candidates = matches.map(({place, indexes}): Candidate => {
		const asset = assets[order.places[place]!]!;
		const label = labelWithId(asset);
		const start = label.lastIndexOf(asset.assetId);
		const insert = quoteWord(assetWord(assets, asset)) + end;
		return {insert, label, kind: 'asset', indexes: indexes.map(index => start + index), ...leading(asset)};
	});
	return {...ranked, candidates, common: undefined, pending: false};
}

/** Behind `id:` only ids count, and the word stays one. */
function explicitIds(text: string, assets: readonly Asset[], end: string): Offer {
	const order = assetOrder(assets);
	const {matches, common, ...ranked} = rankNames(indexOf(order).ids, text.slice(3));
	const candidates = matches.map(({place, indexes}): Candidate => {
		const asset = assets[order.places[place]!]!;
		const label = `id:${asset.assetId}`;
		const shifted = indexes.map(index => index + 3);
		return {insert: quoteWord(label) + end, label, kind: 'asset', indexes: shifted, ...leading(asset)};
	});
	return {...ranked, candidates, common: common === undefined ? undefined : `id:${common}`, pending: false};
}

function labelWithId(asset: Asset): string {
	const name = assetLabel(asset);
	return name === asset.assetId ? name : `${name} (${asset.assetId})`;
}

function leading(asset: Asset): Pick<Candidate, 'attribute' | 'lastValue' | 'lastValueTime'> {
	const attribute = leadingAttribute(asset);
	return attribute ? {attribute: attribute.name, ...latestOf(attribute)} : {};
}

/** What a candidate says of an attribute's latest sample. */
export function latestOf({
	lastValue,
	lastValueTime,
}: Attribute): Pick<Candidate, 'lastValue' | 'lastValueTime'> {
	return {lastValue, lastValueTime};
}
