import {ShellError} from '../shell/errors.ts';

/** Where the Exchange is and how one is let in. */
export type Endpoint = {
	readonly url: URL;
	/** Sent as it is in `Authorization`, to this endpoint only. Read anew for each request: it may be renewed. */
	readonly token: string;
	/** Tokens in use before, no less secret. */
	readonly spent?: readonly string[];
};

/** How long the client is patient, ms. */
export type Patience = {
	/** For the whole answer to one GraphQL request; AppSync itself gives up after 30 s. */
	readonly request: number;
	/** For the next byte of a transfer. */
	readonly stall: number;
	/** For the Exchange to confirm bytes it has received. */
	readonly confirm: number;
	/** For the Exchange to say that the file of an export is there. */
	readonly exportFile: number;
	/** Before the first retry; doubles with each one. */
	readonly backoff: number;
};

export const defaultPatience: Patience = {
	request: 30_000,
	stall: 30_000,
	confirm: 60_000,
	exportFile: 600_000,
	backoff: 250,
};

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Plain http is for loopback alone: a token never travels in the clear. Throws `config`. */
export function parseEndpoint(endpoint: string, token: string): Endpoint {
	const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
	if (!url || !/^https?:$/.test(url.protocol)) {
		throw new ShellError('config', `${endpoint}: not the URL of an Exchange`, {
			hint: 'it looks like https://HOST/graphql',
		});
	}
	if (url.protocol === 'http:' && !loopback.test(url.hostname)) {
		throw new ShellError('config', `${url.host}: plain http would show the token to the network`, {
			hint: 'use https',
		});
	}
	return {url, token};
}

/** A server's text fit for a message: one line, bounded, without the token or a URL's query. */
export function quoted(text: string, {token, spent = []}: Endpoint): string {
	const safe = [token, ...spent]
		.filter(secret => secret.length >= 8)
		.reduce((left, secret) => left.replaceAll(secret, '…'), text)
		.replace(/(https?:\/\/[^\s?]+)\?\S*/g, '$1?…')
		.replace(/\s+/g, ' ')
		.trim();
	return safe.length > 300 ? `${safe.slice(0, 299)}…` : safe;
}
