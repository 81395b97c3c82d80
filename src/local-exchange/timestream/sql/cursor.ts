import {randomBytes} from 'node:crypto';
import type {Execution} from './execution.ts';
import {pagesOf} from './page.ts';
import {QueryError} from './query-error.ts';

/** What a token is bound to. */
export type Binding = {
	readonly queryString: string;
	readonly userId: string;
	readonly maxRows: number | undefined;
};

/** A query's answer, page by page. */
export type Cursor = {
	readonly queryId: string;
	readonly binding: Binding;
	readonly clientToken: string;
	/** Of the databases it reads. */
	readonly reads: ReadonlySet<string>;
	/** Epoch, ms. */
	readonly usedAt: () => number;
	readonly isWorking: () => boolean;
	readonly first: () => Promise<string>;
	/** The page behind `token`, always the same one. */
	readonly page: (token: string) => Promise<string>;
	readonly has: (token: string) => boolean;
	/** Ends the query if it is not at its end. */
	readonly stop: (reason: QueryError) => Promise<void>;
	/** Whether there is something to stop. */
	readonly isOpen: () => boolean;
};

type Parts = Omit<Cursor, 'usedAt' | 'isWorking' | 'first' | 'page' | 'has' | 'stop' | 'isOpen'> & {
	readonly execution: Execution;
	readonly holdMs: number;
	readonly now: () => number;
};

type Token = {readonly expires: number; uses: number; page: Promise<string> | undefined};

const maxUses = 5;
const lifeMs = 3_600_000;
/** Timestream's: what it bills for a query at least. */
const meteredBytes = 10_000_000;

export function invalidToken(): QueryError {
	return new QueryError('ValidationException', 'Invalid pagination token');
}

export function cursorOf({execution, holdMs, now, ...identity}: Parts): Cursor {
	const {queryId, binding} = identity;
	const pages = pagesOf(execution, binding.maxRows ?? Number.POSITIVE_INFINITY);
	const columns = JSON.stringify(execution.columns);
	/** The one that gave the newest page, and the one that gives the next. */
	const tokens = new Map<string, Token>();
	let working = 0;
	let open = true;
	let usedAt = now();
	let returnedBytes = 0;

	const produce = async (): Promise<string> => {
		working++;
		try {
			const page = await pages({holdMs});
			open = page.more;
			returnedBytes += page.rows.length;
			const {percent, bytesScanned} = execution.progress();
			const scanned = Math.max(bytesScanned, returnedBytes);
			const status = {
				ProgressPercentage: page.more ? percent : 100,
				CumulativeBytesScanned: scanned,
				CumulativeBytesMetered: Math.max(scanned, meteredBytes),
			};
			const next = page.more ? `"NextToken":"${addToken()}",` : '';
			return `{"QueryId":"${queryId}",${next}"Rows":[${page.rows}],"ColumnInfo":${columns},"QueryStatus":${JSON.stringify(status)}}`;
		} catch (error) {
			open = false;
			throw error;
		} finally {
			working--;
			usedAt = now();
		}
	};

	const addToken = () => {
		const text = randomBytes(48).toString('base64url');
		tokens.set(text, {expires: now() + lifeMs, uses: 0, page: undefined});
		return text;
	};

	return {
		...identity,
		usedAt: () => usedAt,
		isWorking: () => working > 0,
		first: produce,
		page: async text => {
			const token = tokens.get(text);
			if (token === undefined || token.uses >= maxUses || now() > token.expires) throw invalidToken();
			token.uses++;
			usedAt = now();
			if (token.page === undefined) {
				for (const other of tokens.keys()) if (other !== text) tokens.delete(other);
				token.page = produce();
			}
			return await token.page;
		},
		has: text => tokens.has(text),
		stop: async reason => {
			open = false;
			await execution.stop(reason);
		},
		isOpen: () => open,
	};
}
