import {randomBytes} from 'node:crypto';
import {mkdirSync, readdirSync, rmSync} from 'node:fs';
import {request} from 'node:http';
import {connect} from 'node:net';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {put} from '../../support/api-client.ts';
import {startExchange, type TestExchange} from '../../support/exchange.ts';

let now = Date.parse('2026-11-21T12:00:00Z');
let exchange: TestExchange;
let home: {dataStoreId: string; dataStoreDirectoryId: string};
beforeEach(async () => {
	exchange = await startExchange({now: () => now});
	const {dataStoreId, homeDirectoryId} = await exchange.addStore('Study');
	home = {dataStoreId, dataStoreDirectoryId: homeDirectoryId};
});
afterEach(() => exchange.close());

async function downloadUrl(id: string): Promise<string> {
	const query = 'query ($id: ID!) {file: storage_getDataStoreFileDownloadUrl(dataStoreFileId: $id) {url}}';
	return (await exchange.ask(query, {id})).file.url;
}

async function newUpload(): Promise<{url: string; itemId: string}> {
	const create = `mutation ($dataStoreId: ID!, $dataStoreDirectoryId: ID!) {
		file: storage_createDataStoreFile(
			dataStoreId: $dataStoreId, dataStoreDirectoryId: $dataStoreDirectoryId, name: "x", fileExtension: "csv"
		) {url itemId}
	}`;
	return (await exchange.ask(create, home)).file;
}

async function fileState(id: string) {
	const query = `query ($id: ID!) {
		file: storage_getDataStoreFile(dataStoreFileId: $id) {s3ConfirmedUpload storageSizeBytes lastModified}
	}`;
	return (await exchange.ask(query, {id})).file;
}

const onDisk = () => [
	...readdirSync(join(exchange.directory, 'blobs')),
	...readdirSync(join(exchange.directory, 'incoming')),
];

describe('GET', () => {
	test('answers with the bytes, without a token, and HEAD with their length', async () => {
		const bytes = randomBytes(3_000_000);
		const url = await downloadUrl(await exchange.addFile(home, 'x.bin', bytes));
		const got = await fetch(url);
		expect(got.status).toBe(200);
		expect(Buffer.from(await got.arrayBuffer()).equals(bytes)).toBe(true);
		const head = await fetch(url, {method: 'HEAD'});
		expect([...head.headers]).toEqual(
			expect.arrayContaining([
				['content-length', '3000000'],
				['accept-ranges', 'bytes'],
				['content-type', 'application/octet-stream'],
				['last-modified', 'Sat, 21 Nov 2026 12:00:00 GMT'],
			]),
		);
		expect(head.headers.get('etag')).toBe(got.headers.get('etag'));
	});

	test('answers with the range that is asked for', async () => {
		const url = await downloadUrl(await exchange.addFile(home, 'x.txt', '0123456789'));
		const get = async (headers: Record<string, string>) => {
			const response = await fetch(url, {headers});
			return [response.status, response.headers.get('content-range'), await response.text()];
		};
		const etag = (await fetch(url)).headers.get('etag')!;
		expect(await get({Range: 'bytes=2-4'})).toEqual([206, 'bytes 2-4/10', '234']);
		expect(await get({Range: 'bytes=-2', 'If-Range': etag})).toEqual([206, 'bytes 8-9/10', '89']);
		expect(await get({Range: 'bytes=-2', 'If-Range': '"other"'})).toEqual([200, null, '0123456789']);
		const [status, contentRange, body] = await get({Range: 'bytes=10-'});
		expect([status, contentRange]).toEqual([416, 'bytes */10']);
		expect(body).toContain('<Code>InvalidRange</Code>');
	});

	test('answers with an empty file', async () => {
		const response = await fetch(await downloadUrl(await exchange.addFile(home, 'empty', '')));
		expect([response.status, await response.text()]).toEqual([200, '']);
	});

	test('refuses what is expired, forged, unsigned, for another method, or gone, in XML', async () => {
		const id = await exchange.addFile(home, 'x.txt', 'abc');
		const url = await downloadUrl(id);
		const refusal = async (target: string, method = 'GET') => {
			const response = await fetch(target, {method});
			const [, code, message] = /<Code>(.*)<\/Code><Message>(.*)<\/Message>/.exec(await response.text())!;
			return [response.status, code, message?.split('.')[0]];
		};
		const mismatch = 'The request signature we calculated does not match the signature you provided';
		expect(await refusal(`${url}0`)).toEqual([403, 'SignatureDoesNotMatch', mismatch]);
		expect(await refusal(url.split('?')[0]!)).toEqual([403, 'AccessDenied', 'Access Denied']);
		expect((await refusal(url, 'PUT'))[1]).toBe('SignatureDoesNotMatch');
		expect((await refusal(url, 'DELETE'))[0]).toBe(405);
		const {url: unconfirmed, itemId} = await newUpload();
		expect((await refusal(unconfirmed))[1]).toBe('SignatureDoesNotMatch');
		expect(await refusal(await downloadUrl(itemId))).toEqual([
			404,
			'NoSuchKey',
			'The specified key does not exist',
		]);
		const laterGone = await downloadUrl(id);
		await exchange.ask('mutation ($id: ID!) {storage_deleteDataStoreFile(dataStoreFileId: $id) {name}}', {
			id,
		});
		expect((await refusal(laterGone))[1]).toBe('NoSuchKey');
		now += 900_000;
		expect(await refusal(url)).toEqual([403, 'AccessDenied', 'Request has expired']);
	});
});

describe('PUT', () => {
	test('confirms the file once its bytes are there, and replaces them when it comes again', async () => {
		const {url, itemId} = await newUpload();
		now += 1000;
		expect((await put(url, Buffer.from('abc'))).status).toBe(200);
		expect(await fileState(itemId)).toEqual({
			s3ConfirmedUpload: true,
			storageSizeBytes: 3,
			lastModified: new Date(now).toISOString(),
		});
		expect((await put(url, Buffer.from('other'))).status).toBe(200);
		expect(await (await fetch(await downloadUrl(itemId))).text()).toBe('other');
		await exchange.server.close();
		expect(onDisk()).toHaveLength(1);
	});

	test('takes an empty body', async () => {
		const {url, itemId} = await newUpload();
		expect((await put(url, Buffer.alloc(0))).status).toBe(200);
		expect(await fileState(itemId)).toMatchObject({s3ConfirmedUpload: true, storageSizeBytes: 0});
	});

	test.each([
		['a chunked body', {'Transfer-Encoding': 'chunked'}, 501, 'NotImplemented'],
		['more than 5 GB', {'Content-Length': String(6e9)}, 400, 'EntityTooLarge'],
	])('refuses %s', async (_, headers: Record<string, string>, status, code) => {
		const {url, itemId} = await newUpload();
		const answer = await new Promise<{status: number; text: string}>((done, failed) => {
			const sent = request(url, {method: 'PUT', headers}, async response => {
				let text = '';
				for await (const chunk of response) text += chunk;
				done({status: response.statusCode!, text});
			});
			sent.on('error', failed);
			sent.write('x');
		});
		expect(answer.status).toBe(status);
		expect(answer.text).toContain(`<Code>${code}</Code>`);
		expect(await fileState(itemId)).toMatchObject({s3ConfirmedUpload: false});
	});

	test('refuses a body without a length', async () => {
		const {url} = await newUpload();
		const {pathname, search, host, port} = new URL(url);
		const socket = connect(Number(port), '127.0.0.1');
		socket.write(`PUT ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
		let answer = '';
		for await (const chunk of socket) answer += chunk;
		expect(answer).toContain('411 Length Required');
		expect(answer).toContain('<Code>MissingContentLength</Code>');
	});

	test('that ends early leaves the file as it was and nothing on disk', async () => {
		const {url, itemId} = await newUpload();
		const received = Promise.withResolvers<void>();
		const sent = request(url, {method: 'PUT', headers: {'Content-Length': '1000000'}});
		sent.on('error', () => received.resolve());
		sent.write(Buffer.alloc(500_000), () => sent.destroy());
		await received.promise;
		await exchange.server.close();
		expect(onDisk()).toEqual([]);
		await exchange.reopen();
		expect(await fileState(itemId)).toMatchObject({s3ConfirmedUpload: false, storageSizeBytes: null});
	});

	test('that the disk refuses leaves the file as it was, and is a 500', async () => {
		const {url, itemId} = await newUpload();
		rmSync(join(exchange.directory, 'incoming'), {recursive: true});
		expect(await put(url, Buffer.from('abc'))).toMatchObject({
			status: 500,
			text: expect.stringContaining('<Code>InternalError</Code>'),
		});
		expect(await fileState(itemId)).toMatchObject({s3ConfirmedUpload: false});
		mkdirSync(join(exchange.directory, 'incoming'));
		expect((await put(url, Buffer.from('abc'))).status).toBe(200);
	});

	test('for a file that was deleted meanwhile is refused', async () => {
		const {url, itemId} = await newUpload();
		const remove = 'mutation ($id: ID!) {storage_deleteDataStoreFile(dataStoreFileId: $id) {name}}';
		await exchange.ask(remove, {id: itemId});
		expect(await put(url, Buffer.from('abc'))).toMatchObject({
			status: 404,
			text: expect.stringContaining('<Code>NoSuchUpload</Code>'),
		});
		await exchange.server.close();
		expect(onDisk()).toEqual([]);
	});
});

test('a deleted file frees its bytes', async () => {
	const id = await exchange.addFile(home, 'x.txt', 'abc');
	await exchange.ask('mutation ($id: ID!) {storage_deleteDataStoreFile(dataStoreFileId: $id) {name}}', {id});
	await exchange.server.close();
	expect(onDisk()).toEqual([]);
});

test('a file of 2 GiB has no size that the API could tell, and says so', async () => {
	const id = await exchange.addFile(home, 'x.bin', 'abc');
	await exchange.server.close();
	const {DatabaseSync} = process.getBuiltinModule('node:sqlite');
	const database = new DatabaseSync(join(exchange.directory, 'catalogue.sqlite'));
	database.exec(`UPDATE files SET storageSizeBytes = ${2 ** 31}`);
	database.close();
	await exchange.reopen();
	const query =
		'query ($id: ID!) {file: storage_getDataStoreFile(dataStoreFileId: $id) {name storageSizeBytes}}';
	expect((await exchange.post(query, {id})).body).toEqual({
		data: {file: {name: 'x', storageSizeBytes: null}},
		errors: [
			{
				path: ['file', 'storageSizeBytes'],
				locations: null,
				message: expect.stringContaining("Can't serialize value (/file/storageSizeBytes)"),
			},
		],
	});
});
