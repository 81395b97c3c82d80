import {open as openFile} from 'node:fs/promises';
import type {IncomingMessage, ServerResponse} from 'node:http';
import {Readable} from 'node:stream';
import {contentTypeOf} from './content-types.ts';
import type {Results} from './results.ts';
import {noSuchKey, sendBody} from './send-body.ts';

/** GET and HEAD of a file of a query's result. */
export async function sendResult(
	name: string,
	results: Results,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const size = await results.size(name);
	if (size === undefined) throw noSuchKey();
	const open = async (start: number, length: number) => {
		if (length === 0) return Readable.from([]);
		// Opened before the answer begins: removed after that, it is sent whole all the same.
		const file = await openFile(results.path(name), 'r');
		return file.createReadStream({start, end: start + length - 1});
	};
	const contentType = contentTypeOf(name.slice(name.lastIndexOf('.') + 1));
	await sendBody({size, contentType, etag: `"${name}"`, open}, request, response);
}
