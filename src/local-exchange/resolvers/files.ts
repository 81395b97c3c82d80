import type {Catalogue} from '../catalogue/catalogue.ts';
import type {FileRow} from '../catalogue/files.ts';
import type {ArchiveMember} from '../catalogue/transfers.ts';
import {contentPaths} from '../contents/content-paths.ts';
import {contentTypeOf} from '../contents/content-types.ts';
import {badRequest, notFound} from '../graphql/resolver-error.ts';
import type {Resolvers} from './context.ts';
import {checkSameStore, directoryOf} from './directories.ts';
import {checkName} from './names.ts';
import {storeOf} from './stores.ts';

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
		storage_getDataStoreFile: (_, {dataStoreFileId}: FileArgs, {catalogue}) =>
			fileOf(catalogue, dataStoreFileId),
		storage_getDataStoreFileDownloadUrl: (_, {dataStoreFileId: id}: FileArgs, {catalogue, urls}) => {
			fileOf(catalogue, id);
			return {url: urls.sign('GET', contentPaths.object(id)), itemId: id};
		},
		storage_getDataStoreZipDownloadUrl: (
			_,
			{dataStoreObjectIds}: {dataStoreObjectIds: (ObjectIdInput | null)[]},
			{catalogue, urls},
		) => {
			const members = dataStoreObjectIds.filter(id => id !== null).map(id => memberOf(catalogue, id));
			if (members.length === 0) throw badRequest('A zip needs at least one object');
			const archiveId = catalogue.transfers.createArchive(members);
			return {url: urls.sign('GET', contentPaths.archive(archiveId)), itemId: archiveId};
		},
	},
	Mutation: {
		storage_createDataStoreFile: (_, args: NewFileArgs, {catalogue, urls, user, now}) => {
			const {dataStoreId, dataStoreDirectoryId, name, fileExtension, description = null} = args;
			storeOf(catalogue, dataStoreId);
			checkSameStore(directoryOf(catalogue, dataStoreDirectoryId), dataStoreId);
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
		storage_updateDataStoreFile: (_, args: FileArgs, {catalogue}) => {
			const {dataStoreFileId: id, dataStoreDirectoryId = null, name = null, description = null} = args;
			const file = fileOf(catalogue, id);
			if (name !== null) checkName('A file', name + file.fileExtension);
			if (dataStoreDirectoryId !== null) {
				checkSameStore(directoryOf(catalogue, dataStoreDirectoryId), file.dataStoreId);
			}
			catalogue.files.update(id, {dataStoreDirectoryId, name, description});
			return catalogue.files.get(id);
		},
		storage_deleteDataStoreFile: (_, {dataStoreFileId: id}: FileArgs, {catalogue, blobs}) => {
			const file = fileOf(catalogue, id);
			catalogue.files.remove(id);
			if (file.blob !== null) blobs.remove(catalogue.files.unreferenced([file.blob]));
			return file;
		},
	},
	Subscription: {
		onNotifyUploadComplete: (_, {uploadId}: {uploadId: string}, {events}) =>
			events.listen('onNotifyUploadComplete', uploadId),
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

function memberOf(catalogue: Catalogue, id: ObjectIdInput): ArchiveMember {
	if (id.objectType === 'FILE') {
		const {dataStoreFileId} = fileOf(catalogue, id.dataStoreFileId ?? '');
		return {objectType: 'FILE', dataStoreFileId};
	}
	const {dataStoreDirectoryId} = directoryOf(catalogue, id.dataStoreDirectoryId ?? '');
	return {objectType: 'DIRECTORY', dataStoreDirectoryId};
}

function fileOf(catalogue: Catalogue, dataStoreFileId: string): FileRow {
	const file = catalogue.files.get(dataStoreFileId);
	if (file === undefined) throw notFound('File', dataStoreFileId);
	return file;
}
