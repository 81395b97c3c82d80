import type {ShellError} from '../shell/errors.ts';
import {localError} from './local-errors.ts';

export type Writer = {
	/** Resolves when more may be written; at once, and without effect, when no more is taken. */
	readonly write: (bytes: Uint8Array | string) => Promise<void>;
	/** Resolves when all of it has been taken, or never will be. */
	readonly settled: () => Promise<void>;
};

/**
 * Writes with back-pressure. `onClosed` is told when no more is taken: why not, or, of a reader that has
 * closed its end (`| head`), which is no error, nothing.
 */
export function createWriter(
	stream: NodeJS.WriteStream,
	onClosed: (failure: ShellError | undefined) => void,
): Writer {
	let open = true;
	stream.on('error', (error: NodeJS.ErrnoException) => {
		if (!open) return;
		open = false;
		onClosed(error.code === 'EPIPE' ? undefined : localError(error, 'the output'));
	});
	return {
		write: async bytes => {
			if (open && !stream.write(bytes)) await anyOf(stream, ['drain', 'error', 'close']);
		},
		settled: async () => {
			if (open) await new Promise<void>(resolve => stream.write('', () => resolve()));
		},
	};
}

/** Prints a text and nothing else. Resolves to the exit code. Throws ShellError `local`. */
export async function print(text: string): Promise<number> {
	let failure: ShellError | undefined;
	const {write, settled} = createWriter(process.stdout, reason => {
		failure = reason;
	});
	await write(text);
	await settled();
	if (failure) throw failure;
	return 0;
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
