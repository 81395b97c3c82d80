import {setTimeout as delay} from 'node:timers/promises';
import {type ErrorCode, ShellError} from '../shell/errors.ts';
import type {Download} from '../shell/ports.ts';
import {bulkGet} from './bulk-get.ts';
import {cancelled} from './faults.ts';
import {
	ExpiredUrl,
	openPresigned,
	presignedUrl,
	stalled,
	storeFault,
	type Transfers,
	transferFault,
} from './presigned.ts';
import {type Answer, answerTo} from './wire.ts';

type Source = {
	/** Asks the Exchange for a URL. */
	readonly url: () => Promise<string | null | undefined>;
	/** First byte. */
	readonly offset?: number;
	/** Bytes at most; to the end without it. */
	readonly length?: number;
	/** Whether the same bytes can be had again: not so for an archive made on the fly. */
	readonly resumable: boolean;
	/** The reader is done with each chunk when it asks for the next. */
	readonly lent?: boolean | undefined;
};

/** An answer with the bytes from a position on. */
type Opened = {
	readonly response: Answer;
	/** Bytes of the answer before the position, from a server that does no ranges. */
	readonly skip: number;
	/** Bytes from the position to the end of what is asked for. */
	readonly size: number | null;
	/** Another one after the file's bytes have changed. */
	readonly version: string;
};

/** Drops in a row, without a byte between them, that a transfer survives. */
const maxDrops = 4;

/**
 * Resolves when the first bytes are there to be read. A dropped connection is picked up where it broke,
 * as long as the bytes are still the same ones. Leaving `body` early ends the connection.
 */
export async function download(
	transfers: Transfers,
	source: Source,
	signal?: AbortSignal,
): Promise<Download> {
	if (signal?.aborted) throw cancelled(signal.reason);
	const {offset = 0, length = Number.POSITIVE_INFINITY} = source;
	if (length === 0) return nothing;
	const open = createOpener(transfers, source, signal);
	const first = await open(offset, length).catch((error: unknown) => {
		throw transferFault(error, signal);
	});
	if (!first) return nothing;
	return {size: first.size, body: resuming(first)};

	async function* resuming({size, version}: Opened): AsyncGenerator<Uint8Array> {
		let opened = first;
		let reached = 0;
		let drops = 0;
		for (;;) {
			try {
				opened ??= await open(offset + reached, length - reached);
				if (opened?.version !== version) {
					opened?.response.destroy();
					throw changed();
				}
				for await (const chunk of chunks(opened, length - reached, transfers.patience.stall)) {
					reached += chunk.length;
					drops = 0;
					yield chunk;
				}
				if (size === null || reached >= size) return;
				throw short(reached, size);
			} catch (error) {
				const fault = transferFault(error, signal);
				drops += 1;
				if (!source.resumable || size === null || !passing.has(fault.code) || drops > maxDrops) throw fault;
				opened = undefined;
			}
			await delay(transfers.patience.backoff * (drops - 1));
		}
	}
}

const nothing: Download = {size: 0, body: (async function* () {})()};

const passing: ReadonlySet<ErrorCode> = new Set(['connection', 'timeout', 'throttled']);

function changed(): ShellError {
	return new ShellError('failed', 'the file changed while it was being read', {hint: 'try again'});
}

function short(reached: number, size: number): ShellError {
	return new ShellError('connection', `the file store sent ${reached} of ${size} bytes`);
}

/** Opens the source at a position; undefined when there is nothing from there on. */
function createOpener(transfers: Transfers, source: Source, signal: AbortSignal | undefined) {
	let url: string | null | undefined;
	const {stall} = transfers.patience;
	const get = async (address: typeof url, headers: Record<string, string>): Promise<Answer> => {
		const request = openPresigned(transfers, address, {method: 'GET', headers, signal});
		request.end();
		const watch = setTimeout(() => request.destroy(stalled(stall)), stall);
		return answerTo(request).finally(() => clearTimeout(watch));
	};
	const getBulk = async (address: typeof url, headers: Record<string, string>) => {
		const {socket, answer} = bulkGet(presignedUrl(transfers, address), {headers, signal});
		transfers.wire.adopt(socket);
		const watch = setTimeout(() => socket.destroy(stalled(stall)), stall);
		return answer.finally(() => clearTimeout(watch));
	};
	const attempt = async (position: number, length: number): Promise<Opened | undefined> => {
		url ??= await source.url();
		const last = Number.isFinite(length) ? position + length - 1 : '';
		const headers: Record<string, string> =
			position > 0 || last !== '' ? {range: `bytes=${position}-${last}`} : {};
		const response = (source.lent && (await getBulk(url, headers))) || (await get(url, headers));
		if (response.statusCode === 416) {
			response.destroy();
			return undefined;
		}
		const opened = toOpened(response, position, length);
		if (!opened) throw await storeFault(response);
		return opened;
	};
	return async (position: number, length: number) => {
		try {
			return await attempt(position, length);
		} catch (error) {
			if (!(error instanceof ExpiredUrl)) throw error;
			url = undefined;
			return await attempt(position, length);
		}
	};
}

function toOpened(response: Answer, position: number, length: number): Opened | undefined {
	const {headers, statusCode} = response;
	const mark = headers.etag ?? headers['last-modified'] ?? '';
	if (statusCode === 200) {
		const total = headers['content-length'] === undefined ? null : Number(headers['content-length']);
		const size = total === null ? null : Math.max(0, Math.min(total - position, length));
		return {response, skip: position, size, version: `${total} ${mark}`};
	}
	const range = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers['content-range'] ?? '');
	if (statusCode !== 206 || Number(range?.[1]) !== position) return undefined;
	return {
		response,
		skip: 0,
		size: Math.min(Number(range?.[2]) + 1 - position, length),
		version: `${range?.[3]} ${mark}`,
	};
}

/** The answer's bytes from its position on, `limit` at most. Ends with an error when it falls silent. */
async function* chunks({response, skip}: Opened, limit: number, stall: number): AsyncGenerator<Uint8Array> {
	let before = skip;
	let left = limit;
	let waiting = true;
	// Only waiting counts: a reader may take its time between two chunks.
	const watch = setTimeout(() => {
		if (waiting) response.destroy(stalled(stall));
	}, stall);
	try {
		for await (const received of response) {
			if (left === 0) return;
			waiting = false;
			const chunk = received.subarray(before, Math.min(received.length, before + left));
			before = Math.max(0, before - received.length);
			left -= chunk.length;
			if (chunk.length > 0) yield chunk;
			waiting = true;
			watch.refresh();
		}
	} finally {
		clearTimeout(watch);
		response.destroy();
	}
}
