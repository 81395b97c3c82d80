import type {Column, Output} from '../shell/command.ts';
import {plainText, rawText} from './cells.ts';
import {escapeObeyed} from './sanitize.ts';
import {summariesOf} from './summaries.ts';

/**
 * Rows of one output as CSV (RFC 4180, but for a plain line feed at the end of each): the columns that a pipe
 * gets, values as they are. The names of the columns come first where `headers` asks for it. Line ends in a
 * value stay; what else a terminal would obey is escaped.
 */
export function* csvLines(output: Output): Generator<string> {
	if (output.kind === 'chart') return yield* csvLines(summariesOf(output));
	if (output.kind !== 'records') return;
	const columns = output.columns.filter(column => !column.screenOnly);
	if (output.headers) yield csvRow(columns.map(({field}) => field));
	const exact = columns.map(isExact);
	for (const row of output.records) {
		yield csvRow(
			columns.map((column, index) =>
				exact[index] ? rawText(row[column.field]) : plainText(row, column, false),
			),
		);
	}
}

/** All of it. */
export function csvText(output: Output): string {
	return [...csvLines(output)].join('');
}

function csvRow(values: readonly string[]): string {
	return `${values.map(field).join(',')}\n`;
}

function field(text: string): string {
	const harmless = escapeObeyed(text);
	return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** Columns whose text for a pipe is the field's own. */
function isExact({as}: Column): boolean {
	return as !== 'entry' && as !== 'tree' && as !== 'mode';
}
