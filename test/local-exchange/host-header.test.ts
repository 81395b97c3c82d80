import {request} from 'node:http';
import {connect} from 'node:net';
import {text} from 'node:stream/consumers';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {startExchange, type TestExchange} from '../support/exchange.ts';

let exchange: TestExchange;
beforeAll(async () => {
	exchange = await startExchange();
});
afterAll(() => exchange.close());

async function statusFor(host: string): Promise<number | undefined> {
	const body = '{"query": "{__typename}"}';
	const headers = {Host: host, Authorization: exchange.token, 'Content-Length': body.length};
	return new Promise((done, failed) => {
		const sent = request(exchange.endpoint, {method: 'POST', headers}, response => {
			response.resume();
			done(response.statusCode);
		});
		sent.on('error', failed);
		sent.end(body);
	});
}

test.each([
	['127.0.0.1:1', 200],
	['localhost', 200],
	['LOCALHOST:9', 200],
	['[::1]:80', 200],
	['evil.example', 403],
	['127.0.0.1.evil.example:80', 403],
])('a request to the host %j is answered with %d', async (host, status) => {
	expect(await statusFor(host)).toBe(status);
});

test.each(['GET // HTTP/1.1', 'GET // HTTP/1.1\r\nUpgrade: websocket\r\nConnection: upgrade'])(
	'%j is refused and does no harm',
	async start => {
		const {port, host} = new URL(exchange.endpoint);
		const socket = connect(Number(port), '127.0.0.1');
		socket.end(`${start}\r\nHost: ${host}\r\n\r\n`);
		expect(await text(socket)).toMatch(/^HTTP\/1\.1 4\d\d /);
		expect(await statusFor('localhost')).toBe(200);
	},
);
