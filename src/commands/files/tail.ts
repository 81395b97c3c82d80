import {type Context, defineCommand} from '../../shell/command.ts';
import {ShellError} from '../../shell/errors.ts';
import {fileName} from '../../shell/paths.ts';
import type {FileEntry} from '../../shell/ports.ts';
import {parseSize} from '../../shell/quantities.ts';
import {cutCharacter, endOfLines, startOfLines} from '../shared/bytes.ts';
import {bytesOf, showContents} from '../shared/content.ts';

/** Bytes looked at first, and at most at once. */
const firstBlock = 1 << 16;
const largestBlock = 1 << 22;

export const tail = defineCommand({
	name: 'tail',
	group: 'Files',
	summary: 'Show the last lines of files',
	description: 'Only the end of each file is downloaded, unless lines are counted from its start.',
	args: {
		paths: {kind: 'path', many: true, help: 'Files'},
		lines: {
			kind: 'size',
			option: true,
			optional: true,
			short: 'n',
			help: 'Last lines, or +N: from line N on',
		},
		bytes: {
			kind: 'size',
			option: true,
			optional: true,
			short: 'c',
			help: 'Last bytes, or +N: from byte N on',
		},
		force: {kind: 'flag', help: 'Show binary files, too'},
	},
	examples: ['tail result.csv', 'tail -n 3 weather/*.csv', 'tail -n +2 result.csv', 'tail -c 1k readme.txt'],
	run(context, {paths, lines = '10', bytes, force}) {
		const {sign, value} = parseSize(bytes ?? lines)!;
		const open = (inner: Context, file: FileEntry) => {
			if (sign !== '+' && bytes === undefined) return lastLines(inner, file, value);
			if (sign !== '+') return bytesFrom(inner, file, size => Math.max(0, size - value));
			const passed = Math.max(0, value - 1);
			return bytes === undefined ? fromLine(inner, file, passed) : bytesFrom(inner, file, () => passed);
		};
		return showContents(context, paths, {open, force, titles: true});
	},
});

async function* fromLine(context: Context, file: FileEntry, passed: number): AsyncGenerator<Uint8Array> {
	let left = passed;
	for await (const chunk of bytesOf(context, file)) {
		const {end, found} = endOfLines(chunk, left);
		left -= found;
		if (left === 0 && end < chunk.length) yield chunk.subarray(end);
	}
}

async function* bytesFrom(
	context: Context,
	file: FileEntry,
	start: (size: number) => number,
): AsyncGenerator<Uint8Array> {
	const size = await sizeOf(context, file);
	const offset = start(size);
	if (offset >= size) return;
	// A person wants characters, a program the bytes it asked for.
	let cut = context.interactive && offset > 0;
	for await (const chunk of bytesOf(context, file, {offset})) {
		yield cut ? chunk.subarray(cutCharacter(chunk)) : chunk;
		cut = false;
	}
}

/**
 * Goes back from the end, block by block, until it has passed the line ends; a block is forgotten before the next
 * one, so that a long tail of a big file needs no memory.
 */
async function* lastLines(context: Context, file: FileEntry, lines: number): AsyncGenerator<Uint8Array> {
	const size = await sizeOf(context, file);
	if (size === 0 || lines === 0) return;
	let left = lines;
	let end = size;
	for (let length = firstBlock; end > 0; length = Math.min(length * 4, largestBlock)) {
		const offset = Math.max(0, end - length);
		const block = await collect(bytesOf(context, file, {offset, length: end - offset}));
		// The end of the last line is no line of its own.
		const from = end === size && block.at(-1) === 10 ? block.length - 1 : block.length;
		const {start, found} = startOfLines(block, left, from);
		const reached = start === -1 ? offset : offset + start;
		if (start !== -1 || offset === 0) {
			if (end === size) yield block.subarray(reached - offset);
			else yield* bytesOf(context, file, {offset: reached});
			return;
		}
		left -= found;
		end = offset;
	}
}

async function sizeOf({exchange, signal}: Context, file: FileEntry): Promise<number> {
	if (file.storageSizeBytes !== null) return file.storageSizeBytes;
	const own = new AbortController();
	try {
		const {dataStoreFileId} = file;
		const {size} = await exchange.download(
			{dataStoreFileId},
			{signal: AbortSignal.any([signal, own.signal])},
		);
		if (size !== null) return size;
	} finally {
		own.abort();
	}
	throw new ShellError('unsupported', `${fileName(file)}: the Exchange does not say how long it is`, {
		hint: 'pipe `cat` into a local tail',
	});
}

async function collect(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of body) chunks.push(chunk);
	const bytes = new Uint8Array(chunks.reduce((sum, {length}) => sum + length, 0));
	let at = 0;
	for (const chunk of chunks) {
		bytes.set(chunk, at);
		at += chunk.length;
	}
	return bytes;
}
