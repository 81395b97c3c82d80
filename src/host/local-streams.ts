import type {FileHandle} from 'node:fs/promises';
import {ShellError} from '../shell/errors.ts';
import {failing, localError} from './local-errors.ts';

// Chunks of a socket are 16 to 64 KiB; the disk is fastest with a megabyte at a time.
const batchBytes = 1 << 20;
const batchChunks = 1000;
const readBytes = 1 << 18;
// Smaller ones may share their memory with others.
const smallestFreed = 1 << 14;

export type StreamOptions = {
	readonly signal?: AbortSignal | undefined;
	/** Bytes received so far. */
	readonly onProgress?: ((bytes: number) => void) | undefined;
	/** Nobody else holds the chunks: each is detached once it is written. */
	readonly consume?: boolean | undefined;
};

/**
 * Writes all of `body` at the handle's position and resolves to its length. One batch is written while
 * the next arrives, so that memory stays at two batches. An abort is heard even while `body` is silent.
 */
export async function streamTo(
	handle: FileHandle,
	path: string,
	body: AsyncIterable<Uint8Array>,
	{signal, onProgress, consume}: StreamOptions,
): Promise<number> {
	let batch: Uint8Array[] = [];
	let batched = 0;
	let received = 0;
	let failure: unknown;
	let writing: Promise<void> | undefined;
	const flush = async () => {
		await writing;
		if (failure) throw localError(failure, path);
		const chunks = batch;
		batch = [];
		batched = 0;
		writing = writeAll(handle, chunks).then(
			() => {
				if (consume) for (const chunk of chunks) free(chunk);
			},
			thrown => {
				failure = thrown;
			},
		);
	};
	try {
		for await (const chunk of untilAborted(body, signal)) {
			batch.push(chunk);
			batched += chunk.length;
			received += chunk.length;
			if (batched >= batchBytes || batch.length >= batchChunks) await flush();
			onProgress?.(received);
		}
		await flush();
	} finally {
		await writing;
	}
	if (failure) throw localError(failure, path);
	return received;
}

/** Gives the memory back now: the collector would let tens of megabytes pile up first. */
function free({buffer, byteLength}: Uint8Array): void {
	if (byteLength >= smallestFreed && byteLength === buffer.byteLength && 'transfer' in buffer)
		buffer.transfer(0);
}

async function writeAll(handle: FileHandle, chunks: Uint8Array[]): Promise<void> {
	let rest = chunks;
	let length = rest.reduce((sum, chunk) => sum + chunk.length, 0);
	while (length > 0) {
		const {bytesWritten} = await handle.writev(rest);
		if (bytesWritten === length) return;
		// A nearly full disk takes a part and refuses the rest on the next call.
		rest = [Buffer.concat(rest).subarray(bytesWritten)];
		length -= bytesWritten;
	}
}

/** The chunks of `body`; throws `cancelled` at an abort without waiting for the next one. */
export async function* untilAborted(
	body: AsyncIterable<Uint8Array>,
	signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void> {
	const iterator = body[Symbol.asyncIterator]();
	let reject: ((cause: ShellError) => void) | undefined;
	const abort = () => reject?.(new ShellError('cancelled', 'cancelled'));
	signal?.addEventListener('abort', abort);
	let settled = false;
	try {
		while (true) {
			// One listener for the whole body: Promise.race against one long-lived promise keeps every chunk.
			const next = await new Promise<IteratorResult<Uint8Array>>((resolve, fail) => {
				reject = fail;
				if (signal?.aborted) abort();
				else {
					iterator.next().then(resolve, thrown => {
						settled = true;
						fail(thrown);
					});
				}
			});
			if (next.done) {
				settled = true;
				return;
			}
			yield next.value;
		}
	} finally {
		signal?.removeEventListener('abort', abort);
		// Not awaited: a source that hangs would hang here too.
		if (!settled) void iterator.return?.().then(undefined, () => {});
	}
}

/**
 * `size` bytes of an open file from its start, in chunks that are the reader's to keep. Throws when the
 * file has become shorter or longer meanwhile: a length promised to a server must hold.
 */
export async function* readFrom(
	handle: FileHandle,
	path: string,
	size: number,
): AsyncGenerator<Uint8Array, void> {
	let position = 0;
	while (true) {
		const left = size - position;
		// One byte beyond the end shows a file that has grown.
		const wanted = Math.min(readBytes, left + 1);
		const {bytesRead, buffer} = await handle
			.read(Buffer.allocUnsafe(wanted), 0, wanted, position)
			.catch(failing(path));
		if (bytesRead > left || (bytesRead === 0 && left > 0)) {
			throw new ShellError('local', `${path}: changed its size while it was read`, {
				hint: 'try again when nothing writes to it',
			});
		}
		if (bytesRead === 0) return;
		position += bytesRead;
		yield buffer.subarray(0, bytesRead);
	}
}
