import type {Context, Output} from '../../shell/command.ts';
import {ShellError} from '../../shell/errors.ts';
import type {FileEntry} from '../../shell/ports.ts';
import type {Target} from '../../shell/resolve.ts';
import {errorAbout} from './about.ts';
import {endsAll} from './batch.ts';
import {encodingOf, isBinary, wholeCharacters} from './bytes.ts';
import {fileOf, resolveAll} from './targets.ts';

/** Longest piece of a line without an end that waits for it, in characters. */
const longLine = 1 << 16;

/** Opens a file's bytes, or some of them. */
export type Open = (context: Context, file: FileEntry) => AsyncIterable<Uint8Array>;

/**
 * What files hold, one after the other: as lines of text for a person, as the bytes they are for a pipe.
 * Binary files are not for a person, unless `force`. A file that fails does not stop the next; `titles`
 * puts the name above each when there are several.
 */
export async function* showContents(
	context: Context,
	paths: readonly string[],
	{open, force, titles}: {readonly open: Open; readonly force: boolean; readonly titles: boolean},
): AsyncGenerator<Output> {
	const {targets, failures} = await resolveAll(context, paths);
	for (const error of failures) yield {kind: 'error', verb: undefined, error};
	for (const [index, target] of targets.entries()) {
		if (titles && paths.length > 1) {
			yield {kind: 'text', text: `${index > 0 ? '\n' : ''}==> ${target.path} <==`};
		}
		try {
			const body = open(context, fileOf(target, '`ls` shows what is in it'));
			yield* context.interactive ? asText(target, body, force) : asBytes(body);
		} catch (thrown) {
			const error = errorAbout(target.path, thrown);
			if (endsAll(error)) throw error;
			yield {kind: 'error', verb: undefined, error};
		}
	}
}

/** The bytes, no character cut in two, so that JSON can carry each piece as text. */
async function* asBytes(body: AsyncIterable<Uint8Array>): AsyncGenerator<Output> {
	let rest: Uint8Array = new Uint8Array();
	for await (const chunk of body) {
		const bytes = rest.length > 0 ? joined(rest, chunk) : chunk;
		const whole = wholeCharacters(bytes);
		rest = bytes.subarray(whole);
		if (whole > 0) yield {kind: 'bytes', bytes: bytes.subarray(0, whole)};
	}
	if (rest.length > 0) yield {kind: 'bytes', bytes: rest};
}

async function* asText(
	{path}: Target,
	body: AsyncIterable<Uint8Array>,
	force: boolean,
): AsyncGenerator<Output> {
	let decoder: InstanceType<typeof TextDecoder> | undefined;
	let line = '';
	for await (const chunk of body) {
		if (!decoder && !force && isBinary(chunk)) {
			throw new ShellError('failed', `${path}: binary, not text`, {
				hint: '`get` it, or --force shows it anyway',
			});
		}
		decoder ??= new TextDecoder(encodingOf(chunk));
		line += decoder.decode(chunk, {stream: true});
		const end = line.length > longLine ? line.length : line.lastIndexOf('\n') + 1;
		if (end > 0) yield {kind: 'text', text: line.slice(0, end)};
		line = line.slice(end);
	}
	line += decoder?.decode() ?? '';
	if (line !== '') yield {kind: 'text', text: line};
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
	const both = new Uint8Array(first.length + second.length);
	both.set(first);
	both.set(second, first.length);
	return both;
}

/** Bytes of a file from `offset` on, `length` at most. Leaving early ends the download. */
export async function* bytesOf(
	{exchange, signal}: Context,
	{dataStoreFileId, storageSizeBytes}: FileEntry,
	range: {readonly offset?: number; readonly length?: number} = {},
): AsyncGenerator<Uint8Array> {
	// There is no range in an empty file.
	if (storageSizeBytes === 0) return;
	const {body} = await exchange.download({dataStoreFileId, ...range}, {signal});
	yield* body;
}
