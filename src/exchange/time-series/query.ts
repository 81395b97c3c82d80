import {setTimeout as delay} from 'node:timers/promises';
import {ShellError, toShellError} from '../../shell/errors.ts';
import type {ResultColumn, TimeSeries} from '../../shell/time-series.ts';
import {cancelled} from '../faults.ts';
import {CancelQueryDocument, SqlQueryDocument} from '../operations/generated.ts';
import type {Questions} from '../questions.ts';
import {createPageGuard} from './page-guard.ts';
import {parseSqlAnswer} from './sql-answer.ts';

/** For the Exchange to say that it has cancelled a query, ms. Nothing depends on it. */
const cancelPatience = 2000;

/** Tells the Exchange that nobody waits for a query any more. Best effort: never throws, never takes long. */
export async function cancelQuery({tell}: Questions, timeSeriesDbId: string, queryId: string): Promise<void> {
	const answered = new AbortController();
	await Promise.race([
		tell(CancelQueryDocument, {timeSeriesDbId, queryId}).catch(() => {}),
		delay(cancelPatience, undefined, {signal: answered.signal}).catch(() => {}),
	]);
	answered.abort();
}

/**
 * See the contract. A query whose first page has not come yet has no id to cancel it by: there the
 * connection is ended, and nothing more.
 */
export function createQuery(questions: Questions): TimeSeries['query'] {
	return async function* query(
		{database: {timeSeriesDbId, name}, queryString, maxRows},
		{signal = new AbortController().signal} = {},
	) {
		const request = {timeSeriesDbId, queryString, ...(maxRows !== undefined && {maxRows})};
		const guard = createPageGuard(name, {signal, backoff: questions.backoff});
		let tokens: {readonly nextToken?: string; readonly clientToken?: string} = {};
		let columns: readonly ResultColumn[] = [];
		let queryId = '';
		let hasEnded = false;
		try {
			for (;;) {
				const answer = await questions.ask(SqlQueryDocument, {...request, ...tokens}, {signal});
				const result = answer.timeSeriesDb_queryDatabaseWithTimestreamQuery;
				if (!result) throw new ShellError('failed', `${name}: the Exchange did not answer the query`);
				const {nextToken, rows, progress, bytesScanned, ...page} = await parseSqlAnswer(
					result.resultJSONString,
					signal,
				);
				queryId = page.queryId || queryId;
				if (page.columns.length > 0) columns = page.columns;
				hasEnded = nextToken === undefined;
				yield {queryId, columns, rows, progress, bytesScanned, isLast: hasEnded};
				if (nextToken === undefined) return;
				await guard(nextToken, rows.length > 0);
				const clientToken = result.clientToken ?? tokens.clientToken;
				tokens = {nextToken, ...(clientToken && {clientToken})};
			}
		} catch (error) {
			throw signal.aborted
				? cancelled(error)
				: pageFault(toShellError(error), tokens.nextToken !== undefined);
		} finally {
			if (!hasEnded && queryId !== '') await cancelQuery(questions, timeSeriesDbId, queryId);
		}
	};
}

/** A page's token is good for so long, and not beyond a restart of the Exchange. */
function pageFault(error: ShellError, isLater: boolean): ShellError {
	if (!isLater || error.code !== 'failed' || error.hint !== undefined) return error;
	if (!/\btoken\b/i.test(error.message)) return error;
	return new ShellError('failed', error.message, {
		hint: 'the Exchange has let go of this query: run it again',
		cause: error,
	});
}
