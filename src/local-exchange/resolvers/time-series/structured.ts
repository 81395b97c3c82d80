import {contentPaths} from '../../contents/content-paths.ts';
import {badRequest, notFound, ResolverError} from '../../graphql/resolver-error.ts';
import {type ExportFormat, exportKey, exportSubscription} from '../../timestream/exports/exports.ts';
import {isoTime} from '../../timestream/moments.ts';
import {
	type StructuredArgs,
	type StructuredRequest,
	structuredRequest,
} from '../../timestream/structured/request.ts';
import type {Answered, QueryOwner} from '../../timestream/structured/structured-query.ts';
import type {Context, Resolvers} from '../context.ts';
import {databaseOf} from './databases.ts';

type QueryArgs = {timeSeriesDbId: string; queryId: string};
type PageArgs = StructuredArgs & {
	timeSeriesDbId: string;
	queryString?: string | null;
	clientToken?: string | null;
	nextToken?: string | null;
};

export const structuredResolvers: Resolvers = {
	Query: {
		timeSeriesDb_queryDatabase: async (_, args: PageArgs, context) =>
			asPage(await page(args, context).catch(error => explained(error, context.signal)), context),
	},
	Mutation: {
		timeSeriesDb_generateQueryResultExportFile: (
			_,
			{timeSeriesDbId, queryId, fileFormat}: QueryArgs & {fileFormat?: ExportFormat | null},
			context,
		) => {
			const {structured, exports} = context.series;
			const query = structured.get(ownerOf(context, timeSeriesDbId), queryId);
			if (query === undefined) throw notFound('Query', queryId);
			const format = fileFormat ?? 'CSV';
			structured.touch(queryId);
			exports.begin(query, format);
			return {queryId, timeSeriesDbId, fileFormat: format};
		},
		timeSeriesDb_cancelDatabaseQuery: async (_, {timeSeriesDbId, queryId}: QueryArgs, context) => {
			const owner = ownerOf(context, timeSeriesDbId);
			const isCancelled =
				(await context.series.structured.cancel(owner, queryId)) ||
				(await context.series.cancelQuery(queryId, owner.userId));
			return isCancelled
				? {httpStatusCode: 200, errorMessage: null}
				: {httpStatusCode: 404, errorMessage: `Query ${queryId} does not exist, or has ended`};
		},
	},
	Subscription: {
		[exportSubscription]: (_, {queryId}: {queryId: string}, {events, user}) =>
			events.listen(exportSubscription, exportKey(user.userId, queryId)),
	},
};

async function page(args: PageArgs, context: Context): Promise<Answered> {
	const {timeSeriesDbId, nextToken = null, clientToken = null, queryString = null} = args;
	const {structured, engineFor} = context.series;
	const owner = ownerOf(context, timeSeriesDbId);
	if (nextToken !== null) {
		const answered = await structured.next(owner, nextToken);
		const {query} = answered;
		const isOther =
			(clientToken !== null && clientToken !== query.clientToken) ||
			(queryString !== null && queryString !== query.queryString);
		if (isOther) throw badRequest('nextToken belongs to another query');
		return answered;
	}
	const request = structuredRequest(args);
	const database = databaseOf(context, timeSeriesDbId);
	const engine = await engineFor(database);
	return structured.start(owner, request, described(request, database), engine, context.signal);
}

function asPage(answered: Answered, {series, urls}: Context) {
	const {query, index, page} = answered;
	return {
		queryId: query.queryId,
		queryProgressPercentage: page.progress,
		clientToken: query.clientToken,
		nextToken: series.structured.tokenAfter(answered),
		queryString: query.queryString,
		presignedUrl: urls.sign('GET', contentPaths.result(page.file)),
		resultChunkIndex: index,
	};
}

function ownerOf(context: Context, timeSeriesDbId: string): QueryOwner {
	return {timeSeriesDbId: databaseOf(context, timeSeriesDbId).timeSeriesDbId, userId: context.user.userId};
}

/** What a query asks, in the words of SQL. Of many assets it names the first. */
function described(
	{assets, from, to, lastRows}: StructuredRequest,
	{databaseName, tableName}: {databaseName: string; tableName: string},
): string {
	const named = 20;
	const ids = [...assets.keys()].slice(0, named).map(id => `'${id.replaceAll("'", "''")}'`);
	if (assets.size > named) ids.push(`/* and ${assets.size - named} more */`);
	const conditions = [
		`assetId IN (${ids.join(', ')})`,
		...(from === undefined ? [] : [`time >= from_iso8601_timestamp('${isoTime(from)}')`]),
		...(to === undefined ? [] : [`time < from_iso8601_timestamp('${isoTime(to)}')`]),
	];
	const limit = lastRows === undefined ? '' : ` LIMIT ${lastRows}`;
	return `SELECT * FROM "${databaseName}"."${tableName}" WHERE ${conditions.join(' AND ')} ORDER BY assetId, time${limit}`;
}

/** A full disk, or a client that has gone away, is no failure of ours. */
function explained(error: unknown, signal: AbortSignal): never {
	if (signal.aborted) throw new ResolverError('Cancelled', 'The client has gone away');
	if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
	throw new ResolverError('InsufficientStorage', 'The disk of the local exchange is full');
}
