import {expect, test} from 'vitest';
import {defaultPatience, parseEndpoint, quoted} from '../../src/exchange/endpoint.ts';
import {openPresigned} from '../../src/exchange/presigned.ts';
import type {Wire} from '../../src/exchange/wire.ts';

test.each([
	'https://exchange.example/graphql',
	'http://localhost:4000/graphql',
	'http://127.0.0.1:4000/graphql',
	'http://[::1]:4000/graphql',
])('%s is an endpoint', endpoint => {
	expect(parseEndpoint(endpoint, 'token').url.href).toBe(endpoint);
});

test.each([
	['exchange.example', 'not the URL of an Exchange'],
	['file:///etc/passwd', 'not the URL of an Exchange'],
	['http://exchange.example/graphql', 'plain http would show the token to the network'],
	['http://127.0.0.1.example/graphql', 'plain http would show the token to the network'],
])('%s is none', (endpoint, message) => {
	expect(() => parseEndpoint(endpoint, 'token')).toThrow(message);
});

test("a server's text is quoted on one line, bounded, without the token or a URL's query", () => {
	const endpoint = parseEndpoint('https://exchange.example/graphql', 'secret-token');
	const text = 'no\n\tsecret-token at https://b.s3/k?X-Amz-Signature=1 ';
	expect(quoted(text, endpoint)).toBe('no … at https://b.s3/k?…');
	expect(quoted('x'.repeat(1000), endpoint)).toHaveLength(300);
});

test.each([
	['http://127.0.0.1/secret', 'https://exchange.example/graphql', 'not safe'],
	['ftp://files.example/secret', 'http://127.0.0.1/graphql', 'not safe'],
	['//files.example/secret', 'https://exchange.example/graphql', 'no usable URL'],
])('the URL %s given by %s is not opened, nor named', (url, exchange, message) => {
	const wire: Wire = {
		open: () => {
			throw new Error('opened');
		},
		adopt: () => {},
		inFlight: () => 0,
		close: () => {},
	};
	const transfers = {wire, endpoint: parseEndpoint(exchange, 'token'), patience: defaultPatience};
	const open = () =>
		openPresigned(transfers, url, {method: 'GET', headers: {}, signal: AbortSignal.timeout(1000)});
	expect(open).toThrow(message);
	expect(open).not.toThrow('secret');
});
