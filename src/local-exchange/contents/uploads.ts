import type {IncomingMessage, ServerResponse} from 'node:http';
import {storeFor} from '../access.ts';
import type {Catalogue} from '../catalogue/catalogue.ts';
import type {Events} from '../realtime/events.ts';
import type {Blobs} from './blobs.ts';
import {S3Error} from './s3-error.ts';

/** S3's limit for one PUT, which a client should meet here and not first in production. */
const maxBytes = 5 * 1024 ** 3;

/**
 * PUT of a file's bytes. The file shows them only when all have arrived and are safe on disk; until then
 * it shows what it had. The answer comes after that.
 */
export async function receiveObject(
	uploadId: string,
	{catalogue, blobs, events, now}: {catalogue: Catalogue; blobs: Blobs; events: Events; now: () => number},
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	checkLength(request);
	const fileId = catalogue.transfers.fileOfUpload(uploadId);
	if (fileId === undefined) throw noSuchUpload();
	checkPermission(fileId, catalogue);
	const {blob, size} = await blobs.write(request);
	try {
		checkPermission(fileId, catalogue);
	} catch (error) {
		blobs.remove([blob]);
		throw error;
	}
	const former = catalogue.files.get(fileId)?.blob;
	const bytes = {blob, offset: 0, size};
	if (!catalogue.files.confirm(fileId, bytes, new Date(now()).toISOString())) {
		blobs.remove([blob]);
		throw noSuchUpload();
	}
	if (former != null) blobs.remove(catalogue.files.unreferenced([former]));
	response.writeHead(200, {ETag: `"${blob}-0"`, 'Content-Length': 0});
	response.end();
	events.publish('onNotifyUploadComplete', uploadId, {uploadId, httpStatusCode: 200, errorMessage: null});
}

/**
 * Throws unless whoever began the upload may still write there: it may have been withdrawn since. A file that has
 * never had bytes goes then, since its uploader can remove it no more.
 */
function checkPermission(fileId: string, catalogue: Catalogue): void {
	const file = catalogue.files.get(fileId);
	if (file === undefined) throw noSuchUpload();
	try {
		storeFor({catalogue, user: {userId: file.ownerUserId}}, file.dataStoreId, 'write');
	} catch {
		if (file.blob === null) catalogue.files.remove(fileId);
		throw new S3Error(403, 'AccessDenied', 'Access Denied');
	}
}

function checkLength(request: IncomingMessage): void {
	if (request.headers['transfer-encoding'] !== undefined) {
		const message = 'A header you provided implies functionality that is not implemented';
		throw new S3Error(501, 'NotImplemented', message);
	}
	const length = request.headers['content-length'];
	if (length === undefined) {
		throw new S3Error(411, 'MissingContentLength', 'You must provide the Content-Length HTTP header.');
	}
	if (Number(length) > maxBytes) {
		const message = 'Your proposed upload exceeds the maximum allowed size';
		throw new S3Error(400, 'EntityTooLarge', message);
	}
}

function noSuchUpload(): S3Error {
	return new S3Error(404, 'NoSuchUpload', 'The specified upload does not exist.');
}
