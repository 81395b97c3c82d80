import {ResolverError} from '../../graphql/resolver-error.ts';
import {QueryError} from '../../timestream/sql/query-error.ts';
import type {Resolvers} from '../context.ts';
import {databaseOf, readableDatabases} from './databases.ts';

type SqlArgs = {
	timeSeriesDbId: string;
	queryString: string;
	maxRows?: number | null;
	clientToken?: string | null;
	nextToken?: string | null;
};

export const sqlResolvers: Resolvers = {
	Query: {
		timeSeriesDb_queryDatabaseWithTimestreamQuery: async (
			_,
			{timeSeriesDbId, queryString, maxRows, clientToken, nextToken}: SqlArgs,
			context,
		) => {
			const {series, signal, user} = context;
			const database = databaseOf(context, timeSeriesDbId);
			const readable = readableDatabases(context);
			const engine = await series.declare(readable);
			// A query reads what it names, and none of the names needs an escape.
			const text = queryString.toLowerCase();
			for (const row of readable) {
				if (row === database || text.includes(row.databaseName)) await series.engineFor(row);
			}
			const tables = await engine.tables(readable.map(row => row.timeSeriesDbId));
			const queries = await series.queries();
			try {
				return await queries.run({
					queryString,
					userId: user.userId,
					tables,
					signal,
					...(maxRows != null && {maxRows}),
					...(nextToken != null && {nextToken}),
					...(clientToken != null && {clientToken}),
				});
			} catch (error) {
				if (error instanceof QueryError) throw new ResolverError(error.errorType, error.message);
				throw error;
			}
		},
	},
};
