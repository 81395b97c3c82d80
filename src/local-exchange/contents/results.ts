import {randomUUID} from 'node:crypto';
import {readdirSync, rmSync} from 'node:fs';
import {open, rm, stat} from 'node:fs/promises';
import {join} from 'node:path';

/** Fewer, larger writes. */
const bufferLength = 256 * 1024;

/** A file being written. */
export type ResultFile = {
	readonly name: string;
	readonly write: (text: string) => Promise<void>;
	/** Answers with the size in bytes; nothing may be written after it. */
	readonly close: () => Promise<number>;
};

/** Files that live as long as the query they are of, each under a name of its own. */
export type Results = {
	readonly create: (extension: 'csv' | 'json' | 'part') => Promise<ResultFile>;
	readonly path: (name: string) => string;
	/** Undefined for what is not there, or is no name of ours. */
	readonly size: (name: string) => Promise<number | undefined>;
	readonly remove: (names: readonly string[]) => Promise<void>;
	/** Removes all: a query does not outlive its process. */
	readonly sweep: () => void;
};

export function results({results: directory}: {readonly results: string}): Results {
	const path = (name: string) => join(directory, name);
	return {
		path,
		create: async extension => {
			const name = `${randomUUID()}.${extension}`;
			const file = await open(path(name), 'wx', 0o600);
			let buffered: string[] = [];
			let length = 0;
			let size = 0;
			const flush = async () => {
				const bytes = Buffer.from(buffered.join(''));
				buffered = [];
				length = 0;
				await file.appendFile(bytes);
				size += bytes.length;
			};
			return {
				name,
				write: async text => {
					buffered.push(text);
					length += text.length;
					if (length >= bufferLength) await flush();
				},
				close: async () => {
					try {
						await flush();
					} finally {
						await file.close();
					}
					return size;
				},
			};
		},
		size: async name => {
			if (!/^[0-9a-f-]{36}\.(csv|json)$/.test(name)) return undefined;
			return stat(path(name)).then(
				({size}) => size,
				() => undefined,
			);
		},
		remove: async names => {
			for (const name of names) await rm(path(name), {force: true});
		},
		sweep: () => {
			for (const name of readdirSync(directory)) rmSync(path(name), {force: true});
		},
	};
}
