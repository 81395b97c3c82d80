import {storeFor} from '../access.ts';
import type {Resolvers} from './context.ts';
import {checkName} from './names.ts';

type StoreArgs = {dataStoreId: string; name?: string | null; description?: string | null};

export const storeResolvers: Resolvers = {
	Query: {
		storage_listDataStores: (
			_,
			{userId, organizationId}: {userId?: string | null; organizationId?: string | null},
			{catalogue, user},
		) =>
			catalogue.stores
				.list(user.userId)
				.filter(store => userId == null || store.ownerUserId === userId)
				.filter(
					store =>
						organizationId == null ||
						catalogue.users.get(store.ownerUserId)?.organization.organizationId === organizationId,
				),
		storage_getDataStore: (_, {dataStoreId}: StoreArgs, context) => storeFor(context, dataStoreId, 'read'),
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
		storage_updateDataStore: (_, {dataStoreId, name = null, description = null}: StoreArgs, context) => {
			storeFor(context, dataStoreId, 'own');
			if (name !== null) checkName('A data store', name);
			context.catalogue.stores.update(dataStoreId, name, description);
			return context.catalogue.stores.get(dataStoreId);
		},
		storage_deleteDataStore: (_, {dataStoreId}: StoreArgs, context) => {
			const {catalogue, blobs} = context;
			const store = storeFor(context, dataStoreId, 'own');
			const gone = catalogue.transact(() => catalogue.stores.remove(dataStoreId));
			blobs.remove(catalogue.files.unreferenced(gone));
			return store;
		},
	},
};
