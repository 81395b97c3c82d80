import type {ClientRequest} from 'node:http';
import {setTimeout as delay} from 'node:timers/promises';
import {ShellError, toShellError} from '../shell/errors.ts';
import type {Upload} from '../shell/ports.ts';
import {openPresigned, stalled, storeFault, type Transfers, transferFault} from './presigned.ts';
import {answerTo} from './wire.ts';

/** Times the bytes are sent at most, over a connection that drops. */
const attempts = 3;

/** From this size on the server is asked first: a refusal then comes before the bytes, not instead. */
const askFirst = 1024 * 1024;

/** Longest wait for a server that does not understand the question, ms. */
const askTime = 1000;

/**
 * PUTs the bytes to a presigned URL with their `Content-Length`, as S3 takes no chunked body. The same
 * bytes at the same place do no harm, so a dropped connection starts over.
 */
export async function putBytes(
	transfers: Transfers,
	url: string | null,
	file: Pick<Upload, 'size' | 'body' | 'onProgress'>,
	signal: AbortSignal | undefined,
): Promise<void> {
	for (let attempt = 1; ; attempt++) {
		try {
			await putOnce(transfers, url, file, signal);
			return;
		} catch (error) {
			const fault = transferFault(error, signal);
			if (fault.code !== 'connection' || attempt === attempts) throw fault;
		}
		await delay(transfers.patience.backoff * attempt);
	}
}

async function putOnce(
	transfers: Transfers,
	url: string | null,
	{size, body, onProgress}: Pick<Upload, 'size' | 'body' | 'onProgress'>,
	signal: AbortSignal | undefined,
): Promise<void> {
	const {stall} = transfers.patience;
	const request = openPresigned(transfers, url, {
		method: 'PUT',
		headers: {'content-length': size, ...(size >= askFirst && {expect: '100-continue'})},
		signal,
	});
	let answered = false;
	const answer = answerTo(request).finally(() => {
		answered = true;
	});
	// Read below, but its failure may come earlier.
	answer.catch(() => {});
	try {
		if (size >= askFirst) await permission(request);
		let sent = 0;
		for await (const chunk of source(body)) {
			if (answered) break;
			sent += chunk.length;
			if (sent > size) throw changed(size);
			if (!request.write(chunk)) await drained(request, stall);
			onProgress?.(sent);
		}
		if (!answered) {
			if (sent !== size) throw changed(size);
			request.end();
		}
		// What the system has buffered is still on its way.
		const watch = setTimeout(() => request.destroy(stalled(stall * 4)), stall * 4);
		const response = await answer.finally(() => clearTimeout(watch));
		const {statusCode = 0} = response;
		if (statusCode < 200 || statusCode > 299) throw await storeFault(response);
		response.resume();
	} catch (error) {
		request.destroy();
		throw error;
	}
}

/** What goes wrong with the bytes at their source is not the file store's fault. */
async function* source(body: Upload['body']): AsyncGenerator<Uint8Array> {
	try {
		yield* body();
	} catch (error) {
		throw toShellError(error);
	}
}

function changed(size: number): ShellError {
	return new ShellError('local', `the bytes are not ${size} any more, they changed while being sent`);
}

/** Resolves when the server wants the body, has answered already, or does not say. */
function permission(request: ClientRequest): Promise<void> {
	return new Promise(resolve => {
		const timer = setTimeout(resolve, askTime);
		for (const event of ['continue', 'response', 'close']) {
			request.once(event, () => {
				clearTimeout(timer);
				resolve();
			});
		}
		request.flushHeaders();
	});
}

/** Resolves when more can be written, or when nothing ever can. */
function drained(request: ClientRequest, stall: number): Promise<void> {
	return new Promise(resolve => {
		const done = () => {
			clearTimeout(watch);
			request.off('drain', done).off('response', done).off('close', done);
			resolve();
		};
		const watch = setTimeout(() => request.destroy(stalled(stall)), stall);
		request.on('drain', done).on('response', done).on('close', done);
	});
}
