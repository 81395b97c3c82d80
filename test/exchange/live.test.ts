import {describe} from 'vitest';
import {connectExchange} from '../../src/exchange/connect.ts';
import {exchangeConformance} from './conformance.ts';
import {timeSeriesConformance} from './conformance-series.ts';
import {sharingConformance} from './conformance-sharing.ts';

const production = 'https://rrfs7pb7ancybo7bom7uxcsaxq.appsync-api.us-west-2.amazonaws.com/graphql';
const {ADX_TOKEN: token = '', ADX_ENDPOINT: endpoint = production, ADX_STORE: wanted} = process.env;

const connect = () => connectExchange({endpoint, token});

/** In a directory of its own, which goes at the end. */
describe.runIf(token)('with ADX_TOKEN', () => {
	exchangeConformance('live', async () => {
		const exchange = connect();
		const stores = await exchange.listDataStores();
		const store = stores.find(({name}) => wanted === undefined || name === wanted);
		if (!store?.homeDirectoryId) throw new Error(`no data store ${wanted ?? ''} to test in`);
		const {dataStoreId, homeDirectoryId} = store;
		const {dataStoreDirectoryId} = await exchange.createDirectory({
			dataStoreId,
			parentDirectoryId: homeDirectoryId,
			name: `adx-shell conformance ${new Date().toISOString()}`,
		});
		return {
			connect,
			dataStoreId,
			dataStoreDirectoryId,
			close: async () => {
				await exchange.deleteDirectory({dataStoreDirectoryId, from: homeDirectoryId});
				exchange.close();
			},
		};
	});

	const connected: {close: () => void}[] = [];
	timeSeriesConformance('live', async () => ({
		connect: () => {
			const exchange = connect();
			connected.push(exchange);
			return exchange;
		},
		close: async () => {
			for (const exchange of connected) exchange.close();
		},
	}));

	// Nobody is to see what a test shares.
	sharingConformance('live', async () => ({connect, close: async () => {}}), {changes: false});
});
