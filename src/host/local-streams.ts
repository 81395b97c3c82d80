import type {FileHandle} from 'node:fs/promises';
import {ShellError} from '../shell/errors.ts';
import {failing} from './local-errors.ts';

/** A disk is fastest with a megabyte at a time; a socket gives 16 to 64 KiB. */
const batchBytes = 1 << 20;
/** From this size on a chunk is written as it is: a copy would cost more than it saves. */
const wholeBytes = 1 << 18;
const readBytes = 1 << 18;

export type StreamOptions = {
	readonly signal?: AbortSignal | undefined;
	/** Bytes received so far. */
	readonly onProgress?: ((bytes: number) => void) | undefined;
	/** Bytes expected, where that is known. */
	readonly size?: number | null | undefined;
};

/**
 * Writes all of `body` at the handle's position and resolves to its length. Is done with a chunk when it
 * asks for the next: small ones are copied into batches, and one batch is written while the next fills. An
 * abort is heard even while `body` is silent.
 */
export async function streamTo(
	handle: FileHandle,
	path: string,
	body: AsyncIterable<Uint8Array>,
	{signal, onProgress, size}: StreamOptions,
): Promise<number> {
	let batch: Buffer | undefined;
	let spare: Buffer | undefined;
	let filled = 0;
	let received = 0;
	let writing = Promise.resolve();
	const flush = async () => {
		await writing;
		if (!batch || filled === 0) return;
		writing = writeAll(handle, batch.subarray(0, filled)).catch(failing(path));
		// Told by the next flush.
		writing.catch(() => {});
		[batch, spare, filled] = [spare, batch, 0];
	};
	try {
		for await (const chunk of untilAborted(body, signal)) {
			received += chunk.length;
			if (chunk.length >= wholeBytes || received === size) {
				await flush();
				await writing;
				await writeAll(handle, chunk).catch(failing(path));
			} else {
				for (let taken = 0; taken < chunk.length; ) {
					batch ??= Buffer.allocUnsafeSlow(batchBytes);
					const part = chunk.subarray(taken, taken + batchBytes - filled);
					batch.set(part, filled);
					filled += part.length;
					taken += part.length;
					if (filled === batchBytes) await flush();
				}
			}
			onProgress?.(received);
		}
		await flush();
		await writing;
	} finally {
		await writing.catch(() => {});
	}
	return received;
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
	for (let written = 0; written < bytes.length; ) {
		// A nearly full disk takes a part and refuses the rest on the next call.
		const {bytesWritten} = await handle.write(bytes, written);
		written += bytesWritten;
	}
}

/** The chunks of `body`; throws `cancelled` at an abort without waiting for the next one. */
async function* untilAborted(
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
		position += bytesRead;
		if (bytesRead > 0) yield buffer.subarray(0, bytesRead);
		// Less than wanted is the end: a byte more was wanted than the file should have.
		if (position === size && bytesRead < wanted) return;
	}
}
