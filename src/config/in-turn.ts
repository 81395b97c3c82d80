import {mkdir, open, rm, stat} from 'node:fs/promises';
import path from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';

/** ms after which a turn was left by a program that has crashed: one takes a few. */
const stale = 5_000;

/**
 * Runs what reads a file and then replaces it. Of several programs that do so at once each sees what the
 * one before has written.
 */
export async function inTurn<T>(file: string, work: () => Promise<T>): Promise<T> {
	const turn = `${file}.lock`;
	await taken(turn);
	try {
		return await work();
	} finally {
		await rm(turn, {force: true}).catch(() => undefined);
	}
}

async function taken(turn: string): Promise<void> {
	for (;;) {
		try {
			await mkdir(path.dirname(turn), {recursive: true, mode: 0o700});
			return await (await open(turn, 'wx', 0o600)).close();
		} catch (thrown) {
			// Where no file can be made the work itself says so.
			if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') return;
		}
		const since = await stat(turn).catch(() => undefined);
		if (since && Date.now() - since.mtimeMs > stale) await rm(turn, {force: true});
		else await wait(5);
	}
}
