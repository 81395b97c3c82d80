import type {Column, Row} from '../shell/command.ts';
import {missing} from './cells.ts';
import {fractionDigits, readableInstant, shortInstant, zoneName} from './instants.ts';
import {sanitize} from './sanitize.ts';
import type {Cells} from './value-cells.ts';
import {textWidth} from './width.ts';

/**
 * Times of one column with the same digits, as many as the finest needs. The zone is in the header; where
 * the clocks change in between, each row bears its own. Times of a SQL answer stay in UTC.
 */
export function instantCells(records: readonly Row[], column: Column): Cells & {readonly header: string} {
	const zones = new Map<number, number>();
	let digits = 0;
	let others = 0;
	let isUtc = false;
	let hour = '';
	for (const row of records) {
		const value = row[column.field];
		const needed = typeof value === 'string' ? fractionDigits(value) : undefined;
		if (needed === undefined) {
			const short = typeof value === 'string' ? shortInstant(value) : undefined;
			if (short !== undefined) isUtc = true;
			const text = short ?? (typeof value === 'string' ? sanitize(value) : missing);
			others = Math.max(others, textWidth(text));
			continue;
		}
		if (needed > digits) digits = needed;
		// Clocks change at most once an hour: a look at each of 10,000 times takes longer than a frame.
		const text = value as string;
		if (text.startsWith(hour) && hour !== '') continue;
		hour = text.slice(0, '2026-11-21T14'.length);
		const at = new Date(text);
		zones.set(at.getTimezoneOffset(), at.getTime());
	}
	const names = isUtc && zones.size === 0 ? ['UTC'] : [...zones.values()].map(zoneName);
	const zoneWidth = names.length > 1 ? Math.max(...names.map(name => name.length)) + 1 : 0;
	const width = '2026-11-21 14:05:00'.length + (digits > 0 ? digits + 1 : 0) + zoneWidth;
	const header = column.header ?? '';
	return {
		header: names.length === 1 ? `${header} (${names[0]})`.trimStart() : header,
		width: Math.max(zones.size > 0 ? width : 0, others),
		side: 'left',
		shrinks: false,
		text: row => {
			const value = row[column.field];
			if (typeof value !== 'string') return missing;
			const text = shortInstant(value) ?? sanitize(readableInstant(value, digits));
			return zoneWidth > 0 ? `${text} ${zoneName(Date.parse(value))}`.trimEnd() : text;
		},
	};
}
