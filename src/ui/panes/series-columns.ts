import {missing} from '../../render/cells.ts';
import {isNumeric, readableNumber} from '../../render/numbers.ts';
import {sanitize} from '../../render/sanitize.ts';
import {padded, textWidth} from '../../render/width.ts';
import {assetLabel} from '../../shell/asset-names.ts';
import type {Asset, Attribute} from '../../shell/time-series.ts';
import {unitOf} from '../../shell/units.ts';
import type {SeriesOrder} from '../state/series-order.ts';
import {sparkCells} from './series-samples.ts';

/** Columns in front of the names: folded or not, and the mark. */
export const signWidth = 2;

/** What the widest cells take, in columns. Text is what is no number. */
export type Needs = {
	readonly name: number;
	readonly attribute: number;
	/** Before the decimal point, and from it on. */
	readonly before: number;
	readonly after: number;
	readonly text: number;
	/** With the blank before it. */
	readonly unit: number;
	readonly age: number;
};

/** Where the cells stand; all widths in columns. */
export type Columns = Needs & {readonly value: number; readonly spark: number; readonly gap: number};

/** Columns of a whole row. */
export function rowWidth({name, attribute, value, spark, age, gap}: Columns): number {
	return signWidth + name + attribute + value + spark + age + gap * (spark > 0 ? 4 : 3);
}

export const noNeeds: Needs = {name: 0, attribute: 0, before: 1, after: 0, text: 0, unit: 0, age: 3};

const longestText = 14;
const longestName = 48;
/** Columns between cells, the first that fit. */
const gaps = [5, 4, 3, 2];
/** Beneath these a name says nothing, and the sparkline gives way. */
const least = {name: 10, attribute: 6};

/** As much as both need. Columns that only grow keep the rows still while one scrolls. */
export function moreOf(a: Needs, b: Needs): Needs {
	return {
		name: Math.max(a.name, b.name),
		attribute: Math.max(a.attribute, b.attribute),
		before: Math.max(a.before, b.before),
		after: Math.max(a.after, b.after),
		text: Math.max(a.text, b.text),
		unit: Math.max(a.unit, b.unit),
		age: Math.max(a.age, b.age),
	};
}

const names = new WeakMap<SeriesOrder, number>();

/** The columns that the names of all assets take, out of sight or not, so that they stand still in scrolling. */
export function needsOfNames(order: SeriesOrder, assets: readonly Asset[]): Needs {
	let name = names.get(order);
	if (name === undefined) {
		name = 0;
		for (const place of order.places) name = Math.max(name, textWidth(sanitize(assetLabel(assets[place]!))));
		names.set(order, name);
	}
	return {...noNeeds, name: Math.min(name, longestName)};
}

/** Fits the columns into a width: gaps shrink first, then attributes, then names, then the sparkline goes. */
export function fitColumns(needs: Needs, width: number): Columns {
	const value = Math.max(needs.before + needs.after, Math.min(needs.text, longestText)) + needs.unit;
	const room = (gap: number, spark: number) =>
		width - signWidth - value - needs.age - spark - gap * (spark > 0 ? 4 : 3);
	const wanted = needs.name + needs.attribute;
	const gap = gaps.find(wide => room(wide, sparkCells) >= wanted) ?? 1;
	const spark = room(gap, sparkCells) >= Math.min(wanted, least.name + least.attribute) ? sparkCells : 0;
	const left = Math.max(2, room(gap, spark));
	if (left >= wanted) return {...needs, value, spark, gap};
	const attribute = Math.min(
		needs.attribute,
		Math.max(least.attribute, left - needs.name, Math.floor(left * 0.4)),
		left - 1,
	);
	return {...needs, value, spark, gap, attribute, name: left - attribute};
}

export type ValueText = {
	readonly text: string;
	/** Columns before the decimal point and from it on; both 0 for what is no number. */
	readonly before: number;
	readonly after: number;
	/** Empty where the attribute's name tells it already. */
	readonly unit: string;
};

/** A latest value for a person. */
export function valueText(attribute: Pick<Attribute, 'lastValue' | 'name'> | undefined): ValueText {
	if (attribute === undefined || attribute.lastValue === null) {
		return {text: missing, before: 1, after: 0, unit: ''};
	}
	const text = sanitize(readableNumber(attribute.lastValue));
	if (!isNumeric(text)) return {text, before: 0, after: 0, unit: ''};
	const point = text.search(/[.e]/i);
	const before = point === -1 ? text.length : point;
	return {text, before, after: text.length - before, unit: untoldUnit(attribute.name)};
}

function untoldUnit(name: string): string {
	const unit = unitOf(name) ?? '';
	return name.toLowerCase().includes(unit.toLowerCase()) ? '' : sanitize(unit);
}

export function needsOfValue({text, before, after, unit}: ValueText): Partial<Needs> {
	if (before === 0) return {text: textWidth(text)};
	return {before, after, unit: unit === '' ? 0 : textWidth(unit) + 1};
}

/** Numbers with their points in one line and the unit behind them, text to the right. */
export function valueCell({text, before, after, unit}: ValueText, columns: Columns): string {
	const behind = before > 0 ? ' '.repeat(Math.max(0, columns.after - after)) : '';
	const number = padded(text + behind, columns.value - columns.unit, 'right');
	return number + padded(unit === '' ? '' : ` ${unit}`, columns.unit);
}
