import {randomUUID} from 'node:crypto';
import {responsePathAsArray} from 'graphql';
import {databaseFor} from '../../access.ts';
import type {LastValue} from '../../timestream/engine.ts';
import {isoTime} from '../../timestream/moments.ts';
import {invalidToken, pageToken, readPageToken} from '../../timestream/page-tokens.ts';
import type {Resolvers} from '../context.ts';
import {plainFields, plainly} from '../plain-fields.ts';

type LatestArgs = {timeSeriesDbId: string; nextToken?: string | null};
type LatestPage = {readonly values: readonly LastValue[]};

const pageAssets = 500;
/** Keeps a page of assets with many attributes below AppSync's 5 MB. */
const pageAttributes = 10_000;

export const latestResolvers: Resolvers = {
	Query: {
		timeSeriesDb_listAllAssetLastValues: async (
			_,
			{timeSeriesDbId, nextToken = null}: LatestArgs,
			context,
		) => {
			const database = databaseFor(context, timeSeriesDbId, 'read');
			const engine = await context.series.engineFor(database);
			const all = await engine.lastValues(timeSeriesDbId);
			// It may have been withdrawn while its data was loaded.
			databaseFor(context, timeSeriesDbId, 'read');
			const [queryId, start] = nextToken === null ? [randomUUID(), 0] : place(nextToken, timeSeriesDbId, all);
			const end = pageEnd(all, start);
			const last = all[end - 1];
			return {
				values: all.slice(start, end),
				queryProgressPercentage: end === all.length ? 100 : (100 * end) / all.length,
				queryId,
				// The SDK of 2022 fails on a second page when there is one.
				clientToken: null,
				nextToken: end < all.length ? pageToken([timeSeriesDbId, queryId, last!.assetId]) : null,
				resultChunkIndex: null,
			};
		},
	},
	TimeSeriesLastValuesQueryResult: {
		data: ({values}: LatestPage, _args, {splices}, info) => {
			const fields = plainFields(info);
			const assets = assetsOf(values);
			if (fields === undefined) return assets;
			// A tenth of what GraphQL's executor needs for thousands of attributes.
			splices.push({path: responsePathAsArray(info.path), json: JSON.stringify(plainly(assets, fields))});
			return [];
		},
	},
};

/** Where the page that `token` stands for begins. Assets that have come since then do not shift it. */
function place(token: string, timeSeriesDbId: string, all: readonly LastValue[]): [string, number] {
	const [ofDatabase, queryId = '', after = ''] = readPageToken(token, 3);
	if (ofDatabase !== timeSeriesDbId) throw invalidToken();
	const start = all.findIndex(({assetId}) => assetId > after);
	return [queryId, start === -1 ? all.length : start];
}

/** Assets are never cut in two. */
function pageEnd(all: readonly LastValue[], start: number): number {
	let assets = 0;
	for (let end = start; end < all.length; end++) {
		if (end > start && all[end]!.assetId === all[end - 1]!.assetId) continue;
		if (assets === pageAssets || (assets > 0 && end - start >= pageAttributes)) return end;
		assets++;
	}
	return all.length;
}

function assetsOf(values: readonly LastValue[]) {
	const assets: {__typename: string; assetId: string; name: string | null; attributes: object[]}[] = [];
	for (const {assetId, name, attribute, type, value, time} of values) {
		let asset = assets.at(-1);
		if (asset?.assetId !== assetId) {
			asset = {__typename: 'TimeSeriesDbAssetData', assetId, name, attributes: []};
			assets.push(asset);
		}
		asset.attributes.push({
			__typename: 'AssetAttribute',
			name: attribute,
			attributeType: type,
			lastValue: value,
			lastValueTime: isoTime(time),
			data: [],
		});
	}
	return assets;
}
