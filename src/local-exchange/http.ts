import type {IncomingMessage, ServerResponse} from 'node:http';
import type {Answer} from './graphql/endpoint.ts';

/** A request body above the limit. */
export class BodyTooLarge extends Error {
	override readonly name = 'BodyTooLarge';
}

/** The whole body as text. Throws BodyTooLarge beyond `maxBytes`. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<string> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of request) {
		size += chunk.length;
		if (size > maxBytes) throw new BodyTooLarge();
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString('utf8');
}

export function sendJson(response: ServerResponse, {status, body}: Answer): void {
	const bytes = Buffer.from(body);
	response.statusCode = status;
	response.setHeader('Content-Type', 'application/json;charset=UTF-8');
	response.setHeader('Content-Length', bytes.length);
	// The rest of the body may still be arriving and nobody reads it.
	if (status === 413) response.setHeader('Connection', 'close');
	response.end(bytes);
}

/**
 * Whether the request names this machine as its host. A web page can make a browser send requests to a name
 * of its own that resolves to 127.0.0.1 (DNS rebinding); the Host header then gives it away.
 */
export function isForLoopback(request: IncomingMessage): boolean {
	const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
	return host === '127.0.0.1' || host === 'localhost' || host === '[::1]';
}
