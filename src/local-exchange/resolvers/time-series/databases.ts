import {databaseFor} from '../../access.ts';
import type {Resolvers} from '../context.ts';
import {checkName} from '../names.ts';

type DatabaseArgs = {timeSeriesDbId: string; name?: string | null; description?: string | null};

export const databaseResolvers: Resolvers = {
	Query: {
		timeSeriesDb_listDatabases: (_, _args, {catalogue, user}) => catalogue.databases.list(user.userId),
		timeSeriesDb_getDatabase: (_, {timeSeriesDbId}: DatabaseArgs, context) =>
			databaseFor(context, timeSeriesDbId, 'read'),
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
			databaseFor(context, id, 'own');
			if (name !== null) checkName('A time-series database', name);
			context.catalogue.databases.update(id, name, description);
			return context.catalogue.databases.get(id);
		},
		timeSeriesDb_deleteDatabase: async (_, {timeSeriesDbId: id}: DatabaseArgs, context) => {
			const database = databaseFor(context, id, 'own');
			context.catalogue.transact(() => context.catalogue.databases.remove(id));
			await context.series.remove(id);
			return database;
		},
	},
};
