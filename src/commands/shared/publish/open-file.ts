import type {Context} from '../../../shell/command.ts';
import {ShellError} from '../../../shell/errors.ts';
import {readCsv} from './csv-rows.ts';
import {readJson} from './json-rows.ts';
import type {Reading} from './row.ts';
import {textOf} from './text-of.ts';

/** A file of samples, or what is piped in. */
export type SampleFile = {
	/** As errors call it. */
	readonly name: string;
	/** Where rows that are not taken go: absolute, and as it is shown. */
	readonly rejected: {readonly path: string; readonly shown: string};
	/** Bytes. */
	readonly size: number;
	/** Reads from the beginning, as often as wanted. */
	readonly open: (onBytes?: (bytes: number) => void) => Promise<Reading>;
	readonly close: () => Promise<void>;
};

/** Opens a CSV or JSON file; `-` is what is piped into the program. What it is, its name or its beginning tells. */
export async function openSampleFile(context: Context, word: string): Promise<SampleFile> {
	const {local, session} = context;
	if (word === '-') return spooled(context);
	const path = local.resolve(session.localDirectory, word);
	const found = await local.stat(path);
	if (!found) throw new ShellError('not-found', `${word}: no such local file`, {hint: 'or NAME=VALUE'});
	if (found.kind === 'directory') {
		throw new ShellError('is-a-directory', `${word}: a directory`, {hint: 'one file at a time'});
	}
	const {size, body} = await local.read(path);
	return {
		name: word,
		rejected: {path: `${path}.rejected.csv`, shown: `${word}.rejected.csv`},
		size,
		open: onBytes => read(textOf(counted(body(), onBytes), word), word),
		close: async () => {},
	};
}

async function spooled({input, local, session, signal}: Context): Promise<SampleFile> {
	if (!input) throw new ShellError('usage', '-: nothing is piped in');
	const {size, body, remove} = await local.spool(input, {signal});
	const shown = 'input.rejected.csv';
	return {
		name: '-',
		rejected: {path: local.resolve(session.localDirectory, shown), shown},
		size,
		open: onBytes => read(textOf(counted(body(), onBytes), '-'), '-'),
		close: remove,
	};
}

async function* counted(
	body: AsyncIterable<Uint8Array>,
	onBytes: ((bytes: number) => void) | undefined,
): AsyncGenerator<Uint8Array> {
	let bytes = 0;
	for await (const chunk of body) {
		bytes += chunk.length;
		onBytes?.(bytes);
		yield chunk;
	}
}

async function read(text: AsyncIterable<string>, name: string): Promise<Reading> {
	const parts = text[Symbol.asyncIterator]();
	let start = '';
	for (let part = await parts.next(); !part.done; part = await parts.next()) {
		start += part.value;
		if (start.trim() !== '') break;
	}
	if (start.trim() === '') throw new ShellError('failed', `${name}: empty`);
	async function* whole() {
		try {
			yield start;
			for (let part = await parts.next(); !part.done; part = await parts.next()) yield part.value;
		} finally {
			// Whoever stops reading leaves no open file.
			await parts.return?.();
		}
	}
	const isJson = /\.(json|jsonl|ndjson)$/i.test(name) || /^\s*[[{]/.test(start);
	return isJson ? readJson(whole(), name) : readCsv(whole(), name);
}
