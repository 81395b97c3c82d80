import type {DatabaseRow} from '../../catalogue/databases.ts';
import {notFound} from '../../graphql/resolver-error.ts';
import type {Context, Resolvers} from '../context.ts';
import {checkName} from '../names.ts';

type DatabaseArgs = {timeSeriesDbId: string; name?: string | null; description?: string | null};

export const databaseResolvers: Resolvers = {
	Query: {
		timeSeriesDb_listDatabases: (_, _args, context) => readableDatabases(context),
		timeSeriesDb_getDatabase: (_, {timeSeriesDbId}: DatabaseArgs, context) =>
			databaseOf(context, timeSeriesDbId),
	},
	Mutation: {
		timeSeriesDb_createDatabase: async (
			_,
			{name, description = null}: {name: string; description?: string | null},
			{catalogue, series, user},
		) => {
			checkName('A time-series database', name);
			// Where nothing could be put into it, there shall be none.
			await series.declare([]);
			return catalogue.transact(() =>
				catalogue.databases.create({name, description, ownerUserId: user.userId}),
			);
		},
		timeSeriesDb_updateDatabase: (
			_,
			{timeSeriesDbId: id, name = null, description = null}: DatabaseArgs,
			context,
		) => {
			databaseOf(context, id);
			if (name !== null) checkName('A time-series database', name);
			context.catalogue.databases.update(id, name, description);
			return context.catalogue.databases.get(id);
		},
		timeSeriesDb_deleteDatabase: async (_, {timeSeriesDbId: id}: DatabaseArgs, context) => {
			const database = databaseOf(context, id);
			context.catalogue.transact(() => context.catalogue.databases.remove(id));
			await context.series.remove(id);
			return database;
		},
	},
};

/** The database `timeSeriesDbId`, for what its user may do with it. Throws `NotFound` when there is none. */
export function databaseOf({catalogue}: Context, timeSeriesDbId: string): DatabaseRow {
	const database = catalogue.databases.get(timeSeriesDbId);
	if (database === undefined) throw notFound('Time-series database', timeSeriesDbId);
	return database;
}

/** Those that the user may read. */
export function readableDatabases({catalogue}: Context): readonly DatabaseRow[] {
	return catalogue.databases.list();
}
