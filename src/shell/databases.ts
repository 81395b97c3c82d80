import type {Context} from './command.ts';
import {ShellError} from './errors.ts';
import type {Where} from './lookup.ts';
import {calledBy, describeId, onlyOne} from './named.ts';
import type {Read} from './ports.ts';
import {sharedDatabases} from './shared-services.ts';
import type {TimeSeriesDb} from './time-series.ts';

/** The database that the session looks assets up in. Throws `usage` where none is selected. */
export function selectedDatabase({session}: Pick<Context, 'session'>): TimeSeriesDb {
	if (session.database) return session.database;
	throw new ShellError('usage', 'no database is selected', {
		hint: '`databases` lists them, `db NAME` selects one',
	});
}

/**
 * The database of that name, id or `id:timeSeriesDbId.…`; one that a cached list lacks is asked for, one that
 * the list leaves out is looked for in what others share. Throws `not-found`, `ambiguous` (with the ids).
 */
export async function resolveDatabase(where: Where, word: string, read?: Read): Promise<TimeSeriesDb> {
	const {timeSeries} = where.exchange;
	const known = timeSeries.cachedDatabases();
	let databases = await timeSeries.listDatabases({signal: where.signal, ...read});
	let called = databasesNamed(databases, word);
	if (called.length === 0 && databases === known) {
		databases = await timeSeries.listDatabases({signal: where.signal, ...read, maxAge: 0});
		called = databasesNamed(databases, word);
	}
	if (called.length === 0) {
		databases = [...databases, ...(await sharedDatabases(where, {maxAge: 0}))];
		called = databasesNamed(databases, word);
	}
	return onlyOne(called, word, {
		noun: 'database',
		list: 'databases',
		names: () => databases.map(({name}) => name),
		details: all => all.map(({timeSeriesDbId, description}) => describeId(timeSeriesDbId, description)),
	});
}

/** All databases of that name, else the one of that id, with or without `id:` in front. */
export function databasesNamed(databases: readonly TimeSeriesDb[], word: string): readonly TimeSeriesDb[] {
	return calledBy(databases, word, ({timeSeriesDbId}) => timeSeriesDbId);
}
