import {chmod, mkdir, rename, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {ShellError} from '../shell/errors.ts';

let written = 0;

/** Puts a file in place whole, for nobody but its owner. Throws `local`, and then leaves nothing beside it. */
export async function replacePrivate(file: string, text: string): Promise<void> {
	const aside = `${file}.${process.pid}.${++written}`;
	try {
		await mkdir(path.dirname(file), {recursive: true, mode: 0o700});
		await writeFile(aside, text, {mode: 0o600});
		await chmod(aside, 0o600);
		await rename(aside, file);
	} catch (thrown) {
		await rm(aside, {force: true}).catch(() => undefined);
		const {code} = thrown as NodeJS.ErrnoException;
		throw new ShellError('local', `${file}: cannot be written (${code})`, {cause: thrown});
	}
}
