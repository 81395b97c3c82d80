import type {IncomingMessage, ServerResponse} from 'node:http';
import {afterEach, describe, expect, test} from 'vitest';
import {ShellError} from '../../src/shell/errors.ts';
import type {Download, Upload} from '../../src/shell/ports.ts';
import {type Asked, type FakeExchange, fakeExchange, type Reply, secretQuery} from './fake-exchange.ts';

let fake: FakeExchange;
afterEach(() => fake.close());

const content = Buffer.from('0123456789'.repeat(10_000));
const etag = '"v1"';

async function read({body}: Download): Promise<Buffer> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of body) chunks.push(chunk);
	return Buffer.concat(chunks);
}

async function failure(call: Promise<unknown>): Promise<ShellError> {
	const error = await call.then(
		answer => new Error(`answered ${JSON.stringify(answer)}`),
		(thrown: unknown) => thrown,
	);
	if (!(error instanceof ShellError)) throw error;
	const told = [error.message, error.hint, ...error.details].join(' ');
	expect(told).not.toContain(fake.token);
	expect(told).not.toContain(secretQuery);
	expect(told).not.toContain('http://');
	return error;
}

/** Answers a request for a download URL. */
const downloadUrl = (): Reply => ({body: {data: {storage_getDataStoreFileDownloadUrl: {url: fake.fileUrl}}}});

/** Sends `bytes` from the asked position on, `count` of them before the socket drops. */
function send(
	request: IncomingMessage,
	response: ServerResponse,
	bytes = content,
	count = bytes.length,
	tag = etag,
) {
	const start = Number(/^bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
	const part = bytes.subarray(start);
	response.writeHead(request.headers.range ? 206 : 200, {
		etag: tag,
		'content-length': part.length,
		...(request.headers.range && {
			'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}`,
		}),
	});
	if (count >= part.length) response.end(part);
	else response.write(part.subarray(0, count), () => request.socket.destroy());
}

const s3Error = (response: ServerResponse, status: number, code: string) =>
	response
		.writeHead(status, {'content-type': 'application/xml'})
		.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>see ${fake.fileUrl}</Message></Error>`);

const download = async (file: {offset?: number; length?: number} = {}, patience = {}) =>
	read(await fake.connect(patience).download({dataStoreFileId: 'f', ...file}));

describe('download', () => {
	test('the token stays with the Exchange', async () => {
		fake = await fakeExchange(downloadUrl, (request, response) => send(request, response));
		expect((await download()).equals(content)).toBe(true);
		expect(fake.transfers[0]).not.toHaveProperty('authorization');
	});

	test.each([
		[404, 'NoSuchKey', 'not-found', 'the file store does not have the bytes (404 NoSuchKey)'],
		[503, 'SlowDown', 'connection', 'the file store is in trouble (503 SlowDown)'],
		[400, 'InvalidArgument', 'failed', 'the file store refused the transfer (400 InvalidArgument)'],
		[302, 'Redirect', 'failed', 'the file store refused the transfer (302 Redirect)'],
		[403, 'bad<code>', 'denied', 'the file store refused the transfer (403)'],
	])("S3's error %i %s is never the file", async (status, code, expected, message) => {
		fake = await fakeExchange(downloadUrl, (_request, response) => s3Error(response, status, code));
		const error = await failure(download());
		expect([error.code, error.message]).toEqual([expected, message]);
	});

	test('an expired URL is asked for anew, once', async () => {
		fake = await fakeExchange(downloadUrl, (request, response, attempt) =>
			attempt === 1 ? s3Error(response, 403, 'AccessDenied') : send(request, response),
		);
		expect((await download()).equals(content)).toBe(true);
		expect(fake.operations()).toEqual(['FileDownloadUrl', 'FileDownloadUrl']);
	});

	test('a URL that stays expired is a refusal after the second', async () => {
		fake = await fakeExchange(downloadUrl, (_request, response) => s3Error(response, 403, 'AccessDenied'));
		expect((await failure(download())).code).toBe('denied');
		expect(fake.transfers).toHaveLength(2);
	});

	test('a dropped connection is picked up where it broke', async () => {
		fake = await fakeExchange(downloadUrl, (request, response, attempt) =>
			send(request, response, content, attempt === 1 ? 30_000 : content.length),
		);
		expect((await download()).equals(content)).toBe(true);
		expect(fake.transfers.map(({range}) => range)).toEqual([
			undefined,
			expect.stringMatching(/^bytes=\d+-$/),
		]);
	});

	test('it is picked up from a server without ranges too', async () => {
		fake = await fakeExchange(downloadUrl, (request, response, attempt) => {
			const {range: _ignored, ...headers} = request.headers;
			request.headers = headers;
			send(request, response, content, attempt === 1 ? 30_000 : content.length);
		});
		expect((await download({offset: 7, length: 70_000})).equals(content.subarray(7, 70_007))).toBe(true);
	});

	test('not when the file has changed meanwhile', async () => {
		fake = await fakeExchange(downloadUrl, (request, response, attempt) =>
			attempt === 1
				? send(request, response, content, 30_000)
				: send(request, response, content, 1e9, '"v2"'),
		);
		const error = await failure(download());
		expect([error.code, error.message]).toEqual(['failed', 'the file changed while it was being read']);
	});

	test('a connection that drops again and again is an error, never a short file', async () => {
		fake = await fakeExchange(downloadUrl, (request, response) => send(request, response, content, 0));
		expect((await failure(download())).code).toBe('connection');
	});

	test('a server that falls silent is an error', async () => {
		fake = await fakeExchange(downloadUrl, (_request, response) => {
			response.writeHead(200, {'content-length': 10}).write('01');
		});
		const error = await failure(download({}, {stall: 100}));
		expect([error.code, error.message]).toEqual(['timeout', 'the file store: no byte moved in 0.1 s']);
	});

	test('a slow reader is not a silent server', async () => {
		fake = await fakeExchange(downloadUrl, (request, response) => send(request, response));
		const {body} = await fake.connect({stall: 200}).download({dataStoreFileId: 'f'});
		let length = 0;
		for await (const chunk of body) {
			// Longer than the client's patience with a server.
			if (length === 0) await new Promise(resolve => setTimeout(resolve, 300));
			length += chunk.length;
		}
		expect(length).toBe(content.length);
	});

	test.each([
		['no URL', null],
		['a URL that is none', 'bytes here'],
		['another protocol', 'file:///etc/passwd'],
	])('%s from the Exchange is an error', async (_case, url) => {
		fake = await fakeExchange(() => ({body: {data: {storage_getDataStoreFileDownloadUrl: {url}}}}));
		expect((await failure(download())).code).toBe('failed');
	});

	test('an archive cut short is an error', async () => {
		fake = await fakeExchange(
			() => ({body: {data: {storage_getDataStoreZipDownloadUrl: {url: fake.fileUrl}}}}),
			(request, response) => response.writeHead(200).write('PK', () => request.socket.destroy()),
		);
		const archive = fake.connect().downloadZip([{objectType: 'FILE', dataStoreFileId: 'f'}]);
		expect((await failure(archive.then(read))).code).toBe('connection');
	});
});

describe('upload', () => {
	/** An Exchange that confirms from the given look on. */
	const exchange =
		({confirmedFrom = 1, size = content.length}: {confirmedFrom?: number; size?: number} = {}) =>
		({operationName, attempt}: Asked): Reply => {
			switch (operationName) {
				case 'CreateFile':
					return {
						body: {
							data: {storage_createDataStoreFile: {url: fake.fileUrl, uploadId: 'u', itemId: `f${attempt}`}},
						},
					};
				case 'DeleteFile':
					return {body: {data: {storage_deleteDataStoreFile: {dataStoreFileId: 'f'}}}};
				default:
					return {
						body: {
							data: {
								storage_getDataStoreFile: {
									__typename: 'DataStoreFile',
									dataStoreFileId: 'f',
									name: 'a',
									fileExtension: 'bin',
									storageSizeBytes: attempt >= confirmedFrom ? size : null,
									s3ConfirmedUpload: attempt >= confirmedFrom,
									lastModified: null,
									dataStoreId: 's',
									dataStoreDirectoryId: 'd',
									description: null,
									contentType: null,
									ownerUserId: null,
								},
							},
						},
					};
			}
		};
	const receive = async (request: IncomingMessage, response: ServerResponse) => {
		const chunks: Uint8Array[] = [];
		try {
			for await (const chunk of request) chunks.push(chunk);
		} catch {
			return;
		}
		received.push(Buffer.concat(chunks));
		response.writeHead(200).end();
	};
	let received: Buffer[] = [];
	const upload = (file: Partial<Upload> = {}, signal?: AbortSignal, patience = {}) => {
		received = [];
		return fake.connect(patience).upload(
			{
				dataStoreId: 's',
				dataStoreDirectoryId: 'd',
				fileName: 'a.bin',
				size: content.length,
				body: async function* () {
					yield content.subarray(0, 40_000);
					yield content.subarray(40_000);
				},
				...file,
			},
			{signal},
		);
	};

	test('sends all bytes with their length and without the token, and looks once', async () => {
		fake = await fakeExchange(exchange(), receive);
		expect(await upload()).toMatchObject({dataStoreFileId: 'f', s3ConfirmedUpload: true});
		expect(received[0]?.equals(content)).toBe(true);
		expect(fake.transfers[0]).toMatchObject({'content-length': String(content.length)});
		expect(fake.transfers[0]).not.toHaveProperty('authorization');
		expect(fake.transfers[0]).not.toHaveProperty('transfer-encoding');
		expect(fake.operations()).toEqual(['CreateFile', 'GetFile']);
	});

	test('leaves nothing in the cache, which each of 10,000 uploads would have to carry on', async () => {
		fake = await fakeExchange(exchange(), receive);
		const connected = fake.connect();
		const body = async function* () {
			yield content;
		};
		const file = {dataStoreId: 's', dataStoreDirectoryId: 'd', fileName: 'a.bin', size: content.length, body};
		await connected.upload(file);
		expect(connected.client.cache.extract()).toEqual({});
	});

	test('looks again until the bytes are confirmed, also on an Exchange without events', async () => {
		fake = await fakeExchange(exchange({confirmedFrom: 3}), receive);
		await upload();
		expect(fake.operations()).toEqual(['CreateFile', 'GetFile', 'GetFile', 'GetFile']);
	});

	test('a size over 2 GiB, which the API cannot tell, does not keep a file from being confirmed', async () => {
		const answer = exchange();
		fake = await fakeExchange(asked => {
			const reply = answer(asked);
			if (asked.operationName !== 'GetFile' || typeof reply !== 'object') return reply;
			const text = JSON.stringify(reply.body).replace(/"storageSizeBytes":\d+/, '"storageSizeBytes":null');
			return {body: {...JSON.parse(text), errors: [{message: 'Int cannot represent it'}]}};
		}, receive);
		expect(await upload()).toMatchObject({storageSizeBytes: null, s3ConfirmedUpload: true});
	});

	test.each([
		['never confirmed', exchange({confirmedFrom: 1e9}), 'has not confirmed them in 0.1 s'],
		['confirmed with another size', exchange({size: 3}), 'has not confirmed them in 0.1 s, it has 3'],
	])('bytes that are %s are an error, the record is deleted', async (_case, answer, message) => {
		fake = await fakeExchange(answer, receive);
		const error = await failure(upload({}, undefined, {confirm: 100}));
		expect([error.code, error.message]).toEqual(['timeout', expect.stringContaining(message)]);
		expect(fake.operations().at(-1)).toBe('DeleteFile');
	});

	test('a refused PUT deletes the record', async () => {
		fake = await fakeExchange(exchange(), (_request, response) => s3Error(response, 400, 'EntityTooLarge'));
		const error = await failure(upload());
		expect(error.message).toBe('the file store refused the transfer (400 EntityTooLarge)');
		expect(fake.operations()).toEqual(['CreateFile', 'DeleteFile']);
	});

	test('a big file is refused before its bytes are sent', async () => {
		const sent: number[] = [];
		fake = await fakeExchange(exchange(), (_request, response) => s3Error(response, 400, 'EntityTooLarge'));
		const size = 64 * 1024 * 1024;
		await failure(upload({size, onProgress: bytes => sent.push(bytes)}));
		expect(sent.length).toBeLessThan(3);
	});

	test('a clean-up that fails does not hide the first cause', async () => {
		const answer = exchange();
		fake = await fakeExchange(
			asked => (asked.operationName === 'DeleteFile' ? {status: 500, text: ''} : answer(asked)),
			(_request, response) => s3Error(response, 400, 'EntityTooLarge'),
		);
		const error = await failure(upload());
		expect(error.message).toContain('EntityTooLarge');
		expect(error.details).toEqual([expect.stringMatching(/^its record f1 is left behind: /)]);
	});

	test('an expired URL costs one more record, and none is left behind', async () => {
		fake = await fakeExchange(exchange(), (request, response, attempt) =>
			attempt === 1 ? s3Error(response, 403, 'AccessDenied') : void receive(request, response),
		);
		await upload();
		expect(fake.operations()).toEqual(['CreateFile', 'DeleteFile', 'CreateFile', 'GetFile']);
		expect(received[0]?.equals(content)).toBe(true);
	});

	test('a dropped connection starts the bytes over', async () => {
		fake = await fakeExchange(exchange(), (request, response, attempt) =>
			attempt === 1 ? void request.socket.destroy() : void receive(request, response),
		);
		await upload();
		expect(received.at(-1)?.equals(content)).toBe(true);
	});

	test.each([
		['shorter', content.length + 1],
		['longer', content.length - 1],
	])('a file that is %s than announced is an error, the record is deleted', async (_case, size) => {
		fake = await fakeExchange(exchange(), receive);
		expect((await failure(upload({size}))).code).toBe('local');
		expect(fake.operations()).toEqual(['CreateFile', 'DeleteFile']);
	});

	test('a file that cannot be read is an error of its own, the record is deleted', async () => {
		fake = await fakeExchange(exchange(), receive);
		// biome-ignore lint/correctness/useYield: it fails before its first bytes
		const body = async function* () {
			throw new ShellError('local', 'a.bin: permission denied');
		};
		expect((await failure(upload({body}))).message).toBe('a.bin: permission denied');
		expect(fake.operations()).toEqual(['CreateFile', 'DeleteFile']);
	});

	test('a record without a URL is deleted', async () => {
		const answer = exchange();
		fake = await fakeExchange(asked =>
			asked.operationName === 'CreateFile'
				? {body: {data: {storage_createDataStoreFile: {url: null, uploadId: null, itemId: 'f1'}}}}
				: answer(asked),
		);
		await failure(upload());
		expect(fake.operations()).toEqual(['CreateFile', 'DeleteFile']);
	});

	test('a cancelled transfer deletes the record', async () => {
		const stop = new AbortController();
		fake = await fakeExchange(exchange(), () => stop.abort());
		expect((await failure(upload({}, stop.signal))).code).toBe('cancelled');
		expect(fake.operations()).toEqual(['CreateFile', 'DeleteFile']);
	});

	test('a server that takes no bytes is an error', async () => {
		fake = await fakeExchange(exchange(), () => {});
		const error = await failure(upload({}, undefined, {stall: 50}));
		expect([error.code, error.message]).toEqual(['timeout', 'the file store: no byte moved in 0.2 s']);
	});
});
