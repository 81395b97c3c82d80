import type {Chart} from '../shell/command.ts';
import {brailleCanvas, type Canvas} from './braille.ts';
import {figuresOf, type Look, labelsOf, lookOf} from './chart-legend.ts';
import {type TimeAxis, timeAxis} from './chart-times.ts';
import {finiteValues, type ValueAxis, valueAxis} from './chart-values.ts';
import type {Paint} from './colors.ts';
import {sanitize} from './sanitize.ts';
import {padded, textWidth, truncate} from './width.ts';

export type ChartOptions = {
	/** Columns of the whole picture, axis included. */
	readonly width: number;
	/** Rows of the drawing itself; the time axis adds two, the title one, the legend one a series. */
	readonly height: number;
	readonly paint: Paint;
	/** Without the legend, for a small picture. */
	readonly legend?: false;
};

type Series = Chart['series'][number];

/** Columns left to a drawing before its labels are given up. */
const leastColumns = 12;

/**
 * Series over time as lines, none wider than the width: braille lines between an axis of values and one of
 * local time, and a legend. Each of several series has a mark besides its colour. A gap is left open.
 */
export function drawChart(chart: Chart, {width, height, paint, legend}: ChartOptions): readonly string[] {
	const rows = Math.max(2, height);
	const values = valueAxis(finiteValues(chart.series), Math.max(2, Math.round(rows / 3)));
	const labels = valueLabels(values, rows);
	const widest = Math.max(...labels.map(label => label.length));
	const margin = width - widest - 2 >= leastColumns ? widest : 0;
	const columns = Math.max(1, width - margin - (margin > 0 ? 2 : 1));
	const times = timeAxis(chart.from, chart.to, Math.max(2, Math.floor(columns / 11)));

	const canvas = brailleCanvas(columns, rows);
	const several = chart.series.length > 1;
	for (const [index, series] of chart.series.entries()) {
		const look = lookOf(index);
		drawSeries(canvas, series, look, {values, times});
		if (several) markSeries(canvas, series, look, {values, times}, index / chart.series.length);
	}

	const title = titleLine(chart, times, {width, paint});
	const lines = [...title.lines];
	for (const [row, label] of labels.entries()) {
		const edge = label === '' ? '│' : '┤';
		const start = margin > 0 ? `${label.padStart(margin)} ${edge}` : edge;
		lines.push(paint('dim', start) + canvas.row(row, paint));
	}
	const indent = ' '.repeat(margin > 0 ? margin + 1 : 0);
	for (const line of timeLines(times, columns, title.hasNote ? '' : times.note))
		lines.push(indent + paint('dim', line));
	return legend === false ? lines : [...lines, ...legendLines(chart, several, width, paint)];
}

/** The title, and at the right what the labels of the time axis leave out. */
function titleLine({title}: Chart, {note}: TimeAxis, {width, paint}: Pick<ChartOptions, 'width' | 'paint'>) {
	if (title === undefined) return {lines: [], hasNote: false};
	const text = truncate(sanitize(title), width);
	const room = width - textWidth(text) - note.length;
	if (room < 2) return {lines: [paint('bold', text)], hasNote: false};
	return {lines: [`${paint('bold', text)}${' '.repeat(room)}${paint('dim', note)}`], hasNote: true};
}

type Axes = {readonly values: ValueAxis; readonly times: TimeAxis};

/** The label of each row, from the top; most have none. */
function valueLabels({ticks}: ValueAxis, rows: number): string[] {
	const labels = new Array<string>(rows).fill('');
	for (const {place, label} of ticks) labels[Math.round((1 - place) * (rows * 4 - 1)) >> 2] = label;
	return labels;
}

type Dot = {readonly x: number; readonly y: number};

function* dotsOf(
	{width, height}: Canvas,
	{points}: Series,
	{values, times}: Axes,
): Generator<Dot | undefined> {
	for (const {at, value} of points) {
		const place = times.place(at);
		if (value === null || !Number.isFinite(value) || place < 0 || place > 1) yield undefined;
		else yield {x: Math.round(place * (width - 1)), y: Math.round((1 - values.place(value)) * (height - 1))};
	}
}

/** Lines from dot to dot; a dot without neighbours stands alone. */
function drawSeries(canvas: Canvas, series: Series, {style, mark}: Look, axes: Axes): void {
	let last: Dot | undefined;
	for (const dot of dotsOf(canvas, series, axes)) {
		if (dot) canvas.line(last?.x ?? dot.x, last?.y ?? dot.y, dot.x, dot.y, style);
		last = dot;
	}
	// A single dot is easily overlooked.
	const [only, ...more] = [
		...dotsOf(canvas, series, axes)
			.filter(dot => dot !== undefined)
			.take(2),
	];
	if (only && more.length === 0) canvas.mark(only.x, only.y, mark, style);
}

/** The series' mark here and there on its line, each series at columns of its own. */
function markSeries(canvas: Canvas, series: Series, {style, mark}: Look, axes: Axes, phase: number): void {
	const step = Math.max(16, Math.round(canvas.width / 4));
	let next = Math.round(phase * step);
	let last: Dot | undefined;
	let marked = false;
	for (const dot of dotsOf(canvas, series, axes)) {
		if (dot && dot.x >= next) {
			// Where points are far apart the mark lies on the line between them.
			const between = last && dot.x > last.x ? (next - last.x) / (dot.x - last.x) : 1;
			const [x, y] = last && between >= 0 ? along(last, dot, between) : [dot.x, dot.y];
			canvas.mark(x, y, mark, style);
			marked = true;
			next = dot.x - ((dot.x - next) % step) + step;
		}
		last = dot;
	}
	const any = marked ? undefined : dotsOf(canvas, series, axes).find(dot => dot !== undefined);
	if (any) canvas.mark(any.x, any.y, mark, style);
}

function along(from: Dot, to: Dot, share: number): [number, number] {
	return [Math.round(from.x + (to.x - from.x) * share), Math.round(from.y + (to.y - from.y) * share)];
}

/** The axis with a mark at each time, and underneath the times, a note at the right. */
function timeLines({ticks}: TimeAxis, columns: number, note: string): [string, string] {
	const axis = new Array<string>(columns).fill('─');
	const label = new Array<string>(columns + 1).fill(' ');
	const write = (text: string, start: number) => {
		for (const [index, character] of [...text].entries()) label[start + index] = character;
	};
	const noteStart = note.length + 8 <= columns ? columns + 1 - note.length : columns + 1;
	if (noteStart <= columns) write(note, noteStart);
	let free = 0;
	for (const {place, label: text} of ticks) {
		const column = Math.round(place * (columns - 0.5));
		if (column >= columns) continue;
		axis[column] = '┬';
		const start = Math.max(0, Math.min(column + 1 - Math.floor(text.length / 2), columns + 1 - text.length));
		if (start < free || start + text.length + 1 > noteStart) continue;
		write(text, start);
		free = start + text.length + 2;
	}
	return [`└${axis.join('')}`, label.join('').trimEnd()];
}

function legendLines({series}: Chart, several: boolean, width: number, paint: Paint): string[] {
	const labels = labelsOf(series);
	const figures = figuresOf(series);
	const widest = Math.min(Math.max(0, ...labels.map(textWidth)), Math.max(8, Math.floor(width / 3)));
	return series.map((_, index) => {
		const {style, mark} = lookOf(index);
		const start = several ? `${mark} ` : '';
		const label = padded(labels[index]!, widest);
		let left = width - start.length - widest;
		let text = '';
		for (const figure of figures[index]!) {
			left -= figure.length + 2;
			if (left < 0) break;
			text += `  ${figure}`;
		}
		return `${paint(style, truncate(start + label, width))}${text.trimEnd()}`;
	});
}
