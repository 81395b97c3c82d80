import {createHash} from 'node:crypto';
import type {IncomingMessage, RequestListener, ServerResponse} from 'node:http';
import {createServer} from 'node:https';
import type {AddressInfo} from 'node:net';
import {getCACertificates, setDefaultCACertificates} from 'node:tls';
import {afterEach, expect, test} from 'vitest';
import type {ShellError} from '../../src/shell/errors.ts';
import type {Download} from '../../src/shell/ports.ts';
import {certificate} from './certificate.ts';
import {type FakeExchange, fakeExchange, type Reply} from './fake-exchange.ts';

let fake: FakeExchange;
afterEach(() => fake.close());

/** More than all memory of a download together. */
const content = Buffer.alloc(24_000_000);
for (let at = 0; at < content.length; at += 4) content.writeUInt32LE(Math.imul(at, 0x9e3779b1) >>> 0, at);
const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const whole = digest(content);

/** A reader that looks at each chunk only just before it asks for the next one. */
async function readSlowly({body}: Download): Promise<string> {
	const hash = createHash('sha256');
	for await (const chunk of body) {
		await new Promise(resolve => setTimeout(resolve, 2));
		hash.update(chunk);
	}
	return hash.digest('hex');
}

const downloadUrl = (url = fake.fileUrl): Reply => ({
	body: {data: {storage_getDataStoreFileDownloadUrl: {url}}},
});

/** Answers with the bytes asked for, `count` of them before the socket drops. */
function send(request: IncomingMessage, response: ServerResponse, count = content.length): void {
	const [, start = 0, end = content.length - 1] = (
		/^bytes=(\d+)-(\d+)?$/.exec(request.headers.range ?? '') ?? []
	).map(text => (text === undefined ? undefined : Number(text)));
	const part = content.subarray(Number(start), Number(end) + 1);
	response.writeHead(request.headers.range ? 206 : 200, {
		etag: '"v1"',
		'content-length': part.length,
		...(request.headers.range && {'content-range': `bytes ${start}-${end}/${content.length}`}),
	});
	if (count >= part.length) response.end(part);
	else response.write(part.subarray(0, count), () => request.socket.destroy());
}

const sendAll: RequestListener = (request, response) => send(request, response);

const download = (file: {offset?: number; length?: number} = {}, patience = {}) =>
	fake.connect(patience).download({dataStoreFileId: 'f', lent: true, ...file});

const codeOf = (call: Promise<unknown>) =>
	call.then(
		answer => `answered ${answer}`,
		(error: ShellError) => error.code,
	);

test('a slow reader gets every byte as it was sent, over one connection of its own', async () => {
	fake = await fakeExchange(() => downloadUrl(), sendAll);
	const {size, body} = await download();
	expect(size).toBe(content.length);
	expect(await readSlowly({size, body})).toBe(whole);
	expect(fake.transfers).toHaveLength(1);
	expect(fake.transfers[0]).toMatchObject({connection: 'close'});
	expect(fake.transfers[0]).not.toHaveProperty('authorization');
});

test('a part of a file', async () => {
	fake = await fakeExchange(() => downloadUrl(), sendAll);
	const {size, body} = await download({offset: 1_000_001, length: 5_000_000});
	expect(size).toBe(5_000_000);
	expect(await readSlowly({size, body})).toBe(digest(content.subarray(1_000_001, 6_000_001)));
});

test('a dropped connection is picked up where it broke', async () => {
	fake = await fakeExchange(
		() => downloadUrl(),
		(request, response) => send(request, response, fake.transfers.length < 3 ? 7_000_000 : content.length),
	);
	expect(await readSlowly(await download())).toBe(whole);
	expect(fake.transfers.map(({range}) => range)).toEqual([
		undefined,
		expect.stringMatching(/^bytes=\d+-$/),
		expect.stringMatching(/^bytes=\d+-$/),
	]);
});

test('an answer of unknown length is read all the same', async () => {
	fake = await fakeExchange(
		() => downloadUrl(),
		(_request, response) => {
			response.write(content.subarray(0, 10));
			response.end(content.subarray(10));
		},
	);
	const {size, body} = await download();
	expect(size).toBe(null);
	expect(await readSlowly({size, body})).toBe(whole);
});

test('an expired URL is asked for anew, once', async () => {
	fake = await fakeExchange(
		({attempt}) => downloadUrl(`${fake.fileUrl}&attempt=${attempt}`),
		(request, response) =>
			request.url?.endsWith('attempt=1')
				? response.writeHead(403).end('<Code>AccessDenied</Code>')
				: send(request, response),
	);
	expect(await readSlowly(await download())).toBe(whole);
	expect(fake.operations()).toEqual(['FileDownloadUrl', 'FileDownloadUrl']);
});

test.each([
	['nobody there', 'connection', () => downloadUrl('http://127.0.0.1:1/bytes')],
	['no URL', 'failed', () => downloadUrl('bytes here')],
])('%s is an error', async (_case, code, answer) => {
	fake = await fakeExchange(answer);
	expect(await codeOf(download())).toBe(code);
});

test.each<[string, RequestListener]>([
	['before its head', () => {}],
	['in its head', request => request.socket.write('HTTP/1.1 200 OK\r\nContent-Le')],
	['in its body', (_request, response) => response.writeHead(200, {'content-length': 9}).write('1')],
])('a server that falls silent %s is an error', async (_case, answer) => {
	fake = await fakeExchange(() => downloadUrl(), answer);
	expect(await codeOf(download({}, {stall: 50}).then(readSlowly))).toBe('timeout');
});

test('a slow reader is not a silent server', async () => {
	fake = await fakeExchange(() => downloadUrl(), sendAll);
	const {body} = await download({}, {stall: 50});
	let length = 0;
	for await (const chunk of body) {
		if (length === 0) await new Promise(resolve => setTimeout(resolve, 100));
		length += chunk.length;
	}
	expect(length).toBe(content.length);
});

test('the head may come in any number of pieces', async () => {
	fake = await fakeExchange(
		() => downloadUrl(),
		async ({socket}) => {
			for (const byte of 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nETag: "x"\r\n\r\nabc') {
				socket.write(byte);
				await new Promise(resolve => setImmediate(resolve));
			}
		},
	);
	expect(await readSlowly(await download())).toBe(digest(Buffer.from('abc')));
});

test('what comes after the body is not part of it', async () => {
	fake = await fakeExchange(
		() => downloadUrl(),
		({socket}) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef'),
	);
	expect(await readSlowly(await download())).toBe(digest(Buffer.from('abc')));
});

test.each([
	['another version', 'HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nabc'],
	['a folded line', 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nX-A: 1\r\n 2\r\n\r\nabc'],
	['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 6\r\n\r\nabcdef'],
	['a length that is none', 'HTTP/1.1 200 OK\r\nContent-Length: 0x3\r\n\r\nabc'],
	['pieces', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nabc'],
	['no end', `HTTP/1.1 200 OK\r\nX-A: ${'a'.repeat(100_000)}`],
	['nonsense', 'SSH-2.0-OpenSSH_9.6\r\n\r\n'],
])("a head with %s is left to Node's own client", async (_case, answer) => {
	fake = await fakeExchange(
		() => downloadUrl(),
		(request, response) =>
			fake.transfers.length === 1 ? request.socket.end(answer) : response.writeHead(404).end(),
	);
	expect(await codeOf(download())).toBe('not-found');
	expect(fake.transfers).toHaveLength(2);
});

test('an abort, and leaving early, end the connection', async () => {
	const closed: Promise<unknown>[] = [];
	fake = await fakeExchange(
		() => downloadUrl(),
		(request, response) => {
			closed.push(new Promise(resolve => request.socket.once('close', resolve)));
			send(request, response);
		},
	);
	const exchange = fake.connect();
	const stop = new AbortController();
	const aborted = await exchange.download({dataStoreFileId: 'f', lent: true}, {signal: stop.signal});
	expect(exchange.inFlight()).toBe(1);
	const reading = codeOf(readSlowly(aborted));
	stop.abort();
	expect(await reading).toBe('cancelled');
	const {body} = await exchange.download({dataStoreFileId: 'f', lent: true});
	for await (const chunk of body) if (chunk.length > 0) break;
	await Promise.all(closed);
	expect(closed).toHaveLength(2);
	expect(exchange.inFlight()).toBe(0);
});

test('closing the client ends what it is reading', async () => {
	fake = await fakeExchange(() => downloadUrl(), sendAll);
	const exchange = fake.connect();
	const reading = codeOf(exchange.download({dataStoreFileId: 'f', lent: true}).then(readSlowly));
	await new Promise<void>(resolve => {
		const look = () => (fake.transfers.length > 0 ? resolve() : void setImmediate(look));
		look();
	});
	exchange.close();
	expect(await reading).not.toBe(`answered ${whole}`);
});

test.each(['localhost', '127.0.0.1'])('over TLS, from %s', async host => {
	const trusted = getCACertificates();
	const server = createServer(certificate, sendAll);
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const url = `https://${host}:${(server.address() as AddressInfo).port}/bytes`;
	fake = await fakeExchange(() => downloadUrl(url));
	try {
		expect(await codeOf(download())).toBe('connection');
		setDefaultCACertificates([...trusted, certificate.cert]);
		expect(await readSlowly(await download())).toBe(whole);
	} finally {
		setDefaultCACertificates(trusted);
		server.closeAllConnections();
		await new Promise(resolve => server.close(resolve));
	}
});
