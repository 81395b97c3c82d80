import {sanitize} from '../../render/sanitize.ts';
import {textWidth, truncate} from '../../render/width.ts';
import {nextGrapheme} from '../state/graphemes.ts';
import type {Paint} from '../theme.ts';
import type {Label} from './label.ts';

export type Caret = {readonly row: number; readonly column: number};

export type DrawnLine = {readonly rows: readonly string[]; readonly caret: Caret};

type Options = {
	readonly label: Label;
	readonly text: string;
	/** In UTF-16 units. */
	readonly cursor: number;
	/** Dim, behind the text, where there is room. */
	readonly suggestion?: string;
	readonly width: number;
	/** The rows around the caret are kept when there are more. */
	readonly maxRows: number;
	readonly paint: Paint;
	/** How many UTF-16 units at the start are shown as unknown. */
	readonly unknown?: number;
};

/** A line being edited, wrapped at the width, with the place of the caret in it. */
export function drawLine(options: Options): DrawnLine {
	const {label, text, cursor, width, paint, suggestion = '', unknown = 0} = options;
	const rows: string[] = [];
	let row = label.painted;
	let column = textWidth(label.text);
	let caret: Caret | undefined;
	const wrap = (next: string, indent: number) => {
		rows.push(row);
		row = next;
		column = indent;
	};
	for (let index = 0; index < text.length; ) {
		const end = nextGrapheme(text, index);
		const grapheme = text.slice(index, end);
		const shown = grapheme === '\n' || grapheme === '\r\n' ? '' : sanitize(grapheme);
		const columns = textWidth(shown);
		if (column + columns > width) wrap('', 0);
		if (index === cursor) caret = {row: rows.length, column};
		row += index < unknown ? paint('unknown', shown) : shown;
		column += columns;
		if (shown === '') wrap(paint('hint', continuation), continuation.length);
		index = end;
	}
	// A caret behind the last column stands on the next row.
	if (column >= width) wrap('', 0);
	caret ??= {row: rows.length, column};
	const rest = width - column;
	rows.push(suggestion && rest > 0 ? row + paint('suggestion', truncate(sanitize(suggestion), rest)) : row);
	return around(rows, caret, options.maxRows);
}

const continuation = '> ';

function around(rows: readonly string[], caret: Caret, maxRows: number): DrawnLine {
	if (rows.length <= maxRows) return {rows, caret};
	const first = Math.max(0, Math.min(caret.row - Math.floor(maxRows / 2), rows.length - maxRows));
	return {rows: rows.slice(first, first + maxRows), caret: {row: caret.row - first, column: caret.column}};
}
