import {randomBytes} from 'node:crypto';
import {closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync} from 'node:fs';

/** Writes `path` at once and for its owner alone (0600): a reader finds the old text or the new, never a part. */
export function replacePrivateFile(path: string, text: string): void {
	const aside = `${path}.${randomBytes(6).toString('hex')}`;
	const file = openSync(aside, 'wx', 0o600);
	try {
		writeSync(file, text);
		fsyncSync(file);
	} finally {
		closeSync(file);
	}
	renameSync(aside, path);
}

/** The text of `path`; `text` becomes it when there is no such file. For the owner of the directory only. */
export function ensurePrivateFile(path: string, text: () => string): string {
	const existing = readIfThere(path);
	if (existing) return existing;
	replacePrivateFile(path, text());
	return readFileSync(path, 'utf8');
}

/** The text of `path`, or undefined when there is no such file. */
export function readIfThere(path: string): string | undefined {
	try {
		return readFileSync(path, 'utf8');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
		throw error;
	}
}
