import type {ServerResponse} from 'node:http';

/** What an object request is refused with, in S3's words. */
export class S3Error extends Error {
	override readonly name = 'S3Error';
	readonly status: number;
	readonly code: string;
	readonly headers: Readonly<Record<string, string>>;

	constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
		super(message);
		this.status = status;
		this.code = code;
		this.headers = headers;
	}
}

/** Answers with `error` as S3 would: an XML body with its code and message. */
export function sendS3Error(response: ServerResponse, error: S3Error, withBody: boolean): void {
	const text = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${error.code}</Code><Message>${escapeXml(error.message)}</Message></Error>`;
	response.writeHead(error.status, {
		...error.headers,
		'Content-Type': 'application/xml',
		'Content-Length': Buffer.byteLength(text),
		// The request's body may still be arriving and nobody reads it.
		Connection: 'close',
	});
	response.end(withBody ? text : undefined);
}

function escapeXml(text: string): string {
	return text.replace(/[&<>]/g, character => `&#${character.charCodeAt(0)};`);
}
