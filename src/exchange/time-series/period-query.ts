import {ShellError} from '../../shell/errors.ts';
import type {ExportRequest} from '../../shell/time-series.ts';
import {PeriodQueryDocument} from '../operations/generated.ts';
import type {Questions} from '../questions.ts';
import {createPageGuard} from './page-guard.ts';

/**
 * Has the Exchange read all rows of a period, page by page: a query that is not followed to its end exports a
 * fragment. `onPage` has its id, from the first page on, and how far it is, 0 to 100.
 */
export async function readPeriod(
	{ask, backoff}: Questions,
	{database: {timeSeriesDbId, name}, assets, from, to}: ExportRequest,
	onPage: (queryId: string, percent: number) => void,
	signal: AbortSignal,
): Promise<string> {
	const request = {
		timeSeriesDbId,
		assets: assets.map(({assetId, attributeNames}) => ({
			assetId,
			// Whether an empty list is all or nothing is the Exchange's affair.
			...(attributeNames.length > 0 && {attributeNamesFilter: attributeNames}),
		})),
		startTime: new Date(from).toISOString(),
		endTime: new Date(to).toISOString(),
	};
	const guard = createPageGuard(name, {signal, backoff});
	let next: {readonly nextToken?: string; readonly clientToken?: string; readonly queryString?: string} = {};
	let queryId = '';
	let before = 0;
	for (;;) {
		const answer = await ask(PeriodQueryDocument, {...request, ...next}, {signal});
		const page = answer.timeSeriesDb_queryDatabase;
		queryId = page?.queryId || queryId;
		if (!page || queryId === '')
			throw new ShellError('failed', `${name}: the Exchange did not take the query`);
		const percent = page.queryProgressPercentage;
		const reached = Number.isFinite(percent) ? Math.min(100, Math.max(before, percent)) : before;
		onPage(queryId, reached);
		if (!page.nextToken) return queryId;
		const isSame = page.nextToken === next.nextToken && reached === before;
		before = reached;
		await guard(`${page.nextToken} ${reached}`, !isSame);
		const clientToken = page.clientToken ?? next.clientToken;
		const queryString = page.queryString ?? next.queryString;
		next = {
			nextToken: page.nextToken,
			...(clientToken && {clientToken}),
			...(queryString && {queryString}),
		};
	}
}
