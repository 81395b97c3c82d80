import type {Context} from './command.ts';
import {ShellError} from './errors.ts';
import type {Where} from './lookup.ts';
import type {Read} from './ports.ts';
import {sharedDatabases} from './shared-services.ts';
import {closest} from './suggest.ts';
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
	if (called.length === 1) return called[0]!;
	if (called.length > 1) {
		throw new ShellError(
			'ambiguous',
			`${word} is ambiguous: ${called.length} databases bear that name. Name one by id:`,
			{
				details: called.map(({timeSeriesDbId: id, description}) =>
					description ? `id:${id}  ${description}` : `id:${id}`,
				),
			},
		);
	}
	const meant = closest(
		word,
		databases.map(({name}) => name),
	);
	throw new ShellError('not-found', `${word}: no such database`, {
		hint: meant === undefined ? 'try `databases`' : `did you mean ${meant}?`,
	});
}

/** All databases of that name, else the one of that id, with or without `id:` in front. */
export function databasesNamed(databases: readonly TimeSeriesDb[], word: string): readonly TimeSeriesDb[] {
	const named = databases.filter(({name}) => name === word);
	if (named.length > 0) return named;
	const id = word.startsWith('id:') ? word.slice(3) : word;
	return databases.filter(({timeSeriesDbId}) => timeSeriesDbId === id);
}
