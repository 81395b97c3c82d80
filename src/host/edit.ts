import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {LocalProcesses} from '../shell/ports.ts';

/**
 * Hands `text` to `$VISUAL`, `$EDITOR` or `vi` in a file that only the user can read, and that is gone
 * afterwards. `processes` must give the terminal to it. Undefined when the editor ends with an error.
 */
export async function edit(
	processes: LocalProcesses,
	text: string,
	signal: AbortSignal,
): Promise<string | undefined> {
	const editor = process.env.VISUAL || process.env.EDITOR || 'vi';
	const directory = await mkdtemp(path.join(tmpdir(), 'adx-shell-'));
	try {
		const file = path.join(directory, 'query.sql');
		await writeFile(file, text, {mode: 0o600});
		const status = await exitOf(processes.run(`${editor} ${quoted(file)}`, {directory, signal}));
		return status === 0 ? await readFile(file, 'utf8') : undefined;
	} finally {
		await rm(directory, {recursive: true, force: true});
	}
}

async function exitOf(running: AsyncGenerator<Uint8Array, number>): Promise<number> {
	for (;;) {
		const step = await running.next();
		if (step.done) return step.value;
	}
}

/** For any shell that `$SHELL` may be. */
function quoted(file: string): string {
	return `'${file.replaceAll("'", String.raw`'\''`)}'`;
}
