import type {IncomingMessage, ServerResponse} from 'node:http';
import {pipeline} from 'node:stream/promises';
import type {Catalogue} from '../catalogue/catalogue.ts';
import type {FileRow} from '../catalogue/files.ts';
import type {Blobs} from './blobs.ts';
import {parseRange, type Range} from './range.ts';
import {S3Error} from './s3-error.ts';

/** GET and HEAD of a file's bytes: the whole, or the range that was asked for. */
export async function sendObject(
	dataStoreFileId: string,
	{catalogue, blobs}: {catalogue: Catalogue; blobs: Blobs},
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const file = catalogue.files.get(dataStoreFileId);
	if (file?.blob == null) throw noSuchKey();
	const size = file.storageSizeBytes ?? 0;
	const range = requestedRange(request, file, size);
	const {start, end} = range ?? {start: 0, end: size - 1};
	const length = end - start + 1;
	const body = request.method === 'HEAD' ? undefined : await openBlob(blobs, file, start, length);
	response.statusCode = range === undefined ? 200 : 206;
	for (const [name, value] of Object.entries(commonHeaders(file))) response.setHeader(name, value);
	response.setHeader('Content-Length', length);
	if (range !== undefined) response.setHeader('Content-Range', `bytes ${start}-${end}/${size}`);
	if (body === undefined) response.end();
	else await pipeline(body, response);
}

function requestedRange(request: IncomingMessage, file: FileRow, size: number): Range | undefined {
	const onlyIf = request.headers['if-range'];
	if (onlyIf !== undefined && onlyIf !== etag(file)) return undefined;
	const range = parseRange(request.headers.range, size);
	if (range === 'unsatisfiable') {
		const message = 'The requested range is not satisfiable';
		throw new S3Error(416, 'InvalidRange', message, {'Content-Range': `bytes */${size}`});
	}
	return range;
}

function commonHeaders(file: FileRow): Record<string, string> {
	return {
		'Accept-Ranges': 'bytes',
		'Content-Type': file.contentType,
		ETag: etag(file),
		'Last-Modified': new Date(file.lastModified).toUTCString(),
	};
}

/** Changes with the bytes. */
function etag(file: FileRow): string {
	return `"${file.blob}-${file.blobOffset}"`;
}

async function openBlob(blobs: Blobs, file: FileRow, start: number, length: number) {
	try {
		return await blobs.read(file.blob!, file.blobOffset + start, length);
	} catch (error) {
		// Deleted between the look into the catalogue and now.
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw noSuchKey();
		throw error;
	}
}

function noSuchKey(): S3Error {
	return new S3Error(404, 'NoSuchKey', 'The specified key does not exist.');
}
