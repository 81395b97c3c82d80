import type {IncomingMessage, ServerResponse} from 'node:http';
import type {Catalogue} from '../catalogue/catalogue.ts';
import type {Blobs} from './blobs.ts';
import {noSuchKey, sendBody} from './send-body.ts';

/** GET and HEAD of a file's bytes: the whole, or the range that was asked for. */
export async function sendObject(
	dataStoreFileId: string,
	{catalogue, blobs}: {catalogue: Catalogue; blobs: Blobs},
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const file = catalogue.files.get(dataStoreFileId);
	if (file?.blob == null) throw noSuchKey();
	const {blob, blobOffset, contentType, lastModified, storageSizeBytes} = file;
	const body = {
		size: storageSizeBytes ?? 0,
		contentType,
		etag: `"${blob}-${blobOffset}"`,
		lastModified: new Date(lastModified),
		open: async (start: number, length: number) => blobs.read(blob, blobOffset + start, length),
	};
	await sendBody(body, request, response);
}
