import {ShellError} from '../../shell/errors.ts';
import type {Call} from '../../shell/ports.ts';
import type {Asset} from '../../shell/time-series.ts';
import {LatestValuesDocument} from '../operations/generated.ts';
import type {Questions} from '../questions.ts';
import {toAssets, withNews} from './asset-rows.ts';
import {createPageGuard} from './page-guard.ts';

/**
 * All pages of the latest values, joined: in the Exchange's order, each asset once, though it may span pages.
 * `onPage` has the assets so far after each page but the last. Throws `not-found`.
 */
export async function readLatestPages(
	{ask, backoff}: Questions,
	timeSeriesDbId: string,
	{signal, onPage}: Call & {readonly onPage: (assets: ReadonlyMap<string, Asset>) => void},
): Promise<ReadonlyMap<string, Asset>> {
	const assets = new Map<string, Asset>();
	const guard = createPageGuard(timeSeriesDbId, {signal, backoff});
	let tokens: {readonly nextToken?: string; readonly clientToken?: string} = {};
	for (;;) {
		const answer = await ask(LatestValuesDocument, {timeSeriesDbId, ...tokens}, {signal});
		const page = answer.timeSeriesDb_listAllAssetLastValues;
		if (!page) throw new ShellError('not-found', `${timeSeriesDbId}: no such database on the Exchange`);
		const rows = toAssets(page.data);
		for (const asset of rows) assets.set(asset.assetId, withNews(assets.get(asset.assetId), asset));
		const {nextToken, clientToken} = page;
		if (!nextToken) return assets;
		onPage(assets);
		await guard(nextToken, rows.length > 0);
		tokens = {nextToken, ...(clientToken && {clientToken})};
	}
}
