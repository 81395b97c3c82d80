import {databaseFor} from '../../access.ts';
import {ResolverError} from '../../graphql/resolver-error.ts';
import {QueryError} from '../../timestream/sql/query-error.ts';
import type {Resolvers} from '../context.ts';

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
			databaseFor(context, timeSeriesDbId, 'read');
			const readable = context.catalogue.databases.list(user.userId);
			const engine = await series.declare(readable);
			// A query reads what it names, and none of the names needs an escape.
			const text = queryString.toLowerCase();
			const named = readable.filter(
				row => row.timeSeriesDbId === timeSeriesDbId || text.includes(row.databaseName),
			);
			for (const row of named) await series.engineFor(row);
			const tables = await engine.tables(readable.map(row => row.timeSeriesDbId));
			const queries = await series.queries();
			try {
				const answer = await queries.run({
					queryString,
					userId: user.userId,
					tables,
					signal,
					...(maxRows != null && {maxRows}),
					...(nextToken != null && {nextToken}),
					...(clientToken != null && {clientToken}),
				});
				// One of them may have been withdrawn while the query ran.
				for (const row of named) databaseFor(context, row.timeSeriesDbId, 'read');
				return answer;
			} catch (error) {
				if (error instanceof QueryError) throw new ResolverError(error.errorType, error.message);
				throw error;
			}
		},
	},
};
