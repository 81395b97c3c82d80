import {ShellError} from '../shell/errors.ts';

/** The hosted Exchange in production, as in every released Python SDK. */
export const hostedEndpoint =
	'https://rrfs7pb7ancybo7bom7uxcsaxq.appsync-api.us-west-2.amazonaws.com/graphql';

/** Where an Exchange is: a server's, or the local one kept in a folder. */
export type Place =
	| {readonly kind: 'remote'; readonly endpoint: string}
	| {readonly kind: 'local'; readonly directory: string};

/**
 * What a setting or an option calls an endpoint: a URL, or `local` for the local exchange. Throws `config`
 * for what is neither, and for plain http, but to this machine.
 */
export function placeOf(endpoint: string, directory: string): Place {
	return endpoint === 'local'
		? {kind: 'local', directory}
		: {kind: 'remote', endpoint: readEndpoint(endpoint)};
}

/** Its host, or `local exchange`. */
export function hostOf(place: Place): string {
	return place.kind === 'local' ? 'local exchange' : new URL(place.endpoint).host;
}

/** As in a setting. */
export function endpointOf(place: Place): string {
	return place.kind === 'local' ? 'local' : place.endpoint;
}

function readEndpoint(text: string): string {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (!url || !['http:', 'https:'].includes(url.protocol)) {
		throw new ShellError('config', `${text}: not an endpoint`, {hint: 'https://HOST/graphql'});
	}
	if (url.username !== '' || url.password !== '') {
		throw new ShellError('config', `${url.host}: an endpoint has no user or password in it`, {
			hint: '`login` asks for the token',
		});
	}
	const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
	if (url.protocol === 'http:' && !loopback) {
		throw new ShellError('config', `${url.host}: plain http would show the token to the network`, {
			hint: 'use https',
		});
	}
	return url.href;
}
