import {layout} from '../render/layout.ts';
import {plain} from '../render/plain.ts';
import {spokenChart} from '../render/summaries.ts';
import type {Output} from '../shell/command.ts';

export {isData} from '../shell/formatted.ts';

/** A data output as it is written. */
export type Present = (output: Output) => AsyncIterable<Uint8Array | string>;

type Stream = {readonly isTTY?: boolean; readonly columns?: number; readonly rows?: number};

/**
 * On a terminal: columns fitted to its width, harmless whatever the data hold. In a pipe, as JSON, and for a
 * screen reader: a line a row, for the latter a chart in words.
 */
export function createPresent(
	stream: Stream,
	{
		color,
		json,
		screenReader,
	}: {readonly color: boolean; readonly json: boolean; readonly screenReader: boolean},
): Present {
	if (!stream.isTTY || json) return output => plain(only(output), {json});
	if (screenReader) return output => plain(only(inWords(output)), {json});
	return output => screenLines(output, {...sizeOf(stream), color, now: Date.now()});
}

function inWords(output: Output): Output {
	if (output.kind !== 'chart' || output.json || output.csv) return output;
	return {kind: 'text', text: spokenChart(output)};
}

function sizeOf({columns = 80, rows}: Stream) {
	return {width: columns, ...(rows !== undefined && {rows})};
}

async function* screenLines(output: Output, options: Parameters<typeof layout>[1]): AsyncGenerator<string> {
	const lines = layout(output, options);
	for (let index = 0; index < lines.length; index++) yield `${lines.at(index)}\n`;
}

async function* only(output: Output): AsyncGenerator<Output> {
	yield output;
}
