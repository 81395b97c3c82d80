import type {ApolloClient, TypedDocumentNode} from '@apollo/client';
import {ShellError} from '../shell/errors.ts';
import type {DataStore, Exchange, Read, User} from '../shell/ports.ts';
import {ListDataStoresDocument, UserSessionDocument} from './operations/generated.ts';
import {run} from './run.ts';

const defaultMaxAge = 30_000;

/** Who one is, and which data stores one sees. */
export function createAccount(client: ApolloClient): Pick<Exchange, 'user' | 'listDataStores' | 'forget'> {
	/** When each of the two was last answered; epoch, ms. */
	const fetchedAt = new Map<unknown, number>();

	const read = async <Data>(
		query: TypedDocumentNode<Data, Record<string, never>>,
		{signal, maxAge = defaultMaxAge}: Read = {},
	): Promise<Data> => {
		const fresh = Date.now() - (fetchedAt.get(query) ?? Number.NEGATIVE_INFINITY) < maxAge;
		const cached = fresh && !signal?.aborted ? client.readQuery({query}) : null;
		if (cached) return cached;
		const data = await run(client, query, {}, {signal});
		fetchedAt.set(query, Date.now());
		return data;
	};

	return {
		user: async options => {
			const {user_getUserSession: session} = await read(UserSessionDocument, options);
			if (!session?.user) throw new ShellError('not-found', 'the Exchange does not say whose token this is');
			return toUser(session.user);
		},
		listDataStores: async options => {
			const {storage_listDataStores: stores} = await read(ListDataStoresDocument, options);
			return (stores ?? []).filter(store => store !== null).map(toDataStore);
		},
		forget: () => fetchedAt.clear(),
	};
}

/** Nothing else of `user`, such as the cache's `__typename`, gets out. */
export function toUser({userId, firstName, lastName, email, organization}: User): User {
	return {
		userId,
		firstName,
		lastName,
		email,
		organization: organization && {organizationId: organization.organizationId, name: organization.name},
	};
}

export function toDataStore({
	dataStoreId,
	name,
	description,
	ownerUserId,
	homeDirectoryId,
}: DataStore): DataStore {
	return {dataStoreId, name, description, ownerUserId, homeDirectoryId};
}
