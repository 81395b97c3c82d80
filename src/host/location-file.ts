import {mkdir, readFile, rename, writeFile} from 'node:fs/promises';
import path from 'node:path';
import type {Location} from '../shell/session.ts';

type Saved = Readonly<Record<string, Location>>;

/**
 * Where the last session on `exchange` (an endpoint, or the local exchange's folder) was. Undefined when
 * there was none or the file is damaged; the Exchange may have changed since, so check before trusting it.
 */
export async function readLocation(file: string, exchange: string): Promise<Location | undefined> {
	const location = (await readAll(file))[exchange];
	return isLocation(location) ? location : undefined;
}

/** Replaces the file in one step; other exchanges' entries stay. */
export async function writeLocation(file: string, exchange: string, location: Location): Promise<void> {
	const saved = {...(await readAll(file)), [exchange]: location};
	await mkdir(path.dirname(file), {recursive: true, mode: 0o700});
	const aside = `${file}.${process.pid}`;
	await writeFile(aside, JSON.stringify(saved), {mode: 0o600});
	await rename(aside, file);
}

async function readAll(file: string): Promise<Saved> {
	try {
		const saved: unknown = JSON.parse(await readFile(file, 'utf8'));
		return typeof saved === 'object' && saved !== null ? (saved as Saved) : {};
	} catch {
		return {};
	}
}

function isLocation(value: unknown): value is Location {
	const {store, trail} = (value ?? {}) as Partial<Location>;
	return (
		typeof store?.dataStoreId === 'string' &&
		typeof store.name === 'string' &&
		Array.isArray(trail) &&
		trail.length > 0 &&
		trail.every(step => typeof step?.dataStoreDirectoryId === 'string' && typeof step.name === 'string')
	);
}
