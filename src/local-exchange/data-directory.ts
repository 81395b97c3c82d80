import {chmodSync, mkdirSync, rmSync} from 'node:fs';
import {join} from 'node:path';

/** The files of a data directory, as absolute paths. */
export type DataDirectory = {
	readonly root: string;
	/** Says which process serves the directory, and where. */
	readonly lock: string;
	/** Locked by the operating system as long as that process lives. Never opened by anything else. */
	readonly guard: string;
	readonly token: string;
	/** Tokens of the sample's people, a file each. */
	readonly tokens: string;
	readonly signingKey: string;
	readonly catalogue: string;
	/** Complete contents, one file each. */
	readonly blobs: string;
	/** Contents still arriving. */
	readonly incoming: string;
	/** The samples of all time series: the engine's file. */
	readonly series: string;
	/** Files of query results, for as long as the query lives. */
	readonly results: string;
};

export function dataDirectory(root: string): DataDirectory {
	return {
		root,
		lock: join(root, 'exchange.lock'),
		guard: join(root, 'exchange.guard'),
		token: join(root, 'token'),
		tokens: join(root, 'tokens'),
		signingKey: join(root, 'signing-key'),
		catalogue: join(root, 'catalogue.sqlite'),
		blobs: join(root, 'blobs'),
		incoming: join(root, 'incoming'),
		series: join(root, 'series.duckdb'),
		results: join(root, 'results'),
	};
}

/** Creates what is missing; nobody but the owner may look in. */
export function makeDataDirectory(directory: DataDirectory): void {
	for (const path of [directory.root, directory.blobs, directory.incoming, directory.results]) {
		mkdirSync(path, {recursive: true, mode: 0o700});
	}
	chmodSync(directory.root, 0o700);
}

/**
 * Forgets all users, stores, files and time series; the local user's token stays, so that whoever was given it can
 * come back.
 * Interrupted, it leaves no catalogue: the next start makes one, and sweeps what is left of the bytes.
 */
export function eraseData(directory: DataDirectory): void {
	for (const suffix of ['', '-wal', '-shm']) rmSync(directory.catalogue + suffix, {force: true});
	eraseSeries(directory.series);
	const {blobs, incoming, results, signingKey, tokens} = directory;
	for (const path of [blobs, incoming, results, signingKey, tokens]) {
		rmSync(path, {recursive: true, force: true});
	}
	makeDataDirectory(directory);
}

/** Removes the engine's file and what belongs to it. */
export function eraseSeries(file: string): void {
	for (const suffix of ['', '.wal', '.tmp']) rmSync(file + suffix, {recursive: true, force: true});
}
