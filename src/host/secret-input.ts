import type {Interface} from 'node:readline/promises';
import {Writable} from 'node:stream';
import {textWidth} from '../render/width.ts';

/** The most that is shown of how long a secret is. */
const longest = 20;

/** An output for node:readline that shows what is typed, or, while a secret is, as many dots. */
export type MaskedOutput = {
	readonly stream: NodeJS.WritableStream;
	/** Asks unseen at a line reader that writes to `stream`. Rejects as its `question` does. */
	readonly ask: (lines: Interface, question: string, signal: AbortSignal) => Promise<string>;
};

/** `draws` is false for a terminal that cannot draw over a line: nothing is shown of a secret then. */
export function maskedOutput(
	terminal: Pick<NodeJS.WriteStream, 'write' | 'columns' | 'rows' | 'on'>,
	{draws}: {readonly draws: boolean},
): MaskedOutput {
	let question: string | undefined;
	let lines: Interface | undefined;
	const show = () => {
		if (!draws || question === undefined) return;
		const room = (terminal.columns ?? 80) - textWidth(question) - 1;
		// What does not fit into one row cannot be drawn over.
		if (room < 1) return;
		const dots = '•'.repeat(Math.min(lines?.line.length ?? 0, longest, room));
		terminal.write(`\r\u001b[K${question}${dots}`);
	};
	const stream = new Writable({
		decodeStrings: false,
		write: (chunk: string | Uint8Array, _encoding, done) => {
			if (question === undefined) terminal.write(chunk);
			// The line reader has changed its line by the time that this is over.
			else setImmediate(show);
			done();
		},
	});
	// What node:readline asks of a terminal.
	Object.defineProperties(stream, {
		columns: {get: () => terminal.columns},
		rows: {get: () => terminal.rows},
		isTTY: {value: true},
	});
	terminal.on('resize', () => stream.emit('resize'));
	const forget = (history: string[]) => history.shift();
	return {
		stream,
		ask: async (reader, text, signal) => {
			terminal.write(text);
			question = text;
			lines = reader;
			// What is entered goes into the reader's history first of all.
			reader.once('history', forget);
			try {
				return await reader.question('', {signal});
			} finally {
				reader.off('history', forget);
				question = undefined;
				terminal.write('\n');
			}
		},
	};
}
