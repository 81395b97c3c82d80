import type {IncomingMessage, ServerResponse} from 'node:http';
import type {Catalogue} from '../catalogue/catalogue.ts';
import type {Events} from '../realtime/events.ts';
import {sendArchive} from './archives.ts';
import type {Blobs} from './blobs.ts';
import {sendObject} from './objects.ts';
import type {Results} from './results.ts';
import {S3Error, sendS3Error} from './s3-error.ts';
import {sendResult} from './send-result.ts';
import type {SignedMethod, SignedUrls, Verdict} from './signed-urls.ts';
import {receiveObject} from './uploads.ts';

type Parts = {
	readonly catalogue: Catalogue;
	readonly blobs: Blobs;
	readonly results: Results;
	readonly events: Events;
	readonly urls: SignedUrls;
	readonly now: () => number;
};

const refusals: Readonly<Record<Exclude<Verdict, 'valid'>, readonly [code: string, message: string]>> = {
	unsigned: ['AccessDenied', 'Access Denied'],
	expired: ['AccessDenied', 'Request has expired'],
	forged: [
		'SignatureDoesNotMatch',
		'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
	],
};

/** Answers a request for bytes as S3 would. The URL's signature is all the permission there is to show. */
export async function serveContents(
	url: URL,
	parts: Parts,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	try {
		const [, collection, id = ''] = url.pathname.split('/');
		const method = signedMethod(request.method);
		const verdict = parts.urls.check(method, url);
		if (verdict !== 'valid') throw new S3Error(403, ...refusals[verdict]);
		if (collection === 'uploads') await receiveObject(id, parts, request, response);
		else if (collection === 'archives') await sendArchive(id, parts, request, response);
		else if (collection === 'results') await sendResult(id, parts.results, request, response);
		else await sendObject(id, parts, request, response);
	} catch (error) {
		if (response.headersSent || response.destroyed) throw error;
		sendS3Error(response, toS3Error(error), request.method !== 'HEAD');
		if (!(error instanceof S3Error)) throw error;
	}
}

function signedMethod(method: string | undefined): SignedMethod {
	if (method === 'PUT') return 'PUT';
	if (method === 'GET' || method === 'HEAD') return 'GET';
	throw new S3Error(405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.');
}

function toS3Error(error: unknown): S3Error {
	if (error instanceof S3Error) return error;
	if ((error as NodeJS.ErrnoException).code === 'ENOSPC') {
		return new S3Error(507, 'InsufficientStorage', 'The disk of the local exchange is full.');
	}
	return new S3Error(500, 'InternalError', 'We encountered an internal error. Please try again.');
}
