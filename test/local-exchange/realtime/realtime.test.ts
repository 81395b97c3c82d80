import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {put} from '../../support/api-client.ts';
import {type AppSyncSocket, credentialsOf, openSocket, startMessage} from '../../support/appsync-socket.ts';
import {startExchange, type TestExchange} from '../../support/exchange.ts';

let exchange: TestExchange;
let socket: AppSyncSocket | undefined;
beforeEach(async () => {
	exchange = await startExchange();
});
afterEach(async () => {
	socket?.close();
	await exchange.close();
});

const subscription = `subscription ($id: ID!) {
	onNotifyUploadComplete(uploadId: $id) {uploadId httpStatusCode errorMessage}
}`;
const refusal = {
	errors: [
		{
			errorType: 'UnauthorizedException',
			message: 'You are not authorized to make this call.',
			errorCode: 401,
		},
	],
};

function address(path: string, token?: string): string {
	const url = new URL(path, exchange.endpoint.replace('http', 'ws'));
	if (token !== undefined)
		url.search = new URLSearchParams({header: credentialsOf(token), payload: 'e30='}).toString();
	return url.href;
}

async function connected(): Promise<AppSyncSocket> {
	socket = await openSocket(address('/graphql/realtime', exchange.token));
	socket.send({type: 'connection_init'});
	expect(await socket.next()).toEqual({
		type: 'connection_ack',
		payload: {connectionTimeoutMs: 300_000},
	});
	return socket;
}

async function newUpload(): Promise<{url: string; uploadId: string}> {
	const {dataStoreId, homeDirectoryId} = await exchange.addStore('Study');
	const create = `mutation ($s: ID!, $d: ID!) {
		file: storage_createDataStoreFile(dataStoreId: $s, dataStoreDirectoryId: $d, name: "x", fileExtension: "") {
			url uploadId
		}
	}`;
	return (await exchange.ask(create, {s: dataStoreId, d: homeDirectoryId})).file;
}

describe('a connection', () => {
	test.each(['/graphql/realtime', '/graphql'])('is acknowledged at %s', async path => {
		socket = await openSocket(address(path, exchange.token));
		socket.send({type: 'connection_init'});
		expect((await socket.next()).type).toBe('connection_ack');
	});

	test('may carry its credentials in a subprotocol', async () => {
		const header = `header-${credentialsOf(exchange.token, 'base64url')}`;
		socket = await openSocket(address('/graphql/realtime'), ['graphql-ws', header]);
		socket.send({type: 'connection_init'});
		expect((await socket.next()).type).toBe('connection_ack');
	});

	test.each([undefined, 'wrong'])('with the token %j is refused and closed', async token => {
		socket = await openSocket(address('/graphql/realtime', token));
		socket.send({type: 'connection_init'});
		expect(await socket.next()).toEqual({type: 'connection_error', payload: refusal});
		expect(await socket.closed).toBe(4401);
	});

	test('at another path is not found', async () => {
		await expect(openSocket(address('/other', exchange.token))).rejects.toThrow('404');
	});

	test('survives what is no message', async () => {
		const open = await connected();
		for (const nonsense of ['', '{', 'null', '1', '{"type": "x"}']) {
			open.send(nonsense);
			expect((await open.next()).type).toBe('error');
		}
	});
});

describe('a subscription', () => {
	test('hears that an upload is confirmed, from its start_ack to its stop', async () => {
		const {url, uploadId} = await newUpload();
		const open = await connected();
		open.send(startMessage('1', subscription, exchange.token, {id: uploadId}));
		expect(await open.next()).toEqual({id: '1', type: 'start_ack'});
		await put(url, Buffer.from('abc'));
		expect(await open.next()).toEqual({
			id: '1',
			type: 'data',
			payload: {
				data: {onNotifyUploadComplete: {uploadId, httpStatusCode: 200, errorMessage: null}},
			},
		});
		open.send({id: '1', type: 'stop'});
		expect(await open.next()).toEqual({id: '1', type: 'complete'});
		await put(url, Buffer.from('again'));
		open.send(startMessage('2', subscription, exchange.token, {id: uploadId}));
		expect(await open.next()).toEqual({id: '2', type: 'start_ack'});
	});

	test('hears nothing of other uploads', async () => {
		const [one, two] = [await newUpload(), await newUpload()];
		const open = await connected();
		for (const [id, {uploadId}] of [
			['one', one],
			['two', two],
		] as const) {
			open.send(startMessage(id, subscription, exchange.token, {id: uploadId}));
			await open.next();
		}
		await put(two.url, Buffer.from('2'));
		await put(one.url, Buffer.from('1'));
		expect([(await open.next()).id, (await open.next()).id]).toEqual(['two', 'one']);
	});

	test.each([
		['without a right token', () => startMessage('1', subscription, 'wrong'), refusal.errors[0]],
		[
			'that is not served yet',
			() =>
				startMessage('1', 'subscription {onIotPublish(iotEndpointId: "x") {iotEndpointId}}', exchange.token),
			{errorType: 'NotImplemented', message: 'The local exchange does not serve onIotPublish yet'},
		],
		[
			'of an unknown field',
			() => startMessage('1', 'subscription {onX}', exchange.token),
			{
				message:
					"Validation error of type FieldUndefined: Field 'onX' in type 'Subscription' is undefined @ 'onX'",
			},
		],
		[
			'that is a query',
			() => startMessage('1', '{__typename}', exchange.token),
			{message: 'Not a subscription.'},
		],
		['that cannot be parsed', () => startMessage('1', '{', exchange.token), {}],
		['without a variable it needs', () => startMessage('1', subscription, exchange.token), {path: null}],
	])('%s is refused', async (_, start, error) => {
		const open = await connected();
		open.send(start());
		const answer = await open.next();
		expect(answer).toMatchObject({id: '1', type: 'error', payload: {errors: [error]}});
	});

	test('does not start twice under one id, nor before the connection is acknowledged', async () => {
		const {uploadId} = await newUpload();
		const start = startMessage('1', subscription, exchange.token, {id: uploadId});
		socket = await openSocket(address('/graphql/realtime', exchange.token));
		socket.send(start);
		expect((await socket.next()).type).toBe('error');
		const open = await connected();
		open.send(start);
		open.send(start);
		expect([(await open.next()).type, (await open.next()).type].sort()).toEqual(['error', 'start_ack']);
	});
});
