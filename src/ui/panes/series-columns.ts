import {missing} from '../../render/cells.ts';
import {isNumeric, readableNumber} from '../../render/numbers.ts';
import {sanitize} from '../../render/sanitize.ts';
import {padded, textWidth} from '../../render/width.ts';
import type {Attribute} from '../../shell/time-series.ts';
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
	readonly age: number;
};

/** Where the cells stand; all widths in columns. */
export type Columns = Needs & {readonly value: number; readonly spark: number; readonly gap: number};

/** Columns of a whole row. */
export function rowWidth({name, attribute, value, spark, age, gap}: Columns): number {
	return signWidth + name + attribute + value + spark + age + gap * (spark > 0 ? 4 : 3);
}

export const noNeeds: Needs = {name: 0, attribute: 0, before: 1, after: 0, text: 0, age: 3};

const longestText = 14;
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
		age: Math.max(a.age, b.age),
	};
}

/** Fits the columns into a width: gaps shrink first, then attributes, then names, then the sparkline goes. */
export function fitColumns(needs: Needs, width: number): Columns {
	const value = Math.max(needs.before + needs.after, Math.min(needs.text, longestText));
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

export type ValueText = {readonly text: string; readonly before: number; readonly after: number};

/** A latest value for a person; `before` and `after` of its decimal point, both 0 for what is no number. */
export function valueText({lastValue}: Pick<Attribute, 'lastValue'>): ValueText {
	if (lastValue === null) return {text: missing, before: 1, after: 0};
	const text = sanitize(readableNumber(lastValue));
	if (!isNumeric(text)) return {text, before: 0, after: 0};
	const point = text.search(/[.e]/i);
	const before = point === -1 ? text.length : point;
	return {text, before, after: text.length - before};
}

export function needsOfValue({text, before, after}: ValueText): Pick<Needs, 'before' | 'after' | 'text'> {
	return before > 0 ? {before, after, text: 0} : {before: 0, after: 0, text: textWidth(text)};
}

/** Numbers with their points in one line, text to the right. */
export function valueCell({text, before, after}: ValueText, columns: Columns): string {
	const behind = before > 0 ? columns.after - after : 0;
	return padded(text + ' '.repeat(Math.max(0, behind)), columns.value, 'right');
}
