import type {DuckDBConnection, DuckDBPreparedStatement} from '@duckdb/node-api';
import {queryErrorOf} from './duckdb-error.ts';
import type {Prepared} from './prepare.ts';
import {cancelled, QueryError} from './query-error.ts';
import {type ColumnInfo, columnType} from './result/column-info.ts';
import {type Rows, streamRows} from './result/rows.ts';
import type {Token} from './tokens.ts';

/** What a query has done so far. */
export type Progress = {
	/** From 0 to 100. */
	readonly percent: number;
	readonly bytesScanned: number;
};

/** A query under way. It holds a connection until its last row, its failure or its end is there. */
export type Execution = {
	/** Known before the first row. */
	readonly columns: readonly ColumnInfo[];
	/** Not to be called while a call is under way. Throws a QueryError. */
	readonly next: Rows['next'];
	readonly progress: () => Progress;
	/** Ends the query: `next` throws `reason`, also a call under way. Resolves when DuckDB has stopped. */
	readonly stop: (reason: QueryError) => Promise<void>;
};

type Parts = {
	readonly sql: string;
	readonly tokens: readonly Token[];
	readonly prepare: (connection: DuckDBConnection) => Promise<Prepared>;
	/** Of work; pauses between pages don't count. */
	readonly timeoutMs: number;
	/** Ends the query when it fires before there is an execution to stop. */
	readonly signal?: AbortSignal | undefined;
	/** Told of what DuckDB still does for a query that has ended: it plans a query to its end, whoever interrupts. */
	readonly onLeft: (ending: Promise<void>) => void;
};

/** DuckDB looks at an interrupt only between its tasks, and forgets one that comes before a task begins. */
const interruptEveryMs = 20;
const sampleEveryMs = 250;
/** What DuckDB reads for a value, roughly: it says how many rows it has read, not how much they are. */
const bytesPerValue = 8;

/** Starts a query on `connection`, which it takes over. Throws a QueryError for one that cannot run. */
export async function execute(connection: DuckDBConnection, parts: Parts): Promise<[Execution, Prepared]> {
	let failure: QueryError | undefined;
	let current: Promise<unknown> | undefined;
	let giveUp = (_: QueryError) => {};
	let remaining = parts.timeoutMs;
	let closed = false;
	let percent = 0;
	let bytesScanned = 0;
	let width = 1;

	const close = () => {
		if (!closed) connection.closeSync();
		closed = true;
	};

	const stop = async (reason: QueryError) => {
		failure ??= reason;
		const left = current;
		if (left === undefined) return close();
		connection.interrupt();
		const interrupting = setInterval(() => connection.interrupt(), interruptEveryMs);
		const ending = left.then(
			() => {},
			() => {},
		);
		parts.onLeft(ending);
		giveUp(failure);
		await ending;
		clearInterval(interrupting);
		close();
	};

	const sample = () => {
		const {percentage, rows_processed: rows} = connection.progress;
		percent = Math.max(percent, Math.min(percentage, 99));
		bytesScanned = Math.max(bytesScanned, Number(rows) * width * bytesPerValue);
	};

	/** Does a piece of the work, within what is left of the time. */
	const work = async <T>(task: () => Promise<T>, explain: (error: unknown) => QueryError): Promise<T> => {
		if (failure !== undefined) throw failure;
		const began = performance.now();
		const late = new QueryError(
			'QueryExecutionException',
			`The query timed out after ${parts.timeoutMs / 1000} s`,
		);
		const timer = setTimeout(stop, remaining, late);
		const sampling = setInterval(sample, sampleEveryMs);
		const doing = task();
		current = doing;
		const over = () => {
			if (current === doing) current = undefined;
		};
		doing.then(over, over);
		const ended = Promise.withResolvers<never>();
		giveUp = ended.reject;
		try {
			const done = await Promise.race([doing, ended.promise]);
			if (failure !== undefined) throw failure;
			return done;
		} catch (error) {
			failure ??= error instanceof QueryError ? error : explain(error);
			throw failure;
		} finally {
			clearTimeout(timer);
			clearInterval(sampling);
			remaining -= performance.now() - began;
			if (failure !== undefined && current === undefined) close();
		}
	};

	const explainFor = (prepared: Prepared) => (error: unknown) => queryErrorOf(error, {...parts, prepared});
	const plan = async (): Promise<[Prepared, DuckDBPreparedStatement]> => {
		const prepared = await work(
			() => parts.prepare(connection),
			error => new QueryError('QueryExecutionException', 'The query could not be run', error),
		);
		const statement = await work(async () => {
			// Without these two DuckDB does not count what it does. They are allowed when settings are locked.
			await connection.run('PRAGMA enable_progress_bar; PRAGMA disable_print_progress_bar');
			if (failure !== undefined) throw failure;
			return await connection.prepare(prepared.rewritten.text);
		}, explainFor(prepared));
		return [prepared, statement];
	};
	const abort = () => void stop(cancelled());
	parts.signal?.addEventListener('abort', abort, {once: true});
	if (parts.signal?.aborted) abort();
	const [prepared, statement] = await plan().finally(() => parts.signal?.removeEventListener('abort', abort));
	const given = Array.from({length: statement.columnCount}, (_, at) => statement.columnName(at));
	const columns = prepared.resultColumns(given).map(({name, isNull}, at) => ({
		Name: name,
		Type: isNull ? {ScalarType: 'UNKNOWN'} : columnType(statement.columnType(at)),
	}));
	width = Math.max(columns.length, 1);

	let rows: Rows['next'] | undefined;
	const next = () =>
		work(async () => {
			if (closed) return undefined;
			rows ??= streamRows(await statement.stream());
			const batch = await rows();
			if (batch === undefined) {
				percent = 100;
				close();
			}
			return batch;
		}, explainFor(prepared));

	return [{columns, next, progress: () => ({percent, bytesScanned}), stop}, prepared];
}

/** Rows that are all there, as a query that has nothing left to do. */
export function executed({columns, next}: Rows): Execution {
	return {columns, next, progress: () => ({percent: 100, bytesScanned: 0}), stop: async () => {}};
}
