import {sanitize} from '../../render/sanitize.ts';
import {textWidth, truncate} from '../../render/width.ts';
import {nextGrapheme} from '../state/graphemes.ts';
import type {Paint} from '../theme.ts';
import type {Label} from './label.ts';
import {continuation, createWrap, shownOf, type Wrap} from './row-starts.ts';

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
	/** Of a line drawn again and again: remembers where its rows begin. */
	readonly wrap?: Wrap;
};

/** A line being edited, wrapped at the width, with the place of the caret in it. */
export function drawLine(options: Options): DrawnLine {
	const {label, text, cursor, width, maxRows, paint, suggestion = '', wrap = createWrap()} = options;
	const starts = wrap(text, width, textWidth(label.text));
	const caretRow = starts.rowOf(cursor);
	const half = Math.max(0, caretRow - Math.floor(maxRows / 2));
	// No further down than what fills the room.
	let first = half;
	while (first > 0 && !starts.at(first + maxRows - 1)) first--;
	const rows: string[] = [];
	let caret = {row: 0, column: 0};
	for (let row = first; row < first + maxRows; row++) {
		const start = starts.at(row);
		if (!start) break;
		const end = starts.at(row + 1)?.index ?? text.length;
		const drawn = drawRow(options, start.index, end);
		const before = row === 0 ? label.painted : start.column > 0 ? paint('hint', continuation) : '';
		const column = start.column + drawn.columns;
		const rest = starts.at(row + 1) ? 0 : width - column;
		const behind = suggestion && rest > 0 ? paint('suggestion', truncate(sanitize(suggestion), rest)) : '';
		rows.push(before + drawn.text + behind);
		if (row === caretRow)
			caret = {row: row - first, column: start.column + drawRow(options, start.index, cursor).columns};
	}
	return {rows, caret};
}

function drawRow({text, paint, unknown = 0}: Options, start: number, end: number) {
	let drawn = '';
	let columns = 0;
	for (let index = start; index < end; ) {
		const next = nextGrapheme(text, index);
		const shown = shownOf(text.slice(index, next));
		drawn += index < unknown ? paint('unknown', shown) : shown;
		columns += textWidth(shown);
		index = next;
	}
	return {text: drawn, columns};
}
