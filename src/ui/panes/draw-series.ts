import {missing} from '../../render/cells.ts';
import {sanitize} from '../../render/sanitize.ts';
import {readableAge} from '../../render/times.ts';
import {padded, textWidth} from '../../render/width.ts';
import {assetLabel} from '../../shell/asset-names.ts';
import type {Asset, Attribute, Sample} from '../../shell/time-series.ts';
import {isMarked, type Series} from '../state/series.ts';
import {newestSample} from '../state/series-order.ts';
import {placeOf, type SeriesRow} from '../state/series-rows.ts';
import type {Paint} from '../theme.ts';
import {
	type Columns,
	fitColumns,
	moreOf,
	type Needs,
	needsOfValue,
	noNeeds,
	rowWidth,
	signWidth,
	valueCell,
	valueText,
} from './series-columns.ts';
import {isSilent, sparkOf} from './series-samples.ts';

export type SeriesLook = {
	readonly width: number;
	/** Index, among the rows given, of the selected one; -1 where it is out of sight. */
	readonly selected: number;
	readonly isFocused: boolean;
	readonly series: Series;
	/** Epoch, ms. */
	readonly now: number;
	readonly recent: (assetId: string, attribute: string) => readonly Sample[] | undefined;
	/** Whether the value changed a moment ago. */
	readonly isFresh: (assetId: string, attribute: string) => boolean;
	/** The lines of a chart of some attributes, at most so wide. */
	readonly chart: (asset: Asset, attributes: readonly Attribute[], width: number) => readonly string[];
	readonly paint: Paint;
};

/** The rows in sight as lines, and what columns they needed: give that back at the next drawing. */
export function drawSeries(
	rows: readonly SeriesRow[],
	look: SeriesLook,
	before: Needs = noNeeds,
): {readonly lines: readonly string[]; readonly needs: Needs} {
	const needs = rows.map(row => needsOf(row, look)).reduce(moreOf, before);
	const columns = fitColumns(needs, look.width);
	return {lines: rows.map((row, index) => drawRow(row, index === look.selected, columns, look)), needs};
}

const attributeIndent = 2;
const chartIndent = 4;

function needsOf(row: SeriesRow, {now}: SeriesLook): Needs {
	if (row.kind === 'chart') return noNeeds;
	const attribute = row.kind === 'asset' ? row.shown : row.attribute;
	const isFolded = row.kind === 'asset' && !row.isUnfolded;
	return {
		...noNeeds,
		...(attribute && needsOfValue(valueText(attribute))),
		attribute: attribute && isFolded ? textWidth(sanitize(attribute.name)) : 0,
		age: textWidth(ageOf(row.kind === 'asset' ? newestSample(row.asset) : timeOf(attribute), now)),
	};
}

function drawRow(row: SeriesRow, isSelected: boolean, columns: Columns, look: SeriesLook): string {
	const {paint, isFocused, series} = look;
	if (row.kind === 'chart') {
		const lines = look.chart(row.asset, row.attributes, rowWidth(columns) - chartIndent);
		return ' '.repeat(chartIndent) + (lines[row.line] ?? '');
	}
	const fold = row.kind === 'asset' ? (row.isUnfolded ? '▾' : '▸') : ' ';
	// Without colour the mark alone tells the row.
	const pointer = isSelected && isFocused ? '›' : ' ';
	const sign = isMarked(series, placeOf(row)) ? '●' : fold;
	const cells =
		row.kind === 'asset' && row.isUnfolded ? headCells(row, columns, look) : valueCells(row, columns, look);
	const [label = {text: ''}, ...rest] = cells;
	const between = ' '.repeat(columns.gap);
	if (isSelected && isFocused) {
		return paint('marked', [sign + pointer + label.text, ...rest.map(({text}) => text)].join(between));
	}
	const signed = (sign === '●' ? paint('key', sign) : paint('hint', sign)) + pointer;
	return [signed + painted(label, paint), ...rest.map(cell => painted(cell, paint))].join(between);
}

type Cell = {readonly text: string; readonly role?: Parameters<Paint>[0] | undefined};

const painted = ({text, role}: Cell, paint: Paint) => (role ? paint(role, text) : text);

/** An unfolded asset: its values stand beneath it. */
function headCells({asset}: SeriesRow, columns: Columns, {now}: SeriesLook): readonly Cell[] {
	const room = rowWidth(columns) - signWidth - columns.age - columns.gap;
	return [
		{text: padded(sanitize(assetLabel(asset)), room)},
		{text: padded(ageOf(newestSample(asset), now), columns.age, 'right'), role: 'hint'},
	];
}

function valueCells(
	row: Exclude<SeriesRow, {kind: 'chart'}>,
	columns: Columns,
	{now, recent, isFresh}: SeriesLook,
): readonly Cell[] {
	const {assetId} = row.asset;
	const attribute = row.kind === 'asset' ? row.shown : row.attribute;
	const samples = attribute && recent(assetId, attribute.name);
	const time = timeOf(attribute);
	const isStale = time !== undefined && isSilent(now - time, samples);
	const value = valueText(attribute);
	const isLit = attribute !== undefined && isFresh(assetId, attribute.name);
	const name = sanitize(attribute?.name ?? '');
	const calm = isStale ? ('hint' as const) : undefined;
	return [
		...(row.kind === 'asset'
			? ([
					{text: padded(sanitize(assetLabel(row.asset)), columns.name), role: calm},
					{text: padded(name, columns.attribute), role: 'hint'},
				] as const)
			: ([
					{
						text:
							' '.repeat(attributeIndent) +
							padded(name, columns.name + columns.gap + columns.attribute - attributeIndent),
						role: calm,
					},
				] as const)),
		{text: valueCell(value, columns), role: isLit ? 'fresh' : value.text === missing ? 'hint' : calm},
		...(columns.spark > 0
			? [
					{
						text: padded(sparkOf(samples), columns.spark, 'right'),
						role: isStale ? ('hint' as const) : ('spark' as const),
					},
				]
			: []),
		{text: padded(ageOf(time, now), columns.age, 'right'), role: 'hint'},
	];
}

function timeOf(attribute: Attribute | undefined): number | undefined {
	const time = attribute?.lastValueTime ? Date.parse(attribute.lastValueTime) : Number.NaN;
	return Number.isNaN(time) ? undefined : time;
}

/** `4 s`, or a dash where there is no sample. */
export function ageOf(time: number | undefined, now: number): string {
	return time === undefined ? '—' : readableAge(now - time);
}
