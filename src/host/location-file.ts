import {readFile} from 'node:fs/promises';
import {replacePrivate} from '../config/replace-private.ts';
import type {Location, Session} from '../shell/session.ts';
import type {TimeSeriesDb} from '../shell/time-series.ts';

/** What one session leaves for the next. */
export type LastSession = Pick<Session, 'location' | 'database'>;

/** On disk a location, with the database beside its store: files from before there were databases stay good. */
type Saved = Partial<Location> & {readonly database?: TimeSeriesDb};

/**
 * Where the last session on `exchange` (an endpoint, or the local exchange's folder) was, and its database.
 * Undefined where there was none or the file is damaged; the Exchange may have changed since, so check
 * before trusting it.
 */
export async function readLastSession(file: string, exchange: string): Promise<LastSession> {
	const saved = (await readAll(file))[exchange];
	const {database, ...location} = typeof saved === 'object' && saved !== null ? saved : {};
	return {
		location: isLocation(location) ? location : undefined,
		database: isDatabase(database) ? database : undefined,
	};
}

/** Replaces the file in one step; other exchanges' entries stay. */
export async function writeLastSession(
	file: string,
	exchange: string,
	{location, database}: LastSession,
): Promise<void> {
	const saved: Saved = {...location, ...(database && {database})};
	const all = {...(await readAll(file)), [exchange]: saved};
	await replacePrivate(file, JSON.stringify(all));
}

async function readAll(file: string): Promise<Readonly<Record<string, Saved>>> {
	try {
		const saved: unknown = JSON.parse(await readFile(file, 'utf8'));
		return typeof saved === 'object' && saved !== null ? (saved as Record<string, Saved>) : {};
	} catch {
		return {};
	}
}

function isLocation(value: Partial<Location>): value is Location {
	const {store, trail} = value;
	return (
		typeof store?.dataStoreId === 'string' &&
		typeof store.name === 'string' &&
		Array.isArray(trail) &&
		trail.length > 0 &&
		trail.every(step => typeof step?.dataStoreDirectoryId === 'string' && typeof step.name === 'string')
	);
}

function isDatabase(value: unknown): value is TimeSeriesDb {
	const {timeSeriesDbId, name, ...rest} = (value ?? {}) as Partial<TimeSeriesDb>;
	const isText = (field: unknown) => field === null || typeof field === 'string';
	return (
		typeof timeSeriesDbId === 'string' &&
		typeof name === 'string' &&
		isText(rest.description) &&
		isText(rest.databaseName) &&
		isText(rest.tableName)
	);
}
