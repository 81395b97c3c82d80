import {assetLabel} from '../../shell/asset-names.ts';
import {leadingAttribute} from '../../shell/leading-attribute.ts';
import {isNumeric} from '../../shell/numeric.ts';
import type {Asset, Attribute} from '../../shell/time-series.ts';
import type {Series, SeriesPlace} from './series.ts';
import {filterWords} from './series-filter.ts';
import type {SeriesOrder} from './series-order.ts';

export type SeriesRow = {readonly asset: Asset} & (
	| {readonly kind: 'asset'; readonly shown: Attribute | undefined; readonly isUnfolded: boolean}
	| {readonly kind: 'attribute'; readonly attribute: Attribute}
	/** Line `line` of the chart of the attributes shown. */
	| {readonly kind: 'chart'; readonly line: number; readonly attributes: readonly Attribute[]}
);

/** All rows, also those far out of sight; each is made when it is asked for. */
export type SeriesRows = {
	readonly length: number;
	/** The assets shown. */
	readonly order: SeriesOrder;
	/** Undefined beyond the ends. */
	readonly at: (index: number) => SeriesRow | undefined;
	/** The row of a place; its asset's row while the attribute has none; -1 when it is not shown. */
	readonly indexOf: (place: SeriesPlace) => number;
};

/** Lines of the chart beneath an asset's attributes: the drawing, and the two of its time axis. */
export const chartLines = {drawing: 4, axis: 2} as const;

const seriesInChart = 3;

export function seriesRows(assets: readonly Asset[], order: SeriesOrder, series: Series): SeriesRows {
	const {places, positions} = order;
	const assetAt = (position: number) => assets[places[position]!]!;
	const open: {readonly position: number; readonly first: number; readonly rows: number}[] = [];
	let extra = 0;
	const unfolded = [...series.unfolded].flatMap(id => positions.get(id) ?? []).sort((a, b) => a - b);
	for (const position of unfolded) {
		const asset = assetAt(position);
		const rows = 1 + asset.attributes.length + chartHeight(asset);
		open.push({position, first: position + extra, rows});
		extra += rows - 1;
	}
	return {
		length: places.length + extra,
		order,
		at: index => {
			if (index < 0 || index >= places.length + extra) return undefined;
			const block = open.findLast(({first}) => first <= index);
			if (!block) return assetRow(assetAt(index), series, false);
			const asset = assetAt(block.position);
			const within = index - block.first;
			if (within >= block.rows)
				return assetRow(assetAt(block.position + 1 + within - block.rows), series, false);
			if (within === 0) return assetRow(asset, series, true);
			const attribute = asset.attributes[within - 1];
			if (attribute) return {kind: 'attribute', asset, attribute};
			const line = within - 1 - asset.attributes.length;
			return {kind: 'chart', asset, line, attributes: chartedAttributes(asset, series)};
		},
		indexOf: ({assetId, attribute}) => {
			const position = positions.get(assetId);
			if (position === undefined) return -1;
			const before = open.findLast(block => block.position <= position);
			if (!before) return position;
			if (before.position < position) return before.first + before.rows - 1 + position - before.position;
			const {attributes} = assetAt(position);
			return before.first + 1 + attributes.findIndex(({name}) => name === attribute);
		},
	};
}

function assetRow(asset: Asset, series: Series, isUnfolded: boolean): SeriesRow {
	return {kind: 'asset', asset, shown: shownAttribute(asset, series), isUnfolded};
}

/** The attribute in a folded asset's row: the one marked, else one that the filter names, else the leading one. */
export function shownAttribute(asset: Asset, {marked, filter}: Series): Attribute | undefined {
	const [first] = marked.get(asset.assetId) ?? [];
	const chosen = first !== undefined && asset.attributes.find(({name}) => name === first);
	if (chosen) return chosen;
	if (filter) {
		const label = assetLabel(asset).toLowerCase();
		const words = filterWords(filter).filter(word => !label.includes(word));
		const named =
			words.length > 0 &&
			asset.attributes.find(({name}) => words.every(word => name.toLowerCase().includes(word)));
		if (named) return named;
	}
	return leadingAttribute(asset);
}

function chartHeight({attributes}: Asset): number {
	return attributes.some(isNumeric) ? chartLines.drawing + chartLines.axis : 0;
}

/** The numeric attributes marked, else the selected one, else the one in the asset's row. */
function chartedAttributes(asset: Asset, series: Series): readonly Attribute[] {
	const {assetId, attributes} = asset;
	const names = series.marked.get(assetId) ?? [];
	const marked = attributes.filter(attribute => isNumeric(attribute) && names.includes(attribute.name));
	if (marked.length > 0) return marked.slice(0, seriesInChart);
	const {selected} = series;
	const chosen = selected?.assetId === assetId && attributes.find(({name}) => name === selected.attribute);
	if (chosen && isNumeric(chosen)) return [chosen];
	const shown = shownAttribute(asset, series);
	const charted = shown && isNumeric(shown) ? shown : attributes.find(isNumeric);
	return charted ? [charted] : [];
}

/** The place that a row stands for; a chart belongs to its asset. */
export function placeOf(row: SeriesRow): SeriesPlace {
	const {assetId} = row.asset;
	return row.kind === 'attribute' ? {assetId, attribute: row.attribute.name} : {assetId};
}

/** Index of the selected row; the first one when what was selected is gone. */
export function seriesIndex(rows: SeriesRows, {selected}: Series): number {
	return Math.max(0, selected ? rows.indexOf(selected) : 0);
}

/**
 * The last row to be seen together with a row: the end of its asset's chart. Among the attributes of an asset that
 * takes more than `height` rows the row itself.
 */
export function lastWith(rows: SeriesRows, index: number, height: number): number {
	const row = rows.at(index);
	if (!row) return index;
	const {assetId} = row.asset;
	const first = rows.indexOf({assetId});
	let last = index;
	while (last - first < height && rows.at(last + 1)?.asset.assetId === assetId) last++;
	return row.kind === 'asset' || last - first < height ? last : index;
}

/** The selection `by` rows further, over charts, no further than the ends. */
export function seriesMoved(series: Series, rows: SeriesRows, by: number): Series {
	const from = seriesIndex(rows, series);
	const to = Math.max(0, Math.min(rows.length - 1, from + by));
	return seriesSelected(series, rows, to, by < 0 ? -1 : 1);
}

/** Selects a row or, where a chart is, the next one in that direction, else the one in the other. */
export function seriesSelected(series: Series, rows: SeriesRows, index: number, step: 1 | -1): Series {
	for (const direction of [step, -step]) {
		for (let at = index; ; at += direction) {
			const row = rows.at(at);
			if (!row) break;
			if (row.kind !== 'chart') return {...series, selected: placeOf(row)};
		}
	}
	return series;
}
