import type {Output} from '../shell/command.ts';
import {plainText} from './cells.ts';
import {csvLines} from './csv-lines.ts';
import {plainFields} from './fields.ts';
import {jsonLines} from './json-lines.ts';
import {layout} from './layout.ts';
import {sanitize, sanitizeLines} from './sanitize.ts';
import {summariesOf} from './summaries.ts';

/** Characters of one chunk, so that 10,000 rows are neither one giant string nor 10,000 writes. */
const chunkSize = 16_384;
/** Columns of what is for people wherever it goes. */
const proseWidth = 80;
/** Longest time without a turn for others, ms. */
const slice = 4;

/** The data of one output as lines of text, each with its line end. Nothing for narration and bytes. */
function* plainLines(output: Output): Generator<string> {
	if ('prose' in output && output.prose) {
		const lines = layout(output, {width: proseWidth, color: false, now: 0});
		for (let index = 0; index < lines.length; index++) yield `${lines.at(index)}\n`;
		return;
	}
	if (output.kind === 'text') {
		const text = sanitizeLines(output.text);
		yield text.endsWith('\n') ? text : `${text}\n`;
	}
	if (output.kind === 'chart') return yield* plainLines(summariesOf(output));
	if (output.kind !== 'records') return;
	const {records} = output;
	if (output.title !== undefined) yield `${output.apart ? '\n' : ''}${sanitize(output.title)}\n`;
	const columns = output.columns.filter(column => !column.screenOnly);
	const shown = output.layout === 'grid' ? columns.slice(0, 1) : columns;
	for (const row of records) {
		if (output.layout === 'fields') yield plainFields(row, shown);
		else yield `${shown.map(column => plainText(row, column, output.human ?? false)).join('\t')}\n`;
	}
}

function linesFor(output: Output, json: boolean): Generator<string> {
	if ('csv' in output && output.csv) return csvLines(output);
	return json ? jsonLines(output) : plainLines(output);
}

/**
 * The data of `outputs` for a pipe, a file or a program: `table` as tab-separated columns without headers,
 * `grid` as one name a line, prose as on a screen, bytes as they are; JSON lines with `json` or
 * where an output asks for it, CSV where it asks for that.
 * Control characters in names are escaped, so that a row stays a row; JSON carries the exact names. Notes,
 * progress and errors are no data. Chunks come as they are asked for, with turns for others in between.
 */
export async function* plain(
	outputs: AsyncIterable<Output>,
	{json}: {readonly json: boolean; readonly command?: string},
): AsyncGenerator<Uint8Array> {
	const encoder = new TextEncoder();
	let turnAt = performance.now() + slice;
	for await (const output of outputs) {
		const asked = json || ('json' in output && output.json === true);
		if (output.kind === 'bytes' && (!asked || output.asIs)) {
			yield output.bytes;
			continue;
		}
		let chunk = '';
		for (const line of linesFor(output, asked)) {
			chunk += line;
			if (chunk.length >= chunkSize) {
				yield encoder.encode(chunk);
				chunk = '';
			}
			if (performance.now() > turnAt) {
				await new Promise(resolve => setImmediate(resolve));
				turnAt = performance.now() + slice;
			}
		}
		if (chunk !== '') yield encoder.encode(chunk);
	}
}
