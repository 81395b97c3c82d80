import type {Column, Row} from '../shell/command.ts';
import {cellText, missing} from './cells.ts';
import {isNumeric} from './numbers.ts';
import {textWidth} from './width.ts';

/** A column's cells as they stand in one table. */
export type Cells = {
	readonly width: number;
	readonly side: 'left' | 'right';
	/** May be cut where there is no room; numbers and times are shown whole or not at all. */
	readonly shrinks: boolean;
	readonly text: (row: Row) => string;
};

/**
 * Measured values with their decimal points in one line: spaces follow a number that has fewer decimals
 * than another. A missing one stands where the ones are. Text stands to the left where there are no numbers.
 */
export function valueCells(records: readonly Row[], column: Column, now: number): Cells {
	let before = 0;
	let after = 0;
	let widestText = 0;
	let hasNumbers = false;
	for (const row of records) {
		const text = cellText(row, column, now);
		const point = pointOf(text);
		if (point === undefined) {
			widestText = Math.max(widestText, textWidth(text));
			continue;
		}
		hasNumbers ||= text !== missing;
		if (point > before) before = point;
		if (text.length - point > after) after = text.length - point;
	}
	return {
		width: Math.max(before + after, widestText),
		side: hasNumbers ? 'right' : 'left',
		shrinks: widestText > 0,
		text: row => {
			const text = cellText(row, column, now);
			const point = pointOf(text);
			return point === undefined ? text : text + ' '.repeat(after - (text.length - point));
		},
	};
}

/** The columns before the decimal point of a number; undefined for text. */
function pointOf(text: string): number | undefined {
	if (text === missing) return 1;
	if (!isNumeric(text)) return undefined;
	const point = text.indexOf('.');
	if (point !== -1) return point;
	const power = text.indexOf('e');
	return power === -1 ? text.length : power;
}
