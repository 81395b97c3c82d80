import {appendFileSync, mkdirSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import path from 'node:path';
import {replacePrivate} from '../config/replace-private.ts';

/** Lines kept; the file is cut to these when it has grown by half. */
const bound = 10_000;

export type HistoryFile = {
	/** Oldest first. */
	readonly lines: readonly string[];
	/** Keeps one more line, at once; a disk that refuses is not worth an error at the prompt. */
	readonly append: (line: string) => void;
	/** Resolves when everything appended is on disk. */
	readonly settled: () => Promise<void>;
};

/**
 * The lines of earlier sessions, one JSON string a line so that a pasted newline survives; mode 0600.
 * What must not be kept (secrets) is the caller's to leave out.
 */
export async function openHistoryFile(file: string): Promise<HistoryFile> {
	const kept = parse(await readFile(file, 'utf8').catch(() => ''));
	const lines = kept.slice(-bound);
	let rewriting: Promise<unknown> | undefined;
	if (kept.length > bound * 1.5) {
		rewriting = replacePrivate(file, lines.map(rowOf).join(''))
			.catch(() => undefined)
			.finally(() => {
				rewriting = undefined;
			});
	}
	return {
		lines,
		append: line => {
			// Not in the background: a session killed a moment later has lost no line.
			if (rewriting) rewriting = rewriting.then(() => append(file, line));
			else append(file, line);
		},
		settled: async () => {
			await rewriting;
		},
	};
}

function parse(text: string): string[] {
	return text.split('\n').flatMap(row => {
		try {
			const line: unknown = JSON.parse(row);
			return typeof line === 'string' ? [line] : [];
		} catch {
			return [];
		}
	});
}

function rowOf(line: string): string {
	return `${JSON.stringify(line)}\n`;
}

function append(file: string, line: string): void {
	try {
		mkdirSync(path.dirname(file), {recursive: true, mode: 0o700});
		appendFileSync(file, rowOf(line), {mode: 0o600});
	} catch {
		// The line is still there for this session.
	}
}
