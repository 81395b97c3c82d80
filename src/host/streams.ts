import {once} from 'node:events';

export type Writer = {
	/** Resolves when more may be written; at once, and without effect, when the reader has gone. */
	readonly write: (bytes: Uint8Array | string) => Promise<void>;
};

/** Writes with back-pressure. A reader that closes its end (`| head`) is no error: `onClosed` is told. */
export function createWriter(stream: NodeJS.WriteStream, onClosed: () => void): Writer {
	let open = true;
	stream.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code !== 'EPIPE') throw error;
		open = false;
		onClosed();
	});
	return {
		write: async bytes => {
			if (!open || stream.write(bytes)) return;
			await Promise.race([once(stream, 'drain'), once(stream, 'error'), once(stream, 'close')]).catch(
				() => undefined,
			);
		},
	};
}
