import {randomUUID} from 'node:crypto';
import type {Results} from '../../contents/results.ts';
import {notFound} from '../../graphql/resolver-error.ts';
import {invalidToken, pageToken, readPageToken} from '../page-tokens.ts';
import {type Cursor, openCursor} from './cursor.ts';
import {type Page, type Pages, pages} from './pages.ts';
import {plan} from './plan.ts';
import type {Answered, QueryOwner, StructuredQueries, StructuredQuery} from './structured-query.ts';

type Live = {
	readonly query: StructuredQuery;
	readonly pages: Page[];
	readonly reader: Pages;
	readonly cursor: Cursor;
	readonly ending: AbortController;
	/** One page after the other. */
	work: Promise<unknown>;
	/** Pages that somebody waits for. */
	awaited: number;
	timer?: NodeJS.Timeout;
};

type Options = {
	readonly results: Results;
	/** A query that nobody has asked anything of for so long is gone. */
	readonly idleMs?: number;
	/** The longest unused of more than so many is gone, too. */
	readonly most?: number;
	/** Told of a query that is gone. */
	readonly onEnd?: (query: StructuredQuery) => Promise<void>;
};

const defaultIdleMs = 15 * 60_000;
const defaultMost = 32;

/** Structured queries under way, and finished ones for as long as their files may be wanted. */
export function structuredQueries(options: Options): StructuredQueries {
	const {results, idleMs = defaultIdleMs, most = defaultMost, onEnd = async () => {}} = options;
	/** The longest unused first. */
	const live = new Map<string, Live>();

	const end = async (queryId: string) => {
		const ended = live.get(queryId);
		if (ended === undefined) return;
		live.delete(queryId);
		clearTimeout(ended.timer);
		ended.ending.abort();
		await ended.work.catch(() => {});
		ended.cursor.close();
		await onEnd(ended.query);
		await results.remove(ended.pages.map(({file}) => file));
	};

	const touch = (queryId: string) => {
		const touched = live.get(queryId);
		if (touched === undefined) return;
		clearTimeout(touched.timer);
		if (touched.awaited === 0) {
			touched.timer = setTimeout(() => end(queryId).catch(() => {}), idleMs).unref();
		}
		live.delete(queryId);
		live.set(queryId, touched);
	};

	const owned = (owner: QueryOwner, queryId: string) => {
		const found = live.get(queryId);
		const isOwn = found?.query.userId === owner.userId && found.query.timeSeriesDbId === owner.timeSeriesDbId;
		return isOwn ? found : undefined;
	};

	const read = async (of: Live, index: number): Promise<Answered> => {
		of.awaited++;
		touch(of.query.queryId);
		const reading = of.work
			.catch(() => {})
			.then(async () => {
				if (index < of.pages.length) return;
				of.ending.signal.throwIfAborted();
				of.pages.push(await of.reader.next());
			});
		of.work = reading;
		await reading.catch(async error => {
			const isEnded = of.ending.signal.aborted;
			// What the cursor had read already is lost: to go on would leave a gap.
			await end(of.query.queryId);
			throw isEnded ? notFound('Query', of.query.queryId) : error;
		});
		of.awaited--;
		touch(of.query.queryId);
		return {query: of.query, index, page: of.pages[index]!};
	};

	return {
		start: async (owner, request, queryString, engine, signal) => {
			const {timeSeriesDbId} = owner;
			const planned = plan(request, {
				table: await engine.table(timeSeriesDbId),
				measures: await engine.measures(timeSeriesDbId),
				lastValues: await engine.lastValues(timeSeriesDbId),
			});
			signal.throwIfAborted();
			const ending = new AbortController();
			const abort = () => ending.abort();
			signal.addEventListener('abort', abort);
			try {
				const cursor = await openCursor(planned, () => engine.connect(), ending.signal);
				const reader = pages(cursor, planned.attributes, request.pageRows, results);
				const queryId = randomUUID();
				const taken: Page[] = [];
				const query: StructuredQuery = {
					...owner,
					queryId,
					clientToken: randomUUID(),
					queryString,
					header: reader.header,
					attributes: planned.attributes,
					typeOf: planned.typeOf,
					pages: taken,
					signal: ending.signal,
				};
				const started: Live = {
					query,
					pages: taken,
					reader,
					cursor,
					ending,
					work: Promise.resolve(),
					awaited: 0,
				};
				live.set(queryId, started);
				while (live.size > most) await end(live.keys().next().value!);
				return await read(started, 0);
			} finally {
				signal.removeEventListener('abort', abort);
			}
		},
		next: async (owner, token) => {
			const [queryId = '', text] = readPageToken(token, 2);
			const index = Number(text);
			const found = owned(owner, queryId);
			if (found === undefined) throw notFound('Query', queryId);
			if (found.pages[index - 1]?.isLast !== false) throw invalidToken();
			return read(found, index);
		},
		tokenAfter: ({query, index, page}) =>
			page.isLast ? null : pageToken([query.queryId, String(index + 1)]),
		get: (owner, queryId) => owned(owner, queryId)?.query,
		find: queryId => live.get(queryId)?.query,
		touch,
		cancel: async (owner, queryId) => {
			const isThere = owned(owner, queryId) !== undefined;
			if (isThere) await end(queryId);
			return isThere;
		},
		endAll: async timeSeriesDbId => {
			const ofDatabase = [...live.values()].filter(({query}) => query.timeSeriesDbId === timeSeriesDbId);
			for (const {query} of ofDatabase) await end(query.queryId);
		},
		close: async () => {
			for (const queryId of [...live.keys()]) await end(queryId);
		},
	};
}
