import {type Context, defineCommand} from '../../shell/command.ts';
import {ShellError} from '../../shell/errors.ts';
import type {FileEntry} from '../../shell/ports.ts';
import {parseSize} from '../../shell/quantities.ts';
import {endOfLines, wholeCharacters} from '../shared/bytes.ts';
import {bytesOf, showContents} from '../shared/content.ts';

export const head = defineCommand({
	name: 'head',
	group: 'Files',
	summary: 'Show the first lines of files',
	description: 'No more is downloaded than is shown, or little more.',
	args: {
		paths: {kind: 'path', many: true, help: 'Files'},
		lines: {kind: 'count', option: true, optional: true, short: 'n', help: 'How many lines; 10 if not said'},
		bytes: {kind: 'size', option: true, optional: true, short: 'c', help: 'How many bytes, instead of lines'},
		force: {kind: 'flag', short: 'f', help: 'Show binary files, too'},
	},
	examples: ['head result.csv', 'head -n 3 weather/*.csv', 'head -c 1k readme.txt'],
	run(context, {paths, lines = 10, bytes, force}) {
		const size = bytes === undefined ? undefined : firstSize(bytes);
		const open = (inner: Context, file: FileEntry) =>
			size === undefined ? firstLines(inner, file, lines) : firstBytes(inner, file, size);
		return showContents(context, paths, {open, force, titles: true});
	},
});

function firstSize(text: string): number {
	const {sign, value} = parseSize(text)!;
	if (sign !== '-') return value;
	throw new ShellError('usage', `${text}: all but the last bytes cannot be shown`, {hint: 'try `tail`'});
}

async function* firstBytes(context: Context, file: FileEntry, length: number): AsyncGenerator<Uint8Array> {
	let left = length;
	if (left === 0) return;
	for await (const chunk of bytesOf(context, file, {length})) {
		left -= chunk.length;
		// A person wants characters, a program the bytes it asked for.
		yield left > 0 || !context.interactive ? chunk : chunk.subarray(0, wholeCharacters(chunk));
	}
}

async function* firstLines(context: Context, file: FileEntry, lines: number): AsyncGenerator<Uint8Array> {
	let left = lines;
	if (left === 0) return;
	for await (const chunk of bytesOf(context, file)) {
		const {end, found} = endOfLines(chunk, left);
		yield chunk.subarray(0, end);
		left -= found;
		if (left === 0) return;
	}
}
