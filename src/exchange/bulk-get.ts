import {isIP, connect as netConnect, type Socket} from 'node:net';
import {addAbortSignal} from 'node:stream';
import {createLentChunks} from './lent-chunks.ts';
import type {Answer} from './wire.ts';

/** A GET under way. */
export type BulkGet = {
	/**
	 * The answer, once its head is there; undefined for any but the plainest: 200 or 206, and a body of a
	 * known length sent as it is. Its chunks are lent, see lent-chunks.ts.
	 */
	readonly answer: Promise<Answer | undefined>;
	readonly socket: Socket;
};

/** More than any server's head; longer than that is no head. */
const maxHead = 64 * 1024;

/**
 * A GET over a connection of its own that reads straight into memory it uses again and again. Node's own
 * client takes three times the processor's time, which is all a transfer at a gigabyte a second costs; it
 * is the one for everything else: small answers, refusals, bodies without a length.
 */
export function bulkGet(
	url: URL,
	{
		headers,
		signal,
	}: {readonly headers: Readonly<Record<string, string>>; readonly signal?: AbortSignal | undefined},
): BulkGet {
	const lent = createLentChunks(() => socket.resume());
	const socket = connect(url, {buffer: lent.space, callback: lent.arrived});
	if (signal) addAbortSignal(signal, socket);
	socket
		.on('error', lent.end)
		.on('end', () => lent.end())
		.on('close', () => lent.end());
	const fields = Object.entries({host: url.host, connection: 'close', ...headers});
	const lines = [`GET ${url.pathname}${url.search} HTTP/1.1`, ...fields.map(field => field.join(': '))];
	socket.write(`${lines.join('\r\n')}\r\n\r\n`);
	return {answer: readAnswer(socket, lent.chunks), socket};
}

type OnRead = {readonly buffer: () => Uint8Array; readonly callback: (count: number) => boolean};

function connect({protocol, hostname, port}: URL, onread: OnRead): Socket {
	const host = hostname.replace(/^\[|\]$/g, '');
	if (protocol === 'http:') return netConnect({host, port: Number(port || 80), onread});
	// An address is no name to ask a certificate for.
	const named = isIP(host) === 0 && {servername: host};
	const options = {host, port: Number(port || 443), ALPNProtocols: ['http/1.1'], ...named, onread};
	return process.getBuiltinModule('node:tls').connect(options);
}

async function readAnswer(socket: Socket, chunks: AsyncGenerator<Uint8Array>): Promise<Answer | undefined> {
	const beginning = await readHead(chunks);
	const head = beginning && parseHead(beginning.head);
	if (!head) {
		socket.destroy();
		return undefined;
	}
	return {
		...head,
		destroy: error => socket.destroy(error),
		[Symbol.asyncIterator]: () => body(socket, beginning.rest, chunks, head.length),
	};
}

/** The head's text, and the bytes of the body that came with it. */
async function readHead(chunks: AsyncIterator<Uint8Array>) {
	let received = Buffer.alloc(0);
	while (received.length < maxHead) {
		const {value, done} = await chunks.next();
		if (done) throw dropped();
		received = Buffer.concat([received, value]);
		const end = received.indexOf('\r\n\r\n');
		if (end >= 0) return {head: received.toString('latin1', 0, end), rest: received.subarray(end + 4)};
	}
	return undefined;
}

/** Undefined for what only a whole HTTP client can make sense of. */
function parseHead(text: string) {
	const [first = '', ...lines] = text.split('\r\n');
	const status = /^HTTP\/1\.1 (200|206)(?: |$)/.exec(first)?.[1];
	const headers: Record<string, string> = {};
	for (const line of lines) {
		const [, name, value] = /^([\w!#$%&'*+.^`|~-]+):[\t ]*(.*?)[\t ]*$/.exec(line) ?? [];
		const key = name?.toLowerCase();
		if (key === undefined || value === undefined) return undefined;
		// Two lengths: which of them a server means is not ours to guess.
		if (key in headers && key.startsWith('content-')) return undefined;
		headers[key] ??= value;
	}
	const {'content-length': length = ''} = headers;
	if (!status || 'transfer-encoding' in headers || !/^\d{1,15}$/.test(length)) return undefined;
	return {statusCode: Number(status), headers, length: Number(length)};
}

async function* body(
	socket: Socket,
	rest: Uint8Array,
	chunks: AsyncIterable<Uint8Array>,
	length: number,
): AsyncGenerator<Uint8Array, void> {
	let left = length;
	const cut = (chunk: Uint8Array) => {
		const own = chunk.subarray(0, left);
		left -= own.length;
		return own;
	};
	try {
		if (rest.length > 0) yield cut(rest);
		if (left === 0) return;
		for await (const chunk of chunks) {
			yield cut(chunk);
			if (left === 0) return;
		}
		throw dropped();
	} finally {
		socket.destroy();
	}
}

function dropped(): Error {
	return Object.assign(new Error('the connection ended early'), {code: 'ECONNRESET'});
}
