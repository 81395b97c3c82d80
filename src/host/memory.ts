import path from 'node:path';
import type {Config} from '../config/config.ts';
import type {Session} from '../shell/session.ts';
import {openHistoryFile} from './history-file.ts';
import {readLastSession, writeLastSession} from './location-file.ts';

/** What a prompt takes up from the session before it on the same exchange, and leaves for the next. */
export async function openMemory({connection, folders}: Config) {
	const file = path.join(folders.state, 'locations.json');
	const exchange = connection.kind === 'local' ? connection.directory : connection.endpoint;
	const [history, saved] = await Promise.all([
		openHistoryFile(path.join(folders.state, 'history.jsonl')),
		readLastSession(file, exchange),
	]);
	let remembered = saved;
	let pending: Promise<unknown> = Promise.resolve();
	return {
		history,
		saved,
		/** Keeps the place in the background; a disk that refuses is not worth an error at the prompt. */
		remember: ({location, database}: Session) => {
			if (location === remembered.location && database === remembered.database) return;
			const last = {location: location ?? remembered.location, database};
			remembered = last;
			pending = pending.then(() => writeLastSession(file, exchange, last)).catch(() => undefined);
		},
		/** Resolves when everything is on disk. */
		settled: async () => {
			await Promise.all([pending, history.settled()]);
		},
	};
}
