import type {CsvError, Parser} from 'csv-parse';
import {ShellError} from '../../../shell/errors.ts';
import {type FileRow, longestRow, type Reading} from './row.ts';

/** Characters that are parsed at once. */
const piece = 16_384;

/**
 * The rows of a CSV text (RFC 4180, any line ends; the separator is a comma or, where the first line has
 * none, a semicolon or a tab). The first row names the columns. Blank lines, and those of nothing but separators
 * that spreadsheets leave, are no rows. Throws, with the line, for a row with more or fewer cells than the
 * first, for quotes that do not fit, and for an endless row.
 */
export async function readCsv(text: AsyncIterable<string>, name: string): Promise<Reading> {
	const records = parsed(text, name);
	const first = await records.next();
	const [header, ...more] = first.done ? [] : first.value;
	const columns = header?.cells.map(cell => cell.trim()) ?? [];
	const check = (rows: readonly FileRow[]) => rows.filter(row => isRow(row, columns, name));
	async function* rows() {
		yield check(more);
		for await (const batch of records) yield check(batch);
	}
	return {columns, rows: rows()};
}

function isRow({line, cells}: FileRow, columns: readonly string[], name: string): boolean {
	if (cells.every(cell => cell.trim() === '')) return false;
	if (cells.length === columns.length) return true;
	const counts = `${cells.length} ${cells.length === 1 ? 'cell' : 'cells'} where the first line has ${columns.length}`;
	throw new ShellError('failed', `${name}: line ${line}: ${counts}`, {
		...(cells.length > columns.length && {hint: 'quote a cell that holds the separator'}),
	});
}

/** All records, the first batch not empty. */
async function* parsed(text: AsyncIterable<string>, name: string): AsyncGenerator<FileRow[]> {
	const {parse} = await import('csv-parse');
	let parser: Parser | undefined;
	let line = 1;
	let start = '';
	const drain = (from: Parser) => {
		const rows: FileRow[] = [];
		for (let cells: string[] | null = from.read(); cells !== null; cells = from.read()) {
			rows.push({line, cells});
			line += 1 + lineEndsIn(cells);
		}
		// What was read before the error was right.
		if (from.errored) throw explained(from.errored, line, name);
		return rows;
	};
	const open = () => {
		const opened = parse({
			delimiter: separatorOf(start),
			record_delimiter: ['\r\n', '\n', '\r'],
			relax_column_count: true,
			max_record_size: longestRow,
		});
		// It is thrown where the rows are taken.
		opened.on('error', () => undefined);
		opened.write(start);
		return opened;
	};
	for await (const part of inPieces(text)) {
		if (parser) parser.write(part);
		else {
			start += part;
			if (!/[\r\n]/.test(start) && start.length < longestRow) continue;
			parser = open();
		}
		const rows = drain(parser);
		if (rows.length > 0) yield rows;
	}
	if (start === '') return;
	parser ??= open();
	const ended = new Promise(resolve => parser.once('readable', resolve).once('error', resolve));
	parser.end();
	await ended;
	const rows = drain(parser);
	if (rows.length > 0) yield rows;
}

/** The parser holds the event loop for as long as it has text. */
async function* inPieces(text: AsyncIterable<string>): AsyncGenerator<string> {
	for await (const part of text) {
		for (let at = 0; at < part.length; at += piece) yield part.slice(at, at + piece);
	}
}

/** The parser counts them, too, but CRLF twice. */
function lineEndsIn(cells: readonly string[]): number {
	let count = 0;
	for (const cell of cells) {
		if (cell.includes('\n') || cell.includes('\r')) count += cell.split(/\r\n|\n|\r/).length - 1;
	}
	return count;
}

function separatorOf(text: string): string {
	const line = text.split(/[\r\n]/, 1)[0]!;
	return [',', ';', '\t'].find(separator => line.includes(separator)) ?? ',';
}

function explained(error: Error, line: number, name: string): ShellError {
	const {code} = error as CsvError;
	const what =
		code === 'CSV_MAX_RECORD_SIZE'
			? `longer than ${longestRow / 1e6} MB: is a quote missing?`
			: code === 'CSV_QUOTE_NOT_CLOSED'
				? 'a quote that is never closed'
				: 'a quote in the middle of a cell: quote the whole cell, and write "" for each quote in it';
	return new ShellError('failed', `${name}: line ${line}: ${what}`, {cause: error});
}
