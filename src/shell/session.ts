import type {DataStore} from './ports.ts';
import type {TimeSeriesDb} from './time-series.ts';

/** A directory on the way from a store's home directory to where one is. */
export type Step = {readonly dataStoreDirectoryId: string; readonly name: string};

/** A place on the Exchange. `trail[0]` is the store's home directory, its name is not shown. */
export type Location = {readonly store: DataStore; readonly trail: readonly [Step, ...Step[]]};

/** What a command may read and, by a `session` output, change. Immutable. */
export type Session = {
	readonly location: Location | undefined;
	/** Where `cd -` goes. */
	readonly previous: Location | undefined;
	/** The time-series database that assets are looked up in. */
	readonly database: TimeSeriesDb | undefined;
	/** Absolute path that local names are relative to. */
	readonly localDirectory: string;
	/** Exit code of the last command. */
	readonly status: number;
};

/** A session that is nowhere yet. */
export function newSession(localDirectory: string): Session {
	return {location: undefined, previous: undefined, database: undefined, localDirectory, status: 0};
}

export type SessionAction =
	| {readonly type: 'go'; readonly location: Location}
	| {readonly type: 'database'; readonly database: TimeSeriesDb | undefined}
	| {readonly type: 'local-directory'; readonly path: string}
	| {readonly type: 'status'; readonly status: number};

export function reduceSession(session: Session, action: SessionAction): Session {
	switch (action.type) {
		case 'go':
			return {...session, previous: session.location, location: action.location};
		case 'database':
			return {...session, database: action.database};
		case 'local-directory':
			return {...session, localDirectory: action.path};
		case 'status':
			return {...session, status: action.status};
	}
}

/** `/a/b` of a location; `/` for a home directory. */
export function pathOf(location: Location): string {
	return `/${location.trail
		.slice(1)
		.map(step => step.name)
		.join('/')}`;
}

/** `Store name:/a/b`, as a path and as a prompt show it. */
export function fullPath(location: Location): string {
	return `${location.store.name}:${pathOf(location)}`;
}

/** The absolute path for somebody who is at `here`: that of another store begins with its name. */
export function pathSeenFrom(here: Location | undefined, location: Location): string {
	return here?.store.dataStoreId === location.store.dataStoreId ? pathOf(location) : fullPath(location);
}

/** The directory a location stands for. */
export function directoryOf(location: Location): Step {
	return location.trail.at(-1)!;
}
