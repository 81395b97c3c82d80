import type {Column, Row} from '../shell/command.ts';
import {cellStyle, cellText} from './cells.ts';
import type {Lines, Page} from './lines.ts';
import {marksOf} from './marks.ts';
import {textWidth, truncate} from './width.ts';

const gap = 2;

/** As many columns as fit into `width`, each as wide as its widest cell, filled downwards. */
function columnsFor(widths: Uint16Array, width: number): {rows: number; columns: number[]} {
	let narrowest = Number.POSITIVE_INFINITY;
	for (const each of widths) if (each < narrowest) narrowest = each;
	let most = Math.min(widths.length, Math.max(1, Math.floor((width + gap) / (narrowest + gap))));
	for (; most > 1; most--) {
		const rows = Math.ceil(widths.length / most);
		const columns: number[] = [];
		let total = -gap;
		for (let start = 0; start < widths.length && total <= width; start += rows) {
			let widest = 0;
			const end = Math.min(start + rows, widths.length);
			for (let index = start; index < end; index++) if (widths[index]! > widest) widest = widths[index]!;
			columns.push(widest);
			total += widest + gap;
		}
		if (total <= width) return {rows, columns};
	}
	return {rows: widths.length, columns: [width]};
}

/** One column's values over the width, in column-major order as `ls` does. */
export function gridLines(records: readonly Row[], column: Column, page: Page): Lines {
	const marks = marksOf(records, column);
	const note = (row: Row) => {
		const mark = marks?.(row) ?? '';
		return mark === '' ? '' : ` ${mark.replace(' same name', '')}`;
	};
	const widths = new Uint16Array(records.length);
	for (const [index, row] of records.entries()) {
		const columns = textWidth(cellText(row, column, page.now)) + (marks ? textWidth(note(row)) : 0);
		widths[index] = Math.min(columns, page.width);
	}
	const {rows, columns} = columnsFor(widths, page.width);
	const at = (line: number) => {
		let text = '';
		for (let place = 0; place < columns.length; place++) {
			const index = place * rows + line;
			const row = records[index];
			if (row === undefined) break;
			const mark = note(row);
			const name = truncate(cellText(row, column, page.now), page.width - textWidth(mark));
			text += page.paint(cellStyle(row, column), name) + page.paint('yellow', mark);
			const last = index + rows >= records.length;
			if (!last) text += ' '.repeat(columns[place]! + gap - textWidth(name) - textWidth(mark));
		}
		return text;
	};
	return {length: rows, at};
}
