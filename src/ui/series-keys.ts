import {assetIndex} from '../shell/asset-names.ts';
import type {Action} from './key-table.ts';
import {type Chosen, dataLine, exportLine, type Known, plotLine, watchLine} from './series-lines.ts';
import {nextSort, type Series, seriesFolded, seriesMarked} from './state/series.ts';
import {
	placeOf,
	type SeriesRow,
	type SeriesRows,
	seriesIndex,
	seriesMoved,
	seriesSelected,
	shownAttribute,
} from './state/series-rows.ts';

/** What a key among the series leads to: other series, and perhaps a line to run or to put at the prompt. */
export type SeriesStep = {
	readonly series: Series;
	readonly run?: string;
	readonly fill?: string;
};

type Place = Known & {
	readonly rows: SeriesRows;
	/** Rows in sight. */
	readonly page: number;
};

/** A key among the series speaks the shell's language: it runs a command, or puts one at the prompt. */
export function seriesStep(series: Series, action: Action, place: Place): SeriesStep {
	const {rows, page} = place;
	switch (action) {
		case 'series-up':
			return {series: seriesMoved(series, rows, -1)};
		case 'series-down':
			return {series: seriesMoved(series, rows, 1)};
		case 'series-page-up':
			return {series: seriesMoved(series, rows, -page)};
		case 'series-page-down':
			return {series: seriesMoved(series, rows, page)};
		case 'series-first':
			return {series: seriesSelected(series, rows, 0, 1)};
		case 'series-last':
			return {series: seriesSelected(series, rows, rows.length - 1, -1)};
		case 'series-sort':
			return {series: {...series, sort: nextSort(series.sort)}};
		default: {
			const row = rows.at(seriesIndex(rows, series));
			return row ? rowStep({...series, selected: placeOf(row)}, action, row, place) : {series};
		}
	}
}

function rowStep(series: Series, action: Action, row: SeriesRow, place: Place): SeriesStep {
	const {assetId} = row.asset;
	switch (action) {
		case 'series-toggle': {
			const isUnfolded = series.unfolded.has(assetId);
			const next = seriesFolded(series, assetId, !isUnfolded);
			return {series: isUnfolded ? {...next, selected: {assetId}} : next};
		}
		case 'series-unfold':
			return {series: seriesFolded(series, assetId, true)};
		case 'series-fold':
			return {series: {...seriesFolded(series, assetId, false), selected: {assetId}}};
		case 'series-mark':
			return {series: seriesMarked(series, placeOf(row))};
		case 'series-unmark':
			return {series: {...series, marked: new Map()}};
		case 'series-plot':
			return {series, run: plotLine(attributesOf(series, row, place), place)};
		case 'series-data':
			return {series, run: dataLine(attributesOf(series, row, place), place)};
		case 'series-watch':
			return {series, run: watchLine(chosenOf(series, row, place), place)};
		case 'series-export':
			return {series, fill: exportLine(chosenOf(series, row, place), place)};
		default:
			return {series};
	}
}

/** What is marked, else the selected row. */
function chosenOf({marked}: Series, row: SeriesRow, {assets}: Place): readonly Chosen[] {
	if (marked.size === 0) {
		return [{asset: row.asset, attributes: row.kind === 'attribute' ? [row.attribute.name] : []}];
	}
	const {byId} = assetIndex(assets);
	return [...marked].flatMap(([assetId, attributes]) => {
		const asset = byId.get(assetId);
		return asset ? [{asset, attributes}] : [];
	});
}

/** The same, where an asset as a whole stands for the attribute in its row. */
function attributesOf(series: Series, row: SeriesRow, place: Place): readonly Chosen[] {
	return chosenOf(series, row, place).map(({asset, attributes}) => {
		const shown = shownAttribute(asset, series);
		return {asset, attributes: attributes.length > 0 || !shown ? attributes : [shown.name]};
	});
}
