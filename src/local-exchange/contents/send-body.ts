import type {IncomingMessage, ServerResponse} from 'node:http';
import type {Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {parseRange, type Range} from './range.ts';
import {S3Error} from './s3-error.ts';

/** Bytes as GET and HEAD answer with them. */
export type Body = {
	readonly size: number;
	readonly contentType: string;
	/** Changes with the bytes. */
	readonly etag: string;
	readonly lastModified?: Date;
	/** `length` bytes from `start` on. Fails with ENOENT when they are gone. */
	readonly open: (start: number, length: number) => Promise<Readable>;
};

/** The whole of `body`, or the range that was asked for. */
export async function sendBody(
	body: Body,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const {size, etag, contentType, lastModified} = body;
	const range = requestedRange(request, body);
	const {start, end} = range ?? {start: 0, end: size - 1};
	const length = end - start + 1;
	const bytes = request.method === 'HEAD' ? undefined : await openBody(body, start, length);
	response.statusCode = range === undefined ? 200 : 206;
	response.setHeader('Accept-Ranges', 'bytes');
	response.setHeader('Content-Type', contentType);
	response.setHeader('ETag', etag);
	if (lastModified !== undefined) response.setHeader('Last-Modified', lastModified.toUTCString());
	response.setHeader('Content-Length', length);
	if (range !== undefined) response.setHeader('Content-Range', `bytes ${start}-${end}/${size}`);
	if (bytes === undefined) response.end();
	else await pipeline(bytes, response);
}

function requestedRange(request: IncomingMessage, {size, etag}: Body): Range | undefined {
	const onlyIf = request.headers['if-range'];
	if (onlyIf !== undefined && onlyIf !== etag) return undefined;
	const range = parseRange(request.headers.range, size);
	if (range === 'unsatisfiable') {
		const message = 'The requested range is not satisfiable';
		throw new S3Error(416, 'InvalidRange', message, {'Content-Range': `bytes */${size}`});
	}
	return range;
}

async function openBody(body: Body, start: number, length: number): Promise<Readable> {
	try {
		return await body.open(start, length);
	} catch (error) {
		// Deleted between the look at it and now.
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw noSuchKey();
		throw error;
	}
}

export function noSuchKey(): S3Error {
	return new S3Error(404, 'NoSuchKey', 'The specified key does not exist.');
}
