import {exchangeConformance} from '../exchange/conformance.ts';
import {memoryExchange} from './memory-exchange.ts';

exchangeConformance('in memory', async () => {
	const {connect, requests} = memoryExchange({Study: {}});
	const [store] = await connect().listDataStores();
	return {
		connect,
		dataStoreId: store!.dataStoreId,
		dataStoreDirectoryId: store!.homeDirectoryId!,
		requests: () => requests.length,
		close: async () => {},
	};
});
