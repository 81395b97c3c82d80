import path from 'node:path';
import type {Connection} from '../config/connection.ts';
import {endpointOf} from '../config/endpoint.ts';
import type {Folders} from '../config/paths.ts';
import type {Session} from '../shell/session.ts';
import {openHistoryFile} from './history-file.ts';
import {type LastSession, readLastSession, writeLastSession} from './location-file.ts';
import {readPanes, type SavedPanes, writePanes} from './panes-file.ts';

/** Where the sessions of one Exchange and profile were, and what they leave for the next. */
export type Memory = {
	readonly saved: LastSession;
	/** Keeps the place in the background; a disk that refuses is not worth an error at the prompt. */
	readonly remember: (session: Pick<Session, 'location' | 'database'>) => void;
};

/** What a prompt takes up from the sessions before it: history of all, places by connection. */
export async function openMemory({state}: Pick<Folders, 'state'>) {
	const file = path.join(state, 'locations.json');
	const history = await openHistoryFile(path.join(state, 'history.jsonl'));
	const panesFile = path.join(state, 'panes.json');
	let pending: Promise<unknown> = Promise.resolve();
	return {
		history,
		/** The screen's panes as the last session left them. */
		panes: () => readPanes(panesFile),
		rememberPanes: (panes: SavedPanes) => {
			pending = pending.then(() => writePanes(panesFile, panes)).catch(() => undefined);
		},
		of: async (connection: Connection): Promise<Memory> => {
			const key = keyOf(connection);
			const saved = await readLastSession(file, key);
			let remembered = saved;
			return {
				saved,
				remember: ({location, database}) => {
					if (location === remembered.location && database === remembered.database) return;
					const last = {location: location ?? remembered.location, database};
					remembered = last;
					pending = pending.then(() => writeLastSession(file, key, last)).catch(() => undefined);
				},
			};
		},
		/** Resolves when everything is on disk. */
		settled: async () => {
			await Promise.all([pending, history.settled()]);
		},
	};
}

/** Two users of one Exchange do not see the same: each profile, and each token file, has places of its own. */
function keyOf(connection: Connection): string {
	const {profile, source} = connection;
	const place = connection.kind === 'local' ? connection.directory : endpointOf(connection);
	const file = source?.kind === 'path' ? source.path : undefined;
	const whose = profile === undefined ? file : profile === 'local' ? undefined : profile;
	return whose === undefined ? place : `${whose} ${place}`;
}
