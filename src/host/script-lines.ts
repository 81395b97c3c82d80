import {createReadStream} from 'node:fs';
import path from 'node:path';
import {createInterface} from 'node:readline';
import type {Source} from '../config/config.ts';
import {ShellError} from '../shell/errors.ts';
import type {Line} from './script.ts';

/**
 * The lines of all sources in the order given; `-` is `stdin`. Throws ShellError `config` when a file
 * cannot be read, after the lines before it have run.
 */
export async function* scriptLines(
	sources: readonly Source[],
	stdin: NodeJS.ReadableStream,
): AsyncGenerator<Line> {
	for (const source of sources) {
		if ('line' in source) yield {text: source.line};
		else yield* fileLines(source.file, stdin);
	}
}

async function* fileLines(file: string, stdin: NodeJS.ReadableStream): AsyncGenerator<Line> {
	const name = file === '-' ? 'stdin' : path.basename(file);
	const input: NodeJS.ReadableStream = file === '-' ? stdin : createReadStream(file);
	const failed = new Promise<never>((_, reject) => {
		input.once('error', (cause: NodeJS.ErrnoException) => {
			const reason = cause.code === 'ENOENT' ? 'no such file' : `cannot be read (${cause.code})`;
			reject(new ShellError('config', `${file}: ${reason}`, {cause}));
		});
	});
	failed.catch(() => undefined);
	const reader = createInterface({input, crlfDelay: Number.POSITIVE_INFINITY});
	const lines: AsyncIterator<string> = reader[Symbol.asyncIterator]();
	for (let number = 1; ; number++) {
		const next = await Promise.race([lines.next(), failed]);
		if (next.done) break;
		yield {text: number === 1 ? next.value.replace(/^\ufeff/, '') : next.value, at: `${name}:${number}`};
	}
}
