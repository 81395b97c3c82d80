import {type FileHandle, open, rm} from 'node:fs/promises';

/** Texts, numbered from 0, that grow side by side and are read one after the other, in constant memory. */
export type Spill = {
	readonly add: (key: number, text: string) => void;
	/** Whether it is time to drain: more would take more memory. */
	readonly isFull: () => boolean;
	/** Resolves when there is room for more. */
	readonly drain: () => Promise<void>;
	/** What was added under a number, in order. */
	readonly read: (key: number) => AsyncGenerator<string>;
	/** Forgets all texts. */
	readonly clear: () => void;
	/** Removes the file. */
	readonly close: () => Promise<void>;
};

type Segment = {readonly offset: number; readonly length: number};
type Growing = {texts: string[]; readonly segments: Segment[]};

const mostBuffered = 4 * 1024 * 1024;

/** Keeps up to 4 million characters in memory, and the rest in the file at `path`, which is made when needed. */
export function spill(path: string): Spill {
	let growing: (Growing | undefined)[] = [];
	let file: FileHandle | undefined;
	let buffered = 0;
	let end = 0;
	return {
		add: (key, text) => {
			growing[key] ??= {texts: [], segments: []};
			growing[key].texts.push(text);
			buffered += text.length;
		},
		isFull: () => buffered >= mostBuffered,
		drain: async () => {
			file ??= await open(path, 'w+', 0o600);
			for (const own of growing) {
				if (own === undefined || own.texts.length === 0) continue;
				const bytes = Buffer.from(own.texts.join(''));
				own.texts = [];
				own.segments.push({offset: end, length: bytes.length});
				// Where little room is left a part is written, without an error.
				for (let from = 0; from < bytes.length; ) {
					const {bytesWritten} = await file.write(bytes, from, bytes.length - from, end);
					from += bytesWritten;
					end += bytesWritten;
				}
			}
			buffered = 0;
		},
		read: async function* (key) {
			const {segments, texts} = growing[key] ?? {segments: [], texts: []};
			for (const {offset, length} of segments) {
				const bytes = Buffer.alloc(length);
				await file!.read(bytes, 0, length, offset);
				yield bytes.toString('utf8');
			}
			yield texts.join('');
		},
		clear: () => {
			growing = [];
			buffered = 0;
			end = 0;
		},
		close: async () => {
			await file?.close();
			await rm(path, {force: true});
		},
	};
}
