import type {Asset, Attribute, MeasureValueType} from '../../shell/time-series.ts';
import {isBefore, toInstant} from './times.ts';

/** An asset as the Exchange answers. Nothing of it is certain. */
export type AssetRow = {
	readonly assetId: string;
	readonly name?: string | null;
	readonly attributes?: readonly (AttributeRow | null)[] | null;
};

type AttributeRow = {
	readonly name: string;
	readonly attributeType?: MeasureValueType | null | undefined;
	readonly lastValue?: string | null;
	readonly lastValueTime?: string | null;
	readonly data?: readonly ({readonly timestamp: string; readonly value: string} | null)[] | null;
};

type Rows = readonly (AssetRow | null)[] | null | undefined;

/** The assets of some rows; null rows and rows without an id or a name are absent. */
export function toAssets(rows: Rows): readonly Asset[] {
	return present(rows).map(row => toAsset(row, attributesOf(row).map(toAttribute)));
}

/**
 * What an event says of assets: an attribute for each sample it lists, in order of time, and one for the latest
 * value. Either may be missing, where the publisher has not asked for it.
 */
export function toNews(rows: Rows): readonly Asset[] {
	return present(rows).map(row => {
		const news = attributesOf(row).flatMap(attribute => [
			...samplesOf(attribute).toSorted((one, other) =>
				isBefore(one.lastValueTime, other.lastValueTime) ? -1 : 1,
			),
			toAttribute(attribute),
		]);
		return toAsset(
			row,
			news.filter(({lastValueTime}) => lastValueTime !== null),
		);
	});
}

function present(rows: Rows): readonly AssetRow[] {
	return listOf(rows).filter((row): row is AssetRow => Boolean(row?.assetId));
}

function attributesOf({attributes}: AssetRow): readonly AttributeRow[] {
	return listOf(attributes).filter((row): row is AttributeRow => Boolean(row?.name));
}

/** An event is not checked against the schema: what should be a list may be anything. */
function listOf<T>(list: readonly T[] | null | undefined): readonly T[] {
	return Array.isArray(list) ? list : [];
}

function toAsset({assetId, name}: AssetRow, attributes: readonly Attribute[]): Asset {
	return {assetId, name: name ?? null, attributes};
}

function samplesOf({name, attributeType, data}: AttributeRow): readonly Attribute[] {
	return listOf(data)
		.filter(sample => sample !== null)
		.map(({value, timestamp}) =>
			toAttribute({name, attributeType, lastValue: value, lastValueTime: timestamp}),
		);
}

function toAttribute({name, attributeType, lastValue, lastValueTime}: AttributeRow): Attribute {
	return {
		name,
		attributeType: attributeType ?? 'VARCHAR',
		lastValue: lastValue ?? null,
		lastValueTime: toInstant(lastValueTime),
	};
}

/**
 * Takes in what was learned of an asset: of each attribute the value that is not older, attributes and a name
 * it did not have. The same object when nothing is new.
 */
export function withNews(known: Asset | undefined, news: Asset): Asset {
	if (!known) return withNews({...news, attributes: []}, news);
	let attributes: Attribute[] | undefined;
	for (const attribute of news.attributes) {
		const list = attributes ?? known.attributes;
		const at = list.findIndex(({name}) => name === attribute.name);
		const before = list[at];
		if (before && (isSame(before, attribute) || isBefore(attribute.lastValueTime, before.lastValueTime))) {
			continue;
		}
		attributes ??= [...known.attributes];
		if (before) attributes[at] = attribute;
		else attributes.push(attribute);
	}
	const name = news.name ?? known.name;
	if (!attributes && name === known.name) return known;
	return {...known, name, attributes: attributes ?? known.attributes};
}

/** An asset as the Exchange says it is now: the object that is known already, where nothing has changed. */
export function keepKnown(known: Asset | undefined, fresh: Asset): Asset {
	if (!known) return fresh;
	let isKept = known.name === fresh.name && known.attributes.length === fresh.attributes.length;
	const attributes = fresh.attributes.map((attribute, index) => {
		const inPlace = known.attributes[index];
		if (inPlace && isSame(inPlace, attribute)) return inPlace;
		isKept = false;
		return attribute;
	});
	return isKept ? known : {...fresh, attributes};
}

/** A fresh list of assets with the objects that are known already, place by place. */
export function keepKnownAssets(
	known: readonly Asset[] | undefined,
	fresh: readonly Asset[],
): readonly Asset[] {
	if (!known) return fresh;
	return fresh.map((asset, place) => {
		const inPlace = known[place];
		if (inPlace === asset || inPlace?.assetId !== asset.assetId) return asset;
		return keepKnown(inPlace, asset);
	});
}

function isSame(one: Attribute, other: Attribute): boolean {
	return (
		one.name === other.name &&
		one.lastValue === other.lastValue &&
		one.lastValueTime === other.lastValueTime &&
		one.attributeType === other.attributeType
	);
}
