import type {Column, Row} from '../shell/command.ts';
import {cellStyle, cellText, missing, plainText} from './cells.ts';
import {zoneName} from './instants.ts';
import {type Lines, linesOf, type Page} from './lines.ts';
import {readableCount} from './quantities.ts';
import {sanitize} from './sanitize.ts';
import {padded, textWidth, wrap} from './width.ts';

const gap = 2;

/** The readable value, and behind it the exact one where they differ. */
function valueText(row: Row, column: Column, now: number): string {
	const value = row[column.field];
	const text = cellText(row, column, now);
	if (column.as === 'bytes' && typeof value === 'number' && value >= 1000) {
		return `${text} (${readableCount(value)} bytes)`;
	}
	if (column.as === 'instant' && typeof value === 'string' && text !== value) {
		return `${text} ${zoneName(Date.parse(value))} (${sanitize(value)})`;
	}
	if ((column.as === 'time' || column.as === 'age') && typeof value === 'string')
		return `${text} (${sanitize(value)})`;
	return text === '' ? missing : text;
}

/** Each record as `name  value` lines, records apart by an empty line. Long values go on underneath. */
export function fieldsLines(records: readonly Row[], columns: readonly Column[], page: Page): Lines {
	const header = (column: Column) => column.header ?? column.field;
	const label = Math.min(
		Math.max(0, ...columns.map(column => textWidth(header(column)))),
		Math.floor(page.width / 2),
	);
	const room = Math.max(1, page.width - label - gap);
	const lines: string[] = [];
	for (const [index, row] of records.entries()) {
		if (index > 0) lines.push('');
		for (const column of columns) {
			if (row[column.field] === undefined && column.as !== 'entry' && column.as !== 'mode') continue;
			const [first = '', ...more] = wrap(valueText(row, column, page.now), room);
			const style = column.as === 'time' || column.as === 'age' ? undefined : cellStyle(row, column);
			lines.push(`${page.paint('dim', padded(header(column), label + gap))}${page.paint(style, first)}`);
			for (const line of more) lines.push(' '.repeat(label + gap) + page.paint(style, line));
		}
	}
	return linesOf(lines);
}

/** The names and raw values of a record, for a pipe. */
export function plainFields(row: Row, columns: readonly Column[]): string {
	return columns
		.filter(column => row[column.field] !== undefined)
		.map(column => `${column.header ?? column.field}\t${plainText(row, column, false)}\n`)
		.join('');
}
