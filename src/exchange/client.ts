import {ApolloClient, ApolloLink, InMemoryCache, Observable} from '@apollo/client';
import {answersLink} from './answers-link.ts';
import type {Patience} from './endpoint.ts';
import {httpLink} from './http-link.ts';
import {opaqueLink, opaqueTransform} from './opaque.ts';
import type {Realtime} from './realtime.ts';
import {renewalLink} from './renewal-link.ts';
import {retryLink} from './retry-link.ts';
import {keepKnownRows} from './rows.ts';
import {keepKnownAssets} from './time-series/asset-rows.ts';
import type {TokenSource} from './token-source.ts';
import type {Wire} from './wire.ts';

/** The one Apollo client of a shell. Its errors are ShellErrors. `close` ends what it has open. */
export function createClient(
	source: TokenSource,
	wire: Wire,
	patience: Patience,
): {readonly client: ApolloClient; readonly close: () => void} {
	const {endpoint} = source;
	const realtime = lazyRealtimeLink(source, patience);
	const client = new ApolloClient({
		cache: new InMemoryCache({
			typePolicies: {
				Collaborative: {keyFields: ['collaborativeId']},
				DataStore: {keyFields: ['dataStoreId'], fields: {homeDirectoryId: {merge: keepKnown}}},
				DataStoreDirectory: {
					keyFields: ['dataStoreDirectoryId'],
					fields: {contents: {merge: keepKnownRows}},
				},
				DataStoreFile: {keyFields: ['dataStoreFileId']},
				Organization: {keyFields: ['organizationId']},
				Query: {
					fields: {
						collaborative_listCollaboratives: {merge: false},
						collaborative_listCollaborativeServices: {merge: false},
						collaborative_listCollaborativesServiceSharedWith: {merge: false},
						timeSeriesDb_listAllAssetLastValues: {keyArgs: ['timeSeriesDbId'], merge: true},
						timeSeriesDb_listDatabases: {merge: false},
					},
				},
				Service: {
					keyFields: ['serviceType', 'serviceId'],
					fields: {
						dataCapture: {merge: keepKnown},
						dataStore: {merge: keepKnown},
						iotEndpointGroup: {merge: keepKnown},
						timeSeriesDb: {merge: keepKnown},
					},
				},
				TimeSeriesDb: {keyFields: ['timeSeriesDbId']},
				TimeSeriesLastValuesQueryResult: {fields: {data: {merge: keepKnownAssets}}},
				User: {keyFields: ['userId']},
			},
		}),
		link: opaqueLink().split(
			operation => operation.operationType === 'subscription',
			realtime.link,
			ApolloLink.from([
				retryLink(patience.backoff),
				renewalLink(source),
				answersLink(endpoint),
				httpLink(wire, endpoint, patience.request),
			]),
		),
		documentTransform: opaqueTransform,
		devtools: {enabled: false},
	});
	return {
		client,
		close: () => {
			client.stop();
			realtime.close();
		},
	};
}

/** An answer that leaves out what another one told does not take it away: some tell less than others. */
function keepKnown<T>(known: T | undefined, fresh: T): T {
	return fresh ?? known ?? fresh;
}

/** The realtime link, loaded by the first subscription: most sessions have none. */
function lazyRealtimeLink(source: TokenSource, patience: Patience) {
	let loading: Promise<Realtime> | undefined;
	let closed = false;
	const load = async () => {
		const {createRealtime} = await import('./realtime.ts');
		return createRealtime({source, ackTimeout: patience.request, backoff: patience.backoff});
	};
	const link = new ApolloLink(
		operation =>
			new Observable(observer => {
				let events: {unsubscribe: () => void} | undefined;
				loading ??= load();
				loading.then(
					realtime => {
						if (!observer.closed && !closed) events = realtime.subscribe(operation).subscribe(observer);
					},
					(error: unknown) => observer.error(error),
				);
				return () => events?.unsubscribe();
			}),
	);
	const close = () => {
		closed = true;
		loading?.then(realtime => realtime.close()).catch(() => {});
	};
	return {link, close};
}
