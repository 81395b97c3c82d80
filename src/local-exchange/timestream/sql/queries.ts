import {randomBytes} from 'node:crypto';
import type {DuckDBConnection} from '@duckdb/node-api';
import type {Measure, Table} from '../types.ts';
import {catalogueRows} from './catalogue.ts';
import {type Cursor, cursorOf, invalidToken} from './cursor.ts';
import {type Execution, execute, executed} from './execution.ts';
import {inspections} from './gate/parse.ts';
import {prepare} from './prepare.ts';
import {cancelled, QueryError} from './query-error.ts';
import {checkRequest} from './request.ts';
import {tokenize} from './tokens.ts';

export {QueryError, type QueryErrorType} from './query-error.ts';

export type QueryRequest = {
	readonly queryString: string;
	/** 1 to 1,000. Without it pages are as large as they may be. */
	readonly maxRows?: number | undefined;
	/** Of the answer before, for the page after it. */
	readonly nextToken?: string | undefined;
	readonly clientToken?: string | undefined;
	/** Whoever asks: pages are for nobody else. */
	readonly userId: string;
	/** Those the user may read. */
	readonly tables: readonly Table[];
	/** Ends the query when it fires during the first page: nobody could go on with it. */
	readonly signal?: AbortSignal | undefined;
};

export type QueryAnswer = {
	/** JSON of Timestream's answer to Query. */
	readonly resultJSONString: string;
	/** To be sent along with the token of the next page. */
	readonly clientToken: string | null;
};

/** Timestream's Query API. */
export type Queries = {
	/** Throws a QueryError. */
	readonly run: (request: QueryRequest) => Promise<QueryAnswer>;
	/** Stops a query of `userId`, and resolves when it has stopped; false when there is none to stop. */
	readonly cancel: (queryId: string, userId: string) => Promise<boolean>;
	/** Whose query it is; undefined when there is none. */
	readonly userOf: (queryId: string) => string | undefined;
	/** Stops all queries. */
	readonly close: () => Promise<void>;
};

export type QueriesParts = {
	readonly engine: {
		readonly connect: () => Promise<DuckDBConnection>;
		readonly measures: (timeSeriesDbId: string) => Promise<readonly Measure[]>;
	};
	/** Epoch, ms. */
	readonly now: () => number;
	/** Work a query may cost. */
	readonly timeoutMs?: number;
	/** How long a query waits for somebody to ask for its next page. */
	readonly idleMs?: number;
	/** How long a request waits for rows before it is answered without. */
	readonly holdMs?: number;
	/** Queries kept at a time, with their newest page: each may hold a connection and 1 MB. */
	readonly maxQueries?: number;
};

const sweepMs = 60_000;

export function createQueries({
	engine,
	now,
	timeoutMs = 60_000,
	idleMs = 3_600_000,
	holdMs = 5_000,
	maxQueries = 32,
}: QueriesParts): Queries {
	const cursors = new Map<string, Cursor>();
	const known = inspections();
	/** What DuckDB still does for queries that have ended. */
	const left = new Set<Promise<void>>();
	let opening = 0;

	const onLeft = (ending: Promise<void>) => {
		left.add(ending);
		void ending.then(() => left.delete(ending));
	};

	const drop = (cursor: Cursor) => {
		cursors.delete(cursor.queryId);
		return cursor.stop(cancelled());
	};

	const sweep = () => {
		for (const cursor of cursors.values()) {
			if (!cursor.isWorking() && now() - cursor.usedAt() > idleMs) void drop(cursor);
		}
	};
	const sweeping = setInterval(sweep, Math.min(sweepMs, idleMs));
	sweeping.unref();

	/** Makes room for one more: finished queries go first, then the one that has waited longest. */
	const makeRoom = () => {
		if (cursors.size + opening + left.size < maxQueries) return;
		const [oldest] = [...cursors.values()]
			.filter(cursor => !cursor.isWorking())
			.sort((a, b) => Number(a.isOpen()) - Number(b.isOpen()) || a.usedAt() - b.usedAt());
		if (oldest === undefined)
			throw new QueryError('ThrottlingException', 'Too many queries at once: try again later');
		void drop(oldest);
	};

	const start = async ({
		queryString: sql,
		tables,
		signal,
	}: QueryRequest): Promise<[Execution, readonly Table[]]> => {
		const tokens = tokenize(sql);
		if (tokens.at(-1)?.value === ';' && tokens.at(-1)?.kind === 'mark') tokens.pop();
		const rows = await catalogueRows({sql, tokens, tables, measures: engine.measures});
		if (rows !== undefined) return [executed(rows), []];
		const began = BigInt(now()) * 1_000_000n;
		const [execution, prepared] = await execute(await engine.connect(), {
			sql,
			tokens,
			timeoutMs,
			signal,
			onLeft,
			prepare: connection => prepare(connection, {sql, tokens, tables, now: began, known}),
		});
		return [execution, prepared.tables];
	};

	const open = async (request: QueryRequest): Promise<Cursor> => {
		sweep();
		makeRoom();
		opening++;
		const [execution, reads] = await start(request).finally(() => opening--);
		const cursor = cursorOf({
			queryId: queryIdOf(),
			binding: {queryString: request.queryString, userId: request.userId, maxRows: request.maxRows},
			clientToken: request.clientToken ?? randomBytes(24).toString('base64url'),
			reads: new Set(reads.map(({timeSeriesDbId}) => timeSeriesDbId)),
			execution,
			holdMs,
			now,
		});
		cursors.set(cursor.queryId, cursor);
		return cursor;
	};

	const first = async (request: QueryRequest): Promise<QueryAnswer> => {
		const {signal} = request;
		signal?.throwIfAborted();
		const cursor = await open(request);
		const abort = () => void cursor.stop(cancelled());
		signal?.addEventListener('abort', abort, {once: true});
		if (signal?.aborted) abort();
		try {
			return {resultJSONString: await cursor.first(), clientToken: cursor.clientToken};
		} catch (error) {
			cursors.delete(cursor.queryId);
			throw error;
		} finally {
			signal?.removeEventListener('abort', abort);
			// Nothing is left to ask for.
			if (!cursor.isOpen()) cursors.delete(cursor.queryId);
		}
	};

	const next = async (request: QueryRequest, token: string): Promise<QueryAnswer> => {
		sweep();
		const cursor = [...cursors.values()].find(({has}) => has(token));
		if (cursor === undefined) throw invalidToken();
		const {queryString, userId, maxRows} = cursor.binding;
		const readable = new Set(request.tables.map(({timeSeriesDbId}) => timeSeriesDbId));
		const isBound =
			queryString === request.queryString &&
			userId === request.userId &&
			maxRows === request.maxRows &&
			(request.clientToken ?? cursor.clientToken) === cursor.clientToken &&
			[...cursor.reads].every(id => readable.has(id));
		if (!isBound) throw invalidToken();
		return {resultJSONString: await cursor.page(token), clientToken: cursor.clientToken};
	};

	return {
		run: async request => {
			checkRequest(request);
			return request.nextToken === undefined ? await first(request) : await next(request, request.nextToken);
		},
		cancel: async (queryId, userId) => {
			const cursor = cursors.get(queryId);
			if (cursor === undefined || cursor.binding.userId !== userId || !cursor.isOpen()) return false;
			await cursor.stop(cancelled());
			return true;
		},
		userOf: queryId => cursors.get(queryId)?.binding.userId,
		close: async () => {
			clearInterval(sweeping);
			for (const cursor of cursors.values()) void drop(cursor);
			await Promise.all(left);
		},
	};
}

/** Timestream's look like this. */
function queryIdOf(): string {
	const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
	return `AEDQC${[...randomBytes(51)].map(byte => alphabet[byte % 32]).join('')}`;
}
