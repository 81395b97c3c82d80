import type {Catalogue} from '../catalogue/catalogue.ts';
import type {StoreRow} from '../catalogue/stores.ts';
import {notFound} from '../graphql/resolver-error.ts';
import type {Resolvers} from './context.ts';
import {checkName} from './names.ts';

type StoreArgs = {dataStoreId: string; name?: string | null; description?: string | null};

export const storeResolvers: Resolvers = {
	Query: {
		storage_listDataStores: (
			_,
			{userId, organizationId}: {userId?: string | null; organizationId?: string | null},
			{catalogue},
		) =>
			catalogue.stores
				.list()
				.filter(store => userId == null || store.ownerUserId === userId)
				.filter(
					store =>
						organizationId == null ||
						catalogue.users.get(store.ownerUserId)?.organization.organizationId === organizationId,
				),
		storage_getDataStore: (_, {dataStoreId}: StoreArgs, {catalogue}) => storeOf(catalogue, dataStoreId),
	},
	Mutation: {
		storage_createDataStore: (
			_,
			{name, description = null}: {name: string; description?: string | null},
			{catalogue, user},
		) => {
			checkName('A data store', name);
			return catalogue.transact(() => catalogue.stores.create({name, description, ownerUserId: user.userId}));
		},
		storage_updateDataStore: (_, {dataStoreId, name = null, description = null}: StoreArgs, {catalogue}) => {
			storeOf(catalogue, dataStoreId);
			if (name !== null) checkName('A data store', name);
			catalogue.stores.update(dataStoreId, name, description);
			return catalogue.stores.get(dataStoreId);
		},
		storage_deleteDataStore: (_, {dataStoreId}: StoreArgs, {catalogue, blobs}) => {
			const store = storeOf(catalogue, dataStoreId);
			const gone = catalogue.transact(() => catalogue.stores.remove(dataStoreId));
			blobs.remove(catalogue.files.unreferenced(gone));
			return store;
		},
	},
};

/** Throws `NotFound` when there is no such store. */
export function storeOf(catalogue: Catalogue, dataStoreId: string): StoreRow {
	const store = catalogue.stores.get(dataStoreId);
	if (store === undefined) throw notFound('Data store', dataStoreId);
	return store;
}
