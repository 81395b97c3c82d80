/** What Timestream's Query API answers with, as far as it can happen here. */
export type QueryErrorType =
	/** The request or the query is wrong. */
	| 'ValidationException'
	/** The query was cancelled. */
	| 'ConflictException'
	/** The query was fine but could not be run to its end: time, memory. */
	| 'QueryExecutionException'
	/** Too many queries at once. */
	| 'ThrottlingException';

/** A query's failure in the words of Timestream. */
export class QueryError extends Error {
	override readonly name = 'QueryError';
	readonly errorType: QueryErrorType;

	/** `cause`: what went wrong inside, for a log. */
	constructor(errorType: QueryErrorType, message: string, cause?: unknown) {
		super(message, {cause});
		this.errorType = errorType;
	}
}

/** For a query that somebody has ended. */
export function cancelled(): QueryError {
	return new QueryError('ConflictException', 'Unable to poll results for a cancelled query.');
}

/** `line 1:8`: lines and columns count from 1, as Timestream gives places. */
export function place(sql: string, offset: number): string {
	const before = sql.slice(0, offset);
	const line = before.split('\n').length;
	return `line ${line}:${offset - before.lastIndexOf('\n')}`;
}

/** A ValidationException about what stands at `offset`. */
export function refusal(sql: string, offset: number, message: string): QueryError {
	return new QueryError('ValidationException', `${place(sql, offset)}: ${message}`);
}

/** For what DuckDB would need too long to plan. */
export function tooComplex(sql: string, {start}: {readonly start: number}): QueryError {
	const reason = 'an expression is too long or nested too deeply';
	return refusal(
		sql,
		start,
		`The query is too complex, ${reason}: compute parts of it in WITH or a subquery first`,
	);
}

export function syntaxError(sql: string, offset: number): QueryError {
	return new QueryError('ValidationException', `The query syntax is invalid at ${place(sql, offset)}`);
}
