import {type Asker, directoryFor, fileFor, storeFor, whileAllowed} from '../access.ts';
import type {FileRow} from '../catalogue/files.ts';
import type {ArchiveMember} from '../catalogue/transfers.ts';
import {contentPaths} from '../contents/content-paths.ts';
import {contentTypeOf} from '../contents/content-types.ts';
import {badRequest, notFound} from '../graphql/resolver-error.ts';
import type {Resolvers} from './context.ts';
import {checkSameStore} from './directories.ts';
import {checkName} from './names.ts';

type NewFileArgs = {
	dataStoreId: string;
	dataStoreDirectoryId: string;
	name: string;
	fileExtension: string;
	description?: string | null;
};
type FileArgs = {
	dataStoreFileId: string;
	dataStoreDirectoryId?: string | null;
	name?: string | null;
	description?: string | null;
};

export const fileResolvers: Resolvers = {
	Query: {
		storage_getDataStoreFile: (_, {dataStoreFileId}: FileArgs, context) =>
			fileFor(context, dataStoreFileId, 'read'),
		storage_getDataStoreFileDownloadUrl: (_, {dataStoreFileId: id}: FileArgs, context) => {
			fileFor(context, id, 'read');
			return {url: context.urls.sign('GET', contentPaths.object(id)), itemId: id};
		},
		storage_getDataStoreZipDownloadUrl: (
			_,
			{dataStoreObjectIds}: {dataStoreObjectIds: (ObjectIdInput | null)[]},
			context,
		) => {
			const {catalogue, urls} = context;
			const members = dataStoreObjectIds.filter(id => id !== null).map(id => memberOf(context, id));
			if (members.length === 0) throw badRequest('A zip needs at least one object');
			const archiveId = catalogue.transfers.createArchive(members);
			return {url: urls.sign('GET', contentPaths.archive(archiveId)), itemId: archiveId};
		},
	},
	Mutation: {
		storage_createDataStoreFile: (_, args: NewFileArgs, context) => {
			const {catalogue, urls, user, now} = context;
			const {dataStoreId, dataStoreDirectoryId, name, fileExtension, description = null} = args;
			storeFor(context, dataStoreId, 'write');
			checkSameStore(directoryFor(context, dataStoreDirectoryId, 'write'), dataStoreId);
			checkName('A file', name + fileExtension);
			return catalogue.transact(() => {
				const itemId = catalogue.files.create({
					dataStoreId,
					dataStoreDirectoryId,
					name,
					fileExtension,
					description,
					lastModified: new Date(now()).toISOString(),
					contentType: contentTypeOf(fileExtension),
					ownerUserId: user.userId,
				});
				const uploadId = catalogue.transfers.beginUpload(itemId);
				return {url: urls.sign('PUT', contentPaths.upload(uploadId)), uploadId, itemId};
			});
		},
		storage_updateDataStoreFile: (_, args: FileArgs, context) => {
			const {catalogue} = context;
			const {dataStoreFileId: id, dataStoreDirectoryId = null, name = null, description = null} = args;
			const file = fileFor(context, id, 'write');
			if (name !== null) checkName('A file', name + file.fileExtension);
			if (dataStoreDirectoryId !== null) {
				checkSameStore(directoryFor(context, dataStoreDirectoryId, 'write'), file.dataStoreId);
			}
			catalogue.files.update(id, {dataStoreDirectoryId, name, description});
			return catalogue.files.get(id);
		},
		storage_deleteDataStoreFile: (_, {dataStoreFileId: id}: FileArgs, context) => {
			const {catalogue, blobs} = context;
			const file = fileFor(context, id, 'write');
			catalogue.files.remove(id);
			if (file.blob !== null) blobs.remove(catalogue.files.unreferenced([file.blob]));
			return file;
		},
	},
	Subscription: {
		onNotifyUploadComplete: (_, {uploadId}: {uploadId: string}, context) => {
			const id = context.catalogue.transfers.fileOfUpload(uploadId);
			if (id === undefined) throw notFound('Upload', uploadId);
			const check = () => fileFor(context, id, 'read');
			check();
			return whileAllowed(context.events.listen('onNotifyUploadComplete', uploadId), check);
		},
	},
	DataStoreFile: {
		owner: ({ownerUserId}: FileRow, _args, {catalogue}) => catalogue.users.get(ownerUserId),
		dataViewIds: () => [],
	},
};

type ObjectIdInput = {
	objectType: 'FILE' | 'DIRECTORY';
	dataStoreFileId?: string | null;
	dataStoreDirectoryId?: string | null;
};

function memberOf(asker: Asker, id: ObjectIdInput): ArchiveMember {
	if (id.objectType === 'FILE') {
		const {dataStoreFileId} = fileFor(asker, id.dataStoreFileId ?? '', 'read');
		return {objectType: 'FILE', dataStoreFileId};
	}
	const {dataStoreDirectoryId} = directoryFor(asker, id.dataStoreDirectoryId ?? '', 'read');
	return {objectType: 'DIRECTORY', dataStoreDirectoryId};
}
