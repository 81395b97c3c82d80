import {databaseFor, whileAllowed} from '../../access.ts';
import {contentPaths} from '../../contents/content-paths.ts';
import {badRequest, notFound, ResolverError, unauthorized} from '../../graphql/resolver-error.ts';
import {type ExportFormat, exportKey, exportSubscription} from '../../timestream/exports/exports.ts';
import {isoTime} from '../../timestream/moments.ts';
import {
	type StructuredArgs,
	type StructuredRequest,
	structuredRequest,
} from '../../timestream/structured/request.ts';
import type {Answered, QueryOwner} from '../../timestream/structured/structured-query.ts';
import type {Context, Resolvers} from '../context.ts';

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
			const owner = ownerOf(context, timeSeriesDbId);
			checkNotOthers(context, structured.find(queryId)?.userId);
			const query = structured.get(owner, queryId);
			if (query === undefined) throw notFound('Query', queryId);
			const format = fileFormat ?? 'CSV';
			structured.touch(queryId);
			exports.begin(query, format);
			return {queryId, timeSeriesDbId, fileFormat: format};
		},
		timeSeriesDb_cancelDatabaseQuery: async (_, {timeSeriesDbId, queryId}: QueryArgs, context) => {
			const {structured, cancelQuery, userOfQuery} = context.series;
			const owner = ownerOf(context, timeSeriesDbId);
			checkNotOthers(context, structured.find(queryId)?.userId ?? (await userOfQuery(queryId)));
			const isCancelled =
				(await structured.cancel(owner, queryId)) || (await cancelQuery(queryId, owner.userId));
			return isCancelled
				? {httpStatusCode: 200, errorMessage: null}
				: {httpStatusCode: 404, errorMessage: `Query ${queryId} does not exist, or has ended`};
		},
	},
	Subscription: {
		[exportSubscription]: (_, {queryId}: {queryId: string}, context) => {
			const query = context.series.structured.find(queryId);
			if (query === undefined) throw notFound('Query', queryId);
			checkNotOthers(context, query.userId);
			const check = () => databaseFor(context, query.timeSeriesDbId, 'read');
			check();
			const events = context.events.listen(exportSubscription, exportKey(query.userId, queryId));
			return whileAllowed(events, check);
		},
	},
};

/** Queries are for those who asked them. `userId` is undefined for one that is not there. */
function checkNotOthers({user}: Context, userId: string | undefined): void {
	if (userId !== undefined && userId !== user.userId) throw unauthorized();
}

async function page(args: PageArgs, context: Context): Promise<Answered> {
	const {timeSeriesDbId, nextToken = null, clientToken = null, queryString = null} = args;
	const {structured, engineFor} = context.series;
	const owner = ownerOf(context, timeSeriesDbId);
	if (nextToken !== null) {
		const answered = await structured.next(owner, nextToken);
		ownerOf(context, timeSeriesDbId);
		const {query} = answered;
		const isOther =
			(clientToken !== null && clientToken !== query.clientToken) ||
			(queryString !== null && queryString !== query.queryString);
		if (isOther) throw badRequest('nextToken belongs to another query');
		return answered;
	}
	const request = structuredRequest(args);
	const database = databaseFor(context, timeSeriesDbId, 'read');
	const engine = await engineFor(database);
	const query = described(request, database);
	const answered = await structured.start(owner, request, query, engine, context.signal);
	// It may have been withdrawn meanwhile.
	ownerOf(context, timeSeriesDbId);
	return answered;
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
	databaseFor(context, timeSeriesDbId, 'read');
	return {timeSeriesDbId, userId: context.user.userId};
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
