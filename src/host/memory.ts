import path from 'node:path';
import type {Config} from '../config/config.ts';
import type {Session} from '../shell/session.ts';
import {openHistoryFile} from './history-file.ts';
import {readLocation, writeLocation} from './location-file.ts';

/** What a prompt takes up from the session before it on the same exchange, and leaves for the next. */
export async function openMemory({connection, folders}: Config) {
	const file = path.join(folders.state, 'locations.json');
	const exchange = connection.kind === 'local' ? connection.directory : connection.endpoint;
	const [history, saved] = await Promise.all([
		openHistoryFile(path.join(folders.state, 'history.jsonl')),
		readLocation(file, exchange),
	]);
	let remembered = saved;
	let pending: Promise<unknown> = Promise.resolve();
	return {
		history,
		saved,
		/** Keeps the location in the background; a disk that refuses is not worth an error at the prompt. */
		remember: ({location}: Session) => {
			if (!location || location === remembered) return;
			remembered = location;
			pending = pending.then(() => writeLocation(file, exchange, location)).catch(() => undefined);
		},
		/** Resolves when everything is on disk. */
		settled: async () => {
			await Promise.all([pending, history.settled()]);
		},
	};
}
