import {responsePathAsArray} from 'graphql';
import {directoryFor, storeFor} from '../access.ts';
import type {Catalogue} from '../catalogue/catalogue.ts';
import type {DirectoryRow} from '../catalogue/directories.ts';
import type {FileRow} from '../catalogue/files.ts';
import {badRequest} from '../graphql/resolver-error.ts';
import type {Resolvers} from './context.ts';
import {checkName} from './names.ts';
import {plainObjectFields} from './plain-fields.ts';

type NewDirectory = {dataStoreId: string; parentDirectoryId: string; name: string};
type DirectoryArgs = {dataStoreDirectoryId: string; parentDirectoryId?: string | null; name?: string | null};

export const directoryResolvers: Resolvers = {
	Query: {
		storage_getDataStoreDirectory: (_, {dataStoreDirectoryId}: DirectoryArgs, context) =>
			directoryFor(context, dataStoreDirectoryId, 'read'),
	},
	Mutation: {
		storage_createDataStoreDirectory: (_, {dataStoreId, parentDirectoryId, name}: NewDirectory, context) => {
			storeFor(context, dataStoreId, 'write');
			checkName('A directory', name);
			checkSameStore(directoryFor(context, parentDirectoryId, 'write'), dataStoreId);
			return context.catalogue.directories.create({
				dataStoreId,
				parentDirectoryId,
				name,
				ownerUserId: context.user.userId,
			});
		},
		storage_updateDataStoreDirectory: (
			_,
			{dataStoreDirectoryId: id, parentDirectoryId = null, name = null}: DirectoryArgs,
			context,
		) => {
			const {catalogue} = context;
			const directory = directoryFor(context, id, 'write');
			if (directory.homeDirectory) throw badRequest('The home directory of a data store stays as it is');
			if (name !== null) checkName('A directory', name);
			if (parentDirectoryId !== null) {
				checkSameStore(directoryFor(context, parentDirectoryId, 'write'), directory.dataStoreId);
				if (catalogue.directories.isWithin(parentDirectoryId, id)) {
					throw badRequest('A directory cannot be moved into itself');
				}
			}
			catalogue.directories.update(id, parentDirectoryId, name);
			return catalogue.directories.get(id);
		},
		storage_deleteDataStoreDirectory: (_, {dataStoreDirectoryId: id}: DirectoryArgs, context) => {
			const {catalogue, blobs} = context;
			const directory = directoryFor(context, id, 'write');
			if (directory.homeDirectory) {
				throw badRequest('The home directory goes only with its data store');
			}
			const gone = catalogue.transact(() => catalogue.directories.remove(id));
			blobs.remove(catalogue.files.unreferenced(gone));
			return directory;
		},
	},
	DataStoreDirectory: {
		contents: ({dataStoreDirectoryId: id}: DirectoryRow, _args, context, info) => {
			const fields = plainObjectFields(info);
			const json = fields && context.catalogue.listings.json(id, fields);
			if (json === undefined) return contentRows(context.catalogue, id);
			context.splices.push({path: responsePathAsArray(info.path), json});
			return [];
		},
		owner: ({ownerUserId}: DirectoryRow, _args, {catalogue}) => catalogue.users.get(ownerUserId),
	},
	DataStoreObject: {
		objectType: row => ('dataStoreFileId' in row ? 'FILE' : 'DIRECTORY'),
		dataStoreFile: row => ('dataStoreFileId' in row ? row : null),
		dataStoreDirectory: row => ('dataStoreFileId' in row ? null : row),
	},
};

/** Rows as they come, without a promise or a wrapper for each: there may be 10,000. */
function contentRows(catalogue: Catalogue, id: string): readonly (DirectoryRow | FileRow)[] {
	return [...catalogue.directories.inDirectory(id), ...catalogue.files.inDirectory(id)];
}

/** Throws unless `directory` is in that store. */
export function checkSameStore(directory: DirectoryRow, dataStoreId: string): void {
	if (directory.dataStoreId !== dataStoreId) {
		throw badRequest(`Directory ${directory.dataStoreDirectoryId} is in another data store`);
	}
}
