import type {ApolloClient} from '@apollo/client';
import type {Exchange} from '../shell/ports.ts';
import {createAccount} from './account.ts';
import {createClient} from './client.ts';
import {defaultPatience, type Patience, parseEndpoint} from './endpoint.ts';
import {createListings} from './listings.ts';
import {createSharing} from './sharing.ts';
import {createStorage} from './storage.ts';
import {createTimeSeries} from './time-series.ts';
import {createTokenSource, type RenewToken} from './token-source.ts';
import {createWire} from './wire.ts';

/** The Exchange over the wire, and the Apollo client whose cache it reads and writes. */
export type ConnectedExchange = Exchange & {readonly client: ApolloClient};

/**
 * Ready at once: nothing is sent before something is asked for. Throws `config` for an endpoint that is
 * not a URL, or one that would show the token to the network.
 */
export function connectExchange(options: {
	readonly endpoint: string;
	readonly token: string;
	/**
	 * Asked once for all requests that are refused for their token; they are sent again with the one it gives,
	 * which then stays in use. Without one they fail `unauthorized`.
	 */
	readonly renewToken?: RenewToken;
	readonly patience?: Partial<Patience>;
}): ConnectedExchange {
	const source = createTokenSource(parseEndpoint(options.endpoint, options.token), options.renewToken);
	const {endpoint} = source;
	const patience = {...defaultPatience, ...options.patience};
	const wire = createWire();
	const {client, close} = createClient(source, wire, patience);
	const account = createAccount(client);
	const listings = createListings(client);
	const storage = createStorage(client, listings);
	// A session that only looks around has no use for them.
	const transfers = async () => {
		const {createTransfers} = await import('./transfers.ts');
		return createTransfers({wire, endpoint, patience}, client, storage, listings);
	};

	const series = createTimeSeries({wire, endpoint, patience}, client);
	const shared = createSharing(client, patience);

	return {
		client,
		endpoint: options.endpoint,
		user: account.user,
		listDataStores: account.listDataStores,
		listDirectory: listings.listDirectory,
		cachedListing: listings.cachedListing,
		...storage,
		forget: () => {
			account.forget();
			listings.forget();
			series.forget();
			shared.forget();
		},
		upload: async (file, call) => (await transfers()).upload(file, call),
		download: async (file, call) => (await transfers()).download(file, call),
		downloadZip: async (objects, call) => (await transfers()).downloadZip(objects, call),
		timeSeries: series.timeSeries,
		sharing: shared.sharing,
		tokens: shared.tokens,
		inFlight: wire.inFlight,
		close: () => {
			series.close();
			close();
			wire.close();
		},
	};
}
