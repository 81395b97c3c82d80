import type {Output} from '../shell/command.ts';
import {drawChart} from './chart.ts';
import {painter} from './colors.ts';
import {csvText} from './csv-lines.ts';
import {errorLines} from './error-text.ts';
import {fieldsLines} from './fields.ts';
import {gridLines} from './grid.ts';
import {jsonLines} from './json-lines.ts';
import {type LayoutOptions, type Lines, linesOf, noLines, type Page} from './lines.ts';
import {progressLine} from './progress-line.ts';
import {sanitize} from './sanitize.ts';
import {tableLines} from './table.ts';
import {dataLines, textLines} from './text.ts';
import {wrap, wrapWords} from './width.ts';

export type {LayoutOptions, Lines} from './lines.ts';

const hour = 3_600_000;
const layouts = new WeakMap<Output, {readonly key: string; readonly lines: Lines}>();

/**
 * One output as screen lines, none wider than the width. Only the lines asked for are formatted. The
 * same output at the same width is laid out once; readable times follow the hour.
 */
export function layout(output: Output, options: LayoutOptions): Lines {
	const width = Math.max(1, options.width);
	const page: Page = {...options, width, paint: painter(options.color)};
	if (output.kind === 'progress') {
		return linesOf([page.paint('dim', progressLine(output, page))]);
	}
	const key = `${width} ${options.rows} ${options.color} ${Math.floor(options.now / hour)}`;
	const known = layouts.get(output);
	if (known?.key === key) return known.lines;
	const lines = laidOut(output, page);
	layouts.set(output, {key, lines});
	return lines;
}

function laidOut(output: Output, page: Page): Lines {
	if ('csv' in output && output.csv) return dataLines(csvText(output), page);
	if ('json' in output && output.json) return dataLines([...jsonLines(output)].join(''), page);
	switch (output.kind) {
		case 'records':
			return titled(output, recordsLines(output, page), page);
		case 'chart':
			return linesOf(drawChart(output, {...page, height: chartRows(page.rows)}));
		case 'text':
			return textLines(output.text, page);
		case 'bytes':
			return dataLines(new TextDecoder().decode(output.bytes), page);
		case 'note':
			return noteLines(output, page);
		case 'error':
			return errorPage(output, page);
		default:
			return noLines;
	}
}

/** Rows of a chart's drawing in a window of so many. */
function chartRows(rows = 30): number {
	return Math.max(4, Math.min(12, Math.floor(rows / 2.5)));
}

function recordsLines(output: Extract<Output, {kind: 'records'}>, page: Page): Lines {
	const {records, columns} = output;
	if (columns[0] === undefined || records.length === 0) return noLines;
	switch (output.layout) {
		case 'grid':
			return gridLines(records, columns[0], page);
		case 'table':
			return tableLines(records, columns, output.headers ?? false, page);
		case 'fields':
			return fieldsLines(records, columns, page);
	}
}

function titled({title, apart}: Extract<Output, {kind: 'records'}>, lines: Lines, page: Page): Lines {
	if (title === undefined) return lines;
	const above = [...(apart ? [''] : []), ...wrap(sanitize(title), page.width)];
	return {
		length: above.length + lines.length,
		at: index => (index < above.length ? page.paint('bold', above[index]!) : lines.at(index - above.length)),
	};
}

function noteLines(output: Extract<Output, {kind: 'note'}>, page: Page): Lines {
	if (output.tone === 'warning') return textLines(`warning: ${output.text}`, page, 'yellow');
	return textLines(output.text, page, 'dim');
}

/** The message in red; candidates and the caret line are for reading. */
function errorPage(output: Extract<Output, {kind: 'error'}>, page: Page): Lines {
	const [message = '', ...more] = errorLines(output, page.width);
	return linesOf([
		...wrapWords(message, page.width).map(line => page.paint('red', line)),
		...more.flatMap(line => wrap(line, page.width)),
	]);
}
