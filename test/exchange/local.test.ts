import {connectExchange} from '../../src/exchange/connect.ts';
import {openCast} from '../local-exchange/access/cast.ts';
import {startExchange} from '../support/exchange.ts';
import {exchangeConformance} from './conformance.ts';
import {timeSeriesConformance} from './conformance-series.ts';
import {sharingConformance} from './conformance-sharing.ts';

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

sharingConformance(
	'local exchange',
	async () => {
		const cast = await openCast();
		const {endpoint, token, exchange, server, addStore} = cast.exchange;
		const store = await addStore('Shared', {'a.txt': 'a'});
		const {timeSeriesDbId} = await exchange.timeSeries.createDatabase({name: 'Feeder'});
		const connected: {close: () => void}[] = [];
		const connect: typeof connectExchange = options => {
			const made = connectExchange(options);
			connected.push(made);
			return made;
		};
		return {
			connect: () => connect({endpoint, token}),
			playground: {
				collaborativeId: cast.collaborativeId,
				secondCollaborativeId: cast.secondCollaborative(),
				store,
				timeSeriesDbId,
				connectAs: other => connect({endpoint, token: cast.tokenOf(other)}),
				connectWith: (own, renewToken) => connect({endpoint, token: own, ...(renewToken && {renewToken})}),
				requests: server.requests,
			},
			close: async () => {
				for (const each of connected) each.close();
				await cast.close();
			},
		};
	},
	{changes: true},
);
