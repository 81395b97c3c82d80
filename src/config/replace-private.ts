import {chmod, mkdir, rename, writeFile} from 'node:fs/promises';
import path from 'node:path';

let written = 0;

/** Puts a file in place whole, for nobody but its owner. */
export async function replacePrivate(file: string, text: string): Promise<void> {
	await mkdir(path.dirname(file), {recursive: true, mode: 0o700});
	const aside = `${file}.${process.pid}.${++written}`;
	await writeFile(aside, text, {mode: 0o600});
	await chmod(aside, 0o600);
	await rename(aside, file);
}
