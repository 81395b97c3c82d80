import type {Column, Row} from '../shell/command.ts';
import {entryLabel} from './cells.ts';

/** What is unusual about a row, in words. */
export type Marks = (row: Row) => string;

/**
 * Marks for the rows of one output: `×2 same name` where as many rows bear one name, `unconfirmed` where
 * the upload is. Undefined when no row has any, so that nobody needs to ask 10,000 times.
 */
export function marksOf(records: readonly Row[], column: Column): Marks | undefined {
	if (column.as !== 'entry') return undefined;
	const known = counted.get(records);
	if (known?.field === column.field) return known.marks;
	const marks = count(records, column);
	counted.set(records, {field: column.field, marks});
	return marks;
}

/** A cached listing is shown again and again. */
const counted = new WeakMap<readonly Row[], {readonly field: string; readonly marks: Marks | undefined}>();

function count(records: readonly Row[], column: Column): Marks | undefined {
	const counts = new Map<string, number>();
	let unconfirmed = false;
	for (const row of records) {
		const label = entryLabel(row, column);
		counts.set(label, (counts.get(label) ?? 0) + 1);
		unconfirmed ||= row.s3ConfirmedUpload === false;
	}
	if (counts.size === records.length && !unconfirmed) return undefined;
	return row => {
		const count = counts.get(entryLabel(row, column)) ?? 1;
		if (row.s3ConfirmedUpload === false) return count > 1 ? `×${count}, unconfirmed` : 'unconfirmed';
		return count > 1 ? `×${count} same name` : '';
	};
}
