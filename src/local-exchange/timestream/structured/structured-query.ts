import type {Engine} from '../engine.ts';
import type {Page} from './pages.ts';
import type {Plan} from './plan.ts';
import type {StructuredRequest} from './request.ts';

/** Whose query it is, and on which database. */
export type QueryOwner = {readonly timeSeriesDbId: string; readonly userId: string};

/** A query and the pages of it that have been read. */
export type StructuredQuery = QueryOwner & {
	readonly queryId: string;
	readonly clientToken: string;
	/** What it asks, for people. */
	readonly queryString: string;
	readonly header: string;
	readonly attributes: Plan['attributes'];
	readonly typeOf: Plan['typeOf'];
	readonly pages: readonly Page[];
	/** Aborted when the query ends before its time. */
	readonly signal: AbortSignal;
};

export type Answered = {readonly query: StructuredQuery; readonly index: number; readonly page: Page};

export type StructuredQueries = {
	/** The first page of a new query. When `signal` aborts meanwhile, nothing is left of it. */
	readonly start: (
		owner: QueryOwner,
		request: StructuredRequest,
		queryString: string,
		engine: Engine,
		signal: AbortSignal,
	) => Promise<Answered>;
	/** The page that `token` stands for; the same again for the same token. */
	readonly next: (owner: QueryOwner, token: string) => Promise<Answered>;
	/** Stands for the page after. */
	readonly tokenAfter: (answered: Answered) => string | null;
	/** Undefined for a query that is not there, or another user's. */
	readonly get: (owner: QueryOwner, queryId: string) => StructuredQuery | undefined;
	/** Whoever's it is. */
	readonly find: (queryId: string) => StructuredQuery | undefined;
	/** It is still in use. */
	readonly touch: (queryId: string) => void;
	/** Ends a query and removes its files; false when there is none. */
	readonly cancel: (owner: QueryOwner, queryId: string) => Promise<boolean>;
	/** Ends all queries on a database. */
	readonly endAll: (timeSeriesDbId: string) => Promise<void>;
	readonly close: () => Promise<void>;
};
