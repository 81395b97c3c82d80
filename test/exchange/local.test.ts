import {connectExchange} from '../../src/exchange/connect.ts';
import {startExchange} from '../support/exchange.ts';
import {exchangeConformance} from './conformance.ts';
import {timeSeriesConformance} from './conformance-series.ts';

exchangeConformance('local exchange', async () => {
	const {endpoint, token, server, addStore, close} = await startExchange();
	const {dataStoreId, homeDirectoryId} = await addStore('Conformance');
	const connected: {close: () => void}[] = [];
	return {
		connect: () => {
			const exchange = connectExchange({endpoint, token});
			connected.push(exchange);
			return exchange;
		},
		dataStoreId,
		dataStoreDirectoryId: homeDirectoryId,
		requests: server.requests,
		close: async () => {
			for (const exchange of connected) exchange.close();
			await close();
		},
	};
});

timeSeriesConformance('local exchange', async () => {
	const {endpoint, token, close} = await startExchange();
	const connected: {close: () => void}[] = [];
	return {
		connect: () => {
			const exchange = connectExchange({endpoint, token});
			connected.push(exchange);
			return exchange;
		},
		close: async () => {
			for (const exchange of connected) exchange.close();
			await close();
		},
	};
});
