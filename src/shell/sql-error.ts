import {ShellError} from './errors.ts';
import type {Filled} from './sql-template.ts';
import {closest} from './suggest.ts';

/** `line 1:24: …`, `… at line 1:24`: Timestream counts both from 1. */
const place = /line (\d+):(\d+)/;
const unknownColumn = /column '([^']+)' (?:does not exist|cannot be resolved)/i;
/** Columns of a line that are shown around the place. */
const widest = 68;
/** Characters that take two columns. */
const wide =
	/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}]/gu;

/** Whether a SQL error says that a column is not there. */
export function isUnknownColumn({message}: ShellError): boolean {
	return unknownColumn.test(message);
}

/**
 * A SQL error with the place in the query as it was written: the numbers in the message, and the line with a
 * caret underneath. A column that is not there gets the name that may be meant. Other errors stay as they are.
 */
export function locateSqlError(
	error: ShellError,
	sql: string,
	filled: Filled,
	columns: readonly string[],
): ShellError {
	const [, line, column] = place.exec(error.message) ?? [];
	if (error.code !== 'failed' || line === undefined) return error;
	const offset = offsetOf(filled.text, Number(line), Number(column));
	if (offset === undefined) return error;
	const at = Math.min(filled.original(offset), sql.length);
	const start = sql.lastIndexOf('\n', at - 1) + 1;
	const number = sql.slice(0, start).split('\n').length;
	const message = error.message.replace(place, `line ${number}:${at - start + 1}`);
	const hint = error.hint ?? columnHint(message, columns);
	return new ShellError('failed', message, {
		...(hint !== undefined && {hint}),
		details: caretLines(sql.slice(start).split(/\r?\n/, 1)[0]!, at - start),
		cause: error,
	});
}

function offsetOf(text: string, line: number, column: number): number | undefined {
	const lines = text.split('\n');
	const before = lines.slice(0, line - 1);
	if (line < 1 || line > lines.length) return undefined;
	return before.reduce((sum, each) => sum + each.length + 1, 0) + Math.max(0, column - 1);
}

/** The line, or the part of it around the place, and a caret under it. */
function caretLines(line: string, at: number): readonly string[] {
	const start = at < widest - 8 ? 0 : at - Math.floor(widest / 2);
	const before = (start > 0 ? '…' : '') + line.slice(start, at);
	const rest = line.slice(at, start + widest);
	const end = start + widest < line.length ? '…' : '';
	// Tabs would be shown as `\t`.
	const shown = (text: string) => text.replaceAll('\t', ' ');
	return [
		shown(before + rest + end).trimEnd(),
		`${shown(before).replace(wide, '  ').replace(/[^ ]/gu, ' ')}^`,
	];
}

function columnHint(message: string, columns: readonly string[]): string | undefined {
	const [, name] = unknownColumn.exec(message) ?? [];
	const meant = name === undefined ? undefined : closest(name, columns);
	if (meant === undefined) return undefined;
	return `did you mean ${/^[a-z_][a-z0-9_]*$/.test(meant) ? meant : `"${meant}"`}?`;
}
