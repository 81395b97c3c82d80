import type {ApolloClient, TypedDocumentNode} from '@apollo/client';
import type {Share} from '../shell/sharing.ts';
import {
	DatabaseFragmentDoc,
	type MembershipFragment,
	MembershipFragmentDoc,
	type NamedServiceFragment,
	NamedServiceFragmentDoc,
	type ServiceType,
	type SharedServiceFragment,
	StoreFragmentDoc,
} from './operations/generated.ts';

/** What the cache knows of a thing by its id, whichever answer that came with. */
export type KnownThings = {
	readonly collaborative: (collaborativeId: string) => MembershipFragment | undefined;
	/** As a list of services would have it, of what the Exchange `answered` and what is known otherwise. */
	readonly service: (share: Share, answered: SharedServiceFragment) => NamedServiceFragment;
};

export function createKnownThings({cache, documentTransform}: ApolloClient): KnownThings {
	const read = <Data>(
		fragment: TypedDocumentNode<Data>,
		fragmentName: string,
		thing: {readonly __typename: string; readonly [key: string]: string},
	): Data | undefined => {
		const id = cache.identify(thing);
		const kept = documentTransform.transformDocument(fragment);
		return cache.readFragment<Data>({id, fragment: kept, fragmentName, optimistic: true}) ?? undefined;
	};
	return {
		collaborative: collaborativeId =>
			read(MembershipFragmentDoc, 'Membership', {__typename: 'Collaborative', collaborativeId}),
		service: ({serviceId, serviceType}, {dataStore, timeSeriesDb}) => {
			const key = {__typename: 'Service', serviceId, serviceType} as const;
			const known = read(NamedServiceFragmentDoc, 'NamedService', key);
			const isStore = serviceType === 'DATA_STORE';
			const store = () => read(StoreFragmentDoc, 'Store', {__typename: 'DataStore', dataStoreId: serviceId});
			const isDatabase = serviceType === 'TIME_SERIES_DB';
			const database = () =>
				read(DatabaseFragmentDoc, 'Database', {__typename: 'TimeSeriesDb', timeSeriesDbId: serviceId});
			return {
				...key,
				serviceType: serviceType as ServiceType,
				dataStore: dataStore ?? known?.dataStore ?? (isStore ? store() : null) ?? null,
				timeSeriesDb: timeSeriesDb ?? known?.timeSeriesDb ?? (isDatabase ? database() : null) ?? null,
				iotEndpointGroup: known?.iotEndpointGroup ?? null,
				dataCapture: known?.dataCapture ?? null,
			};
		},
	};
}
