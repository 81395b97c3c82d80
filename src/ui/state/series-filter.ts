import {go, type Prepared, prepare} from 'fuzzysort';
import {assetLabel} from '../../shell/asset-names.ts';
import type {Asset} from '../../shell/time-series.ts';

/** Matches of a filter that nothing holds literally. */
const fuzzyLimit = 200;
const fuzzyThreshold = 0.2;

/** The words of a filter, lower case. */
export function filterWords(filter: string | undefined): readonly string[] {
	return filter?.toLowerCase().split(/\s+/).filter(Boolean) ?? [];
}

/**
 * Those of the places whose asset's name, id or attributes hold every word of the filter; only when there is
 * none, those whose name holds its characters in order, best first.
 */
export function filteredPlaces(
	assets: readonly Asset[],
	places: readonly number[],
	filter: string | undefined,
): readonly number[] {
	const words = filterWords(filter);
	if (words.length === 0) return places;
	const holding = places.filter(place => {
		const text = textOf(assets[place]!);
		return words.every(word => text.includes(word));
	});
	if (holding.length > 0) return holding;
	const targets = places.map((place, rank) => ({
		place,
		rank,
		prepared: preparedName(assetLabel(assets[place]!)),
	}));
	const found = go(words.join(''), targets, {
		key: ({prepared}) => prepared,
		limit: fuzzyLimit,
		threshold: fuzzyThreshold,
	});
	// Equals stay in the order of their names.
	return [...found].sort((a, b) => b.score - a.score || a.obj.rank - b.obj.rank).map(({obj}) => obj.place);
}

const texts = new WeakMap<Asset, string>();

function textOf(asset: Asset): string {
	let text = texts.get(asset);
	if (text === undefined) {
		const names = asset.attributes.map(({name}) => name);
		text = [assetLabel(asset), asset.assetId, ...names].join('\n').toLowerCase();
		texts.set(asset, text);
	}
	return text;
}

/** By name, not by asset: an asset is another object after each of its changes. */
const preparedNames = new Map<string, Prepared>();
const preparedBound = 50_000;

function preparedName(name: string): Prepared {
	let prepared = preparedNames.get(name);
	if (!prepared) {
		if (preparedNames.size >= preparedBound) preparedNames.clear();
		prepared = prepare(name);
		preparedNames.set(name, prepared);
	}
	return prepared;
}
