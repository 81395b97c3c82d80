import type {Column, Row} from '../shell/command.ts';
import {entryName, quoteWord} from '../shell/paths.ts';
import type {Entry} from '../shell/ports.ts';
import type {Style} from './colors.ts';
import {readableInstant} from './instants.ts';
import {readableNumber} from './numbers.ts';
import {readableBytes, readableCount} from './quantities.ts';
import {sanitize} from './sanitize.ts';
import {sparkline} from './sparkline.ts';
import {readableAge, readableTime} from './times.ts';

function isEntry(row: Row): row is Row & Entry {
	return row.objectType === 'FILE' || row.objectType === 'DIRECTORY';
}

export function isDirectory(row: Row): boolean {
	return row.objectType === 'DIRECTORY' || row.kind === 'directory';
}

/** A value as it is: nothing for a null, JSON for what is no single value. */
export function rawText(value: unknown): string {
	if (value === null || value === undefined) return '';
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The whole name behind an `entry` or `tree` column, or the field it names, such as a path; as it is. */
export function entryLabel(row: Row, column: Column): string {
	const named = column.field === 'name' || column.as === 'tree';
	return named && isEntry(row) ? entryName(row) : rawText(named ? row.name : row[column.field]);
}

/** With the `/` that tells a directory, which a path as typed may have already. */
function markedLabel(row: Row, column: Column): string {
	const label = sanitize(entryLabel(row, column));
	return isDirectory(row) && !label.endsWith('/') ? `${label}/` : label;
}

function bytesText(row: Row, value: unknown): string {
	if (typeof value === 'number') return readableBytes(value);
	if (typeof row.items === 'number') return row.items === 1 ? '1 item' : `${readableCount(row.items)} items`;
	return isDirectory(row) ? '' : missing;
}

/** Stands for a value that nobody knows. */
export const missing = '·';
/** Columns of a sparkline. */
export const sparkCells = 8;

/** How long ago an ISO 8601 time was; what is no time stays as it is. */
function ageText(value: unknown, now: number): string {
	if (typeof value !== 'string') return missing;
	const time = Date.parse(value);
	return Number.isNaN(time) ? sanitize(value) : readableAge(now - time);
}

function sparkText(value: unknown): string {
	return Array.isArray(value) ? sparkline(value, sparkCells) : '';
}

/** One cell for a person: sanitised, on one line, without colour. */
export function cellText(row: Row, column: Column, now: number): string {
	const value = row[column.field];
	switch (column.as) {
		case 'entry':
			return markedLabel(row, column);
		case 'tree':
			return rawText(value) + markedLabel(row, column);
		case 'name':
			return sanitize(quoteWord(rawText(value)));
		case 'mode':
			return isDirectory(row) ? 'drwx' : '-rw-';
		case 'bytes':
			return bytesText(row, value);
		case 'time':
			return typeof value === 'string' ? sanitize(readableTime(value, now)) : isDirectory(row) ? '' : missing;
		case 'count':
			return typeof value === 'number' ? readableCount(value) : missing;
		case 'text':
			return sanitize(rawText(value));
		case 'maybe':
			return value === null || value === undefined ? missing : sanitize(rawText(value));
		case 'value':
			return value === null || value === undefined ? missing : sanitize(readableNumber(rawText(value)));
		case 'age':
			return ageText(value, now);
		case 'instant':
			return typeof value === 'string' ? sanitize(readableInstant(value)) : missing;
		case 'spark':
			return sparkText(value);
	}
}

export function cellStyle(row: Row, column: Column): Style | undefined {
	if (column.as === 'mode' || column.as === 'time' || column.as === 'age') return 'dim';
	if ((column.as === 'entry' || column.as === 'tree') && isDirectory(row)) return 'directory';
	return undefined;
}

/** One cell for a pipe: bytes and times raw, names exact but harmless, nothing for a missing value. */
export function plainText(row: Row, column: Column, human: boolean): string {
	switch (column.as) {
		case 'entry':
			return sanitize(entryLabel(row, column));
		case 'tree':
			return rawText(row[column.field]) + sanitize(entryLabel(row, column));
		case 'mode':
			return isDirectory(row) ? 'drwx' : '-rw-';
		case 'bytes': {
			const value = row[column.field];
			return human && typeof value === 'number' ? readableBytes(value) : rawText(value);
		}
		default:
			return sanitize(rawText(row[column.field]));
	}
}
