import type {ApolloClient} from '@apollo/client';
import {ShellError} from '../../shell/errors.ts';
import type {TimeSeries, TimeSeriesDb} from '../../shell/time-series.ts';
import {
	CreateDatabaseDocument,
	DeleteDatabaseDocument,
	ListDatabasesDocument,
	type ListDatabasesQuery,
} from '../operations/generated.ts';
import type {Questions} from '../questions.ts';

type Rows = ListDatabasesQuery['timeSeriesDb_listDatabases'];

const defaultMaxAge = 30_000;

/** The databases one sees, in the cache and kept true by the shell's own writes. */
export function createDatabases(
	client: ApolloClient,
	{ask, tell}: Questions,
	onGone: (timeSeriesDbId: string) => void,
): Pick<TimeSeries, 'listDatabases' | 'cachedDatabases' | 'createDatabase' | 'deleteDatabase'> & {
	readonly forget: () => void;
} {
	/** Epoch, ms. */
	let fetchedAt = Number.NEGATIVE_INFINITY;
	/** Own writes so far: an answer from before one does not know of it. */
	let writes = 0;
	let known: {readonly rows: Rows; readonly databases: readonly TimeSeriesDb[]} | undefined;

	const cachedRows = (): Rows | undefined =>
		client.readQuery({query: ListDatabasesDocument, optimistic: true})?.timeSeriesDb_listDatabases;
	const keep = (databases: readonly TimeSeriesDb[]) => {
		const rows = databases.map(database => ({__typename: 'TimeSeriesDb' as const, ...database}));
		client.writeQuery({query: ListDatabasesDocument, data: {timeSeriesDb_listDatabases: rows}});
	};
	const cachedDatabases = () => {
		const rows = cachedRows();
		if (rows === undefined) return undefined;
		if (known?.rows !== rows) known = {rows, databases: toDatabases(rows)};
		return known.databases;
	};
	const wrote = (change: (databases: readonly TimeSeriesDb[]) => readonly TimeSeriesDb[]) => {
		writes += 1;
		const databases = cachedDatabases();
		if (databases) keep(change(databases));
	};

	return {
		listDatabases: async ({signal, maxAge = defaultMaxAge} = {}) => {
			const cached = Date.now() - fetchedAt < maxAge && !signal?.aborted ? cachedDatabases() : undefined;
			if (cached) return cached;
			for (let attempt = 1; ; attempt++) {
				const before = writes;
				const answer = await ask(ListDatabasesDocument, {}, {signal});
				if (writes !== before && attempt < 3) continue;
				keep(toDatabases(answer.timeSeriesDb_listDatabases));
				fetchedAt = Date.now();
				return cachedDatabases() ?? [];
			}
		},
		cachedDatabases,
		createDatabase: async ({name, description}, call) => {
			const answer = await tell(
				CreateDatabaseDocument,
				{name, description},
				{
					...call,
					update: ({timeSeriesDb_createDatabase: made}) => {
						if (made) wrote(databases => [...databases, ...toDatabases([made])]);
					},
				},
			);
			const [database] = toDatabases([answer.timeSeriesDb_createDatabase]);
			if (!database) throw new ShellError('failed', `${name}: the Exchange did not create it`);
			return database;
		},
		deleteDatabase: async (timeSeriesDbId, call) => {
			await tell(
				DeleteDatabaseDocument,
				{timeSeriesDbId},
				{
					...call,
					update: ({timeSeriesDb_deleteDatabase: deleted}) => {
						onGone(timeSeriesDbId);
						wrote(databases => databases.filter(database => database.timeSeriesDbId !== timeSeriesDbId));
						// What is gone is shared nowhere: lists pass over what the cache does not have.
						const {cache} = client;
						const shared = {
							__typename: 'Service',
							serviceType: 'TIME_SERIES_DB',
							serviceId: timeSeriesDbId,
						};
						cache.evict({id: cache.identify(shared)});
						if (!deleted) throw new ShellError('not-found', `${timeSeriesDbId}: not on the Exchange`);
					},
				},
			);
		},
		forget: () => {
			fetchedAt = Number.NEGATIVE_INFINITY;
			client.cache.evict({id: 'ROOT_QUERY', fieldName: 'timeSeriesDb_listDatabases'});
			client.cache.gc();
		},
	};
}

/** Null rows are absent. */
function toDatabases(rows: Rows): readonly TimeSeriesDb[] {
	return (rows ?? []).filter(row => row !== null).map(toDatabase);
}

/** Nothing else of a row, such as the cache's `__typename`, gets out. */
export function toDatabase({
	timeSeriesDbId,
	name,
	description,
	ownerUserId,
	databaseName,
	tableName,
}: TimeSeriesDb): TimeSeriesDb {
	return {timeSeriesDbId, name, description, ownerUserId, databaseName, tableName};
}
