import {sortedAssets} from '../../shell/asset-names.ts';
import type {Chosen} from '../../shell/assets.ts';
import type {Column, Row} from '../../shell/command.ts';
import {compareNames} from '../../shell/listing.ts';
import {numberOf} from '../../shell/numeric.ts';
import type {Asset, Attribute, TimeSeries} from '../../shell/time-series.ts';

/** One attribute of an asset with its latest sample, in the API's words. */
export type LatestRow = Row & {
	readonly assetId: string;
	readonly name: string | null;
	readonly attribute: string;
	readonly attributeType: Attribute['attributeType'];
	readonly lastValue: string | null;
	readonly lastValueTime: string | null;
};

export const sortKeys = ['name', 'attribute', 'value', 'time'] as const;
export type SortKey = (typeof sortKeys)[number];

/** Rows in order: by asset and there as chosen, by attribute, the largest value or the newest sample first. */
export function latestRows(
	chosen: readonly Chosen[],
	by: SortKey,
	isReversed: boolean,
): readonly LatestRow[] {
	const attributesOf = new Map(chosen.map(({asset, attributes}) => [asset, attributes]));
	const assets = sortedAssets(chosen.map(({asset}) => asset));
	const rows = assets.flatMap(asset => attributesOf.get(asset)!.map(attribute => rowOf(asset, attribute)));
	if (by !== 'name') rows.sort(orders[by]);
	return isReversed ? rows.reverse() : rows;
}

const rowsOf = new WeakMap<Attribute, LatestRow>();

/** An attribute that has not changed is the same row. */
function rowOf({assetId, name}: Asset, attribute: Attribute): LatestRow {
	let row = rowsOf.get(attribute);
	if (!row || row.assetId !== assetId || row.name !== name) {
		const {name: attributeName, attributeType, lastValue, lastValueTime} = attribute;
		row = {assetId, name, attribute: attributeName, attributeType, lastValue, lastValueTime};
		rowsOf.set(attribute, row);
	}
	return row;
}

type Order = (a: LatestRow, b: LatestRow) => number;

const orders: Record<Exclude<SortKey, 'name'>, Order> = {
	attribute: (a, b) => compareNames(a.attribute, b.attribute),
	value: (a, b) => rankOf(b) - rankOf(a) || compareNames(a.lastValue ?? '', b.lastValue ?? ''),
	time: (a, b) => (a.lastValueTime === b.lastValueTime ? 0 : timeOf(a) < timeOf(b) ? 1 : -1),
};

const timeOf = ({lastValueTime}: LatestRow) => lastValueTime ?? '';

/** What is no number comes after all numbers, what is missing last. */
function rankOf({lastValue}: LatestRow): number {
	return lastValue === null ? -Number.MAX_VALUE : (numberOf(lastValue) ?? -Number.MAX_VALUE / 2);
}

/**
 * Columns for such rows. A person sees the id where it is asked for, or where a name alone does not tell
 * which asset it is; a pipe always has it.
 */
export function latestColumns(
	rows: readonly LatestRow[],
	{long, interactive}: {readonly long: boolean; readonly interactive: boolean},
): readonly Column[] {
	return [
		{field: 'name', as: 'text', header: 'asset'},
		{field: 'attribute', as: 'text', header: 'attribute'},
		{field: 'lastValue', as: 'value', header: 'value'},
		...(rows.some(row => 'recent' in row)
			? [{field: 'recent', as: 'spark', header: 'recent', screenOnly: true} as const]
			: []),
		{field: 'lastValueTime', as: 'age', header: 'age', ...(long && {screenOnly: true})},
		...(long ? [{field: 'lastValueTime', as: 'instant', header: 'time'} as const] : []),
		...(long || !interactive || !areTold(rows)
			? [{field: 'assetId', as: 'text', header: 'id'} as const]
			: []),
		// The last is the first to go where there is little room.
		{field: 'attributeType', as: 'text', header: 'type'},
	];
}

/** Whether each asset has a name of its own. */
export function areTold(assets: readonly Pick<Asset, 'assetId' | 'name'>[]): boolean {
	const ids = new Map<string, string>();
	for (const {assetId, name} of assets) {
		if (name === null || name === '' || (ids.get(name) ?? assetId) !== assetId) return false;
		ids.set(name, assetId);
	}
	return true;
}

/** A row with the recent past of its attribute, as far as it has been read. A sample that is no number is a gap. */
export function withRecent(
	row: LatestRow,
	timeSeries: Pick<TimeSeries, 'cachedRecent'>,
	timeSeriesDbId: string,
): LatestRow {
	const samples = timeSeries.cachedRecent(timeSeriesDbId, row.assetId, row.attribute);
	return samples?.length ? {...row, recent: samples.map(({value}) => numberOf(value))} : row;
}
