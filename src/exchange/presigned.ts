import type {ClientRequest, OutgoingHttpHeaders} from 'node:http';
import {ShellError} from '../shell/errors.ts';
import type {Endpoint, Patience} from './endpoint.ts';
import {cancelled, networkFault} from './faults.ts';
import type {Answer, Wire} from './wire.ts';

/** What a transfer runs with. */
export type Transfers = {readonly wire: Wire; readonly endpoint: Endpoint; readonly patience: Patience};

/** Opens a presigned URL, without the token. */
export function openPresigned(
	transfers: Transfers,
	address: string | null | undefined,
	opening: {
		readonly method: 'GET' | 'PUT';
		readonly headers: OutgoingHttpHeaders;
		readonly signal?: AbortSignal | undefined;
	},
): ClientRequest {
	return transfers.wire.open(presignedUrl(transfers, address), opening);
}

/**
 * What the Exchange gave as a presigned URL: https unless the Exchange itself is on loopback. It is a
 * secret while it lives, so no error names it.
 */
export function presignedUrl({endpoint}: Transfers, address: string | null | undefined): URL {
	const url = address && URL.canParse(address) ? new URL(address) : undefined;
	if (!url) throw new ShellError('failed', `${endpoint.url.host}: gave no usable URL for the bytes`);
	const plain = url.protocol === 'http:' && endpoint.url.protocol === 'http:';
	if (!plain && url.protocol !== 'https:') {
		throw new ShellError('failed', `${endpoint.url.host}: gave a URL for the bytes that is not safe`);
	}
	return url;
}

/** Thrown for a URL that is refused as an expired one is: time to ask for another. */
export class ExpiredUrl extends ShellError {
	constructor(reason: string) {
		super('denied', `the file store refused the transfer (${reason})`, {hint: 'try again'});
	}
}

/** What a status other than 2xx means. Of the body, S3's error code is all that gets into the message. */
export async function storeFault(response: Answer): Promise<ShellError> {
	const status = response.statusCode ?? 0;
	const code = /<Code>([A-Za-z0-9]{1,64})<\/Code>/.exec(await beginning(response))?.[1];
	const reason = code ? `${status} ${code}` : String(status);
	if (status === 403 || code === 'ExpiredToken') return new ExpiredUrl(reason);
	if (status === 404)
		return new ShellError('not-found', `the file store does not have the bytes (${reason})`);
	if (status === 429) return new ShellError('throttled', `the file store is busy (${reason})`);
	if (status >= 500) return new ShellError('connection', `the file store is in trouble (${reason})`);
	return new ShellError('failed', `the file store refused the transfer (${reason})`);
}

/** What ended a transfer, as the user is told. */
export function transferFault(thrown: unknown, signal: AbortSignal | undefined): ShellError {
	return signal?.aborted ? cancelled(thrown) : networkFault('the file store', thrown);
}

/** A transfer's silence, ended: `what` happened for so long. */
export function stalled(milliseconds: number): ShellError {
	return new ShellError('timeout', `the file store: no byte moved in ${milliseconds / 1000} s`);
}

async function beginning(response: Answer): Promise<string> {
	let text = '';
	try {
		for await (const chunk of response) {
			text += String(chunk);
			if (text.length > 4096) break;
		}
	} catch {
		// The status alone is enough to go by.
	}
	return text;
}
