import {createReadStream} from 'node:fs';
import type {ResultFile, Results} from '../../contents/results.ts';
import type {StructuredQuery} from '../structured/structured-query.ts';

/** The pages one after the other, with one header. */
export async function writeCsv(query: StructuredQuery, to: ResultFile, results: Results): Promise<void> {
	await to.write(query.header);
	for (const text of textsOf(query, results)) {
		for await (const piece of text) {
			query.signal.throwIfAborted();
			await to.write(piece);
		}
	}
}

/** A piece of JSON to make of it keeps the event loop for some milliseconds. */
const pieceBytes = 64 * 1024;

/** The text of each page but its header. */
export function textsOf({header, pages}: StructuredQuery, results: Results): AsyncIterable<string>[] {
	const start = Buffer.byteLength(header);
	return pages.map(({file}) => ({
		[Symbol.asyncIterator]: () =>
			createReadStream(results.path(file), {start, encoding: 'utf8', highWaterMark: pieceBytes})[
				Symbol.asyncIterator
			](),
	}));
}
