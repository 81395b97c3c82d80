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
			if (open && !stream.write(bytes)) await anyOf(stream, ['drain', 'error', 'close']);
		},
	};
}

function anyOf(stream: NodeJS.WriteStream, events: readonly string[]): Promise<void> {
	return new Promise(resolve => {
		// A listener left behind by each write would pile up with the bytes.
		const settle = () => {
			for (const event of events) stream.off(event, settle);
			resolve();
		};
		for (const event of events) stream.on(event, settle);
	});
}
