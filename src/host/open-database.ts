import {databasesNamed} from '../shell/databases.ts';
import {ShellError, toShellError} from '../shell/errors.ts';
import type {StartingDatabase} from '../shell/starting-database.ts';
import type {TimeSeries, TimeSeriesDb} from '../shell/time-series.ts';

type Options = {
	readonly timeSeries: Pick<TimeSeries, 'listDatabases'>;
	/** Databases that others share: one of them may be meant though the list leaves it out. */
	readonly shared?: () => Promise<readonly TimeSeriesDb[]>;
	/** The database asked for by name or `id:`; wins over everything else. */
	readonly wanted: string | undefined;
	/** Selected when the last session ended. */
	readonly saved?: TimeSeriesDb | undefined;
	/** Take the first database when nothing says which. Else only when there is just one. */
	readonly first: boolean;
	readonly signal?: AbortSignal;
};

/**
 * The database a session starts with; undefined when there is none, or several and none was chosen, or the
 * saved one is gone. An Exchange without time series has none. Throws ShellError `not-found`, `ambiguous` or
 * `unsupported` for the one asked for.
 */
export async function openDatabase(options: Options): Promise<StartingDatabase> {
	const {timeSeries, shared = async () => [], wanted, saved, first, signal} = options;
	const databases = await timeSeries.listDatabases({signal}).catch((thrown: unknown) => {
		if (wanted === undefined && toShellError(thrown).code === 'unsupported') return [];
		throw thrown;
	});
	if (wanted !== undefined) {
		const isListed = databasesNamed(databases, wanted).length > 0;
		return {database: named(isListed ? databases : [...databases, ...(await shared())], wanted)};
	}
	if (saved) {
		const isSaved = ({timeSeriesDbId}: TimeSeriesDb) => timeSeriesDbId === saved.timeSeriesDbId;
		const database = databases.find(isSaved) ?? (await shared()).find(isSaved);
		return database ? {database} : {database: undefined, note: goneNote(saved, databases)};
	}
	return {database: first || databases.length === 1 ? databases[0] : undefined};
}

/** As `openDatabase`, for a prompt, which is of use without one: what is wrong with the one asked for becomes a note. */
export async function startDatabase(options: Options): Promise<StartingDatabase> {
	try {
		return await openDatabase(options);
	} catch (thrown) {
		const {code, message, hint} = toShellError(thrown);
		if (!['not-found', 'ambiguous', 'unsupported'].includes(code)) throw thrown;
		return {database: undefined, note: hint ? `${message} (${hint})` : message};
	}
}

function goneNote({name}: TimeSeriesDb, databases: readonly TimeSeriesDb[]): string {
	const gone = `The database ${name} is no longer there, or not shown to you.`;
	return databases.length === 0 ? gone : `${gone} \`databases\` lists them, \`db NAME\` selects one.`;
}

function named(databases: readonly TimeSeriesDb[], wanted: string): TimeSeriesDb {
	const found = databasesNamed(databases, wanted);
	if (found.length > 1) {
		throw new ShellError('ambiguous', `${wanted}: ${found.length} databases bear that name`, {
			hint: 'name one by id',
			details: found.map(({timeSeriesDbId}) => `id:${timeSeriesDbId}`),
		});
	}
	if (!found[0]) {
		throw new ShellError('not-found', `${wanted}: no such database`, {
			details: [...new Set(databases.map(({name}) => name))],
		});
	}
	return found[0];
}
