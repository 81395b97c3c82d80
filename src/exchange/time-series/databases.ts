import type {ApolloClient} from '@apollo/client';
import {ShellError} from '../../shell/errors.ts';
import type {TimeSeries, TimeSeriesDb} from '../../shell/time-series.ts';
import {createKeptLists} from '../kept-lists.ts';
import {
	CreateDatabaseDocument,
	DeleteDatabaseDocument,
	ListDatabasesDocument,
} from '../operations/generated.ts';
import type {Questions} from '../questions.ts';

/** The databases one sees, in the cache and kept true by the shell's own writes. */
export function createDatabases(
	client: ApolloClient,
	{ask, tell}: Questions,
	onGone: (timeSeriesDbId: string) => void,
): Pick<TimeSeries, 'listDatabases' | 'cachedDatabases' | 'createDatabase' | 'deleteDatabase'> & {
	readonly forget: () => void;
} {
	const lists = createKeptLists({
		client,
		document: ListDatabasesDocument,
		field: 'timeSeriesDb_listDatabases',
		ask: async (variables, call) =>
			(await ask(ListDatabasesDocument, variables, call)).timeSeriesDb_listDatabases,
		toItem: toDatabase,
	});

	return {
		listDatabases: read => lists.list({}, read),
		cachedDatabases: () => lists.cached({}),
		createDatabase: async ({name, description}, call) => {
			const answer = await tell(
				CreateDatabaseDocument,
				{name, description},
				{
					...call,
					update: ({timeSeriesDb_createDatabase: made}) => {
						if (made) lists.change({}, rows => [...rows, made]);
					},
				},
			);
			const made = answer.timeSeriesDb_createDatabase;
			if (!made) throw new ShellError('failed', `${name}: the Exchange did not create it`);
			return toDatabase(made);
		},
		deleteDatabase: async (timeSeriesDbId, call) => {
			await tell(
				DeleteDatabaseDocument,
				{timeSeriesDbId},
				{
					...call,
					update: ({timeSeriesDb_deleteDatabase: deleted}) => {
						onGone(timeSeriesDbId);
						lists.change({}, rows => rows.filter(row => row.timeSeriesDbId !== timeSeriesDbId));
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
			lists.forget();
			client.cache.gc();
		},
	};
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
