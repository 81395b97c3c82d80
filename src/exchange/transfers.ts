import type {ApolloClient} from '@apollo/client';
import {ShellError} from '../shell/errors.ts';
import {splitFileName} from '../shell/paths.ts';
import type {Exchange, Upload} from '../shell/ports.ts';
import {download} from './download.ts';
import type {Listings} from './listings.ts';
import {
	CreateFileDocument,
	FileDownloadUrlDocument,
	UploadCompleteDocument,
	ZipDownloadUrlDocument,
} from './operations/generated.ts';
import type {Transfers} from './presigned.ts';
import {fileEntry} from './rows.ts';
import {mutate, run} from './run.ts';
import type {Storage} from './storage.ts';
import {type Draft, type Records, upload} from './upload.ts';

/** Bytes to and from the file store. The URLs they take are never kept. */
export function createTransfers(
	transfers: Transfers,
	client: ApolloClient,
	storage: Storage,
	listings: Listings,
): Pick<Exchange, 'upload' | 'download' | 'downloadZip'> {
	const listen: Records['listen'] = (uploadId, on) => {
		const events = client
			.subscribe({query: UploadCompleteDocument, variables: {uploadId}, context: {onLive: on.live}})
			.subscribe({
				next: ({data}) => {
					if (data?.onNotifyUploadComplete) on.event(data.onNotifyUploadComplete);
				},
				// Looking goes on without events.
				error: () => {},
			});
		return () => events.unsubscribe();
	};

	const create = async (
		{dataStoreId, dataStoreDirectoryId, fileName, description}: Upload,
		abandoned: AbortSignal | undefined,
	): Promise<Draft> => {
		const variables = {dataStoreId, dataStoreDirectoryId, ...splitFileName(fileName), description};
		const answer = await mutate(client, CreateFileDocument, variables, {context: {abandoned}});
		const draft = answer.storage_createDataStoreFile;
		if (!draft?.itemId) throw new ShellError('failed', `${fileName}: the Exchange made no record for it`);
		return {dataStoreFileId: draft.itemId, url: draft.url, uploadId: draft.uploadId};
	};

	return {
		upload: async (file, {signal} = {}) => {
			const from = file.dataStoreDirectoryId;
			const records: Records = {
				create,
				get: storage.getFile,
				delete: dataStoreFileId => storage.deleteFile({dataStoreFileId, from}),
				listen,
			};
			const entry = fileEntry(await upload(transfers, records, file, signal));
			listings.put(from, entry);
			return entry;
		},
		download: ({dataStoreFileId, offset, length, lent}, {signal} = {}) => {
			const url = async () => {
				const answer = await run(
					client,
					FileDownloadUrlDocument,
					{dataStoreFileId},
					{signal, fetchPolicy: 'no-cache'},
				);
				const presigned = answer.storage_getDataStoreFileDownloadUrl;
				if (!presigned) throw new ShellError('not-found', `${dataStoreFileId}: not on the Exchange`);
				return presigned.url;
			};
			return download(transfers, {url, offset, length, lent, resumable: true}, signal);
		},
		downloadZip: (objects, {signal} = {}) => {
			const url = async () => {
				const variables = {dataStoreObjectIds: objects};
				const answer = await run(client, ZipDownloadUrlDocument, variables, {
					signal,
					fetchPolicy: 'no-cache',
				});
				return answer.storage_getDataStoreZipDownloadUrl?.url;
			};
			return download(transfers, {url, resumable: false}, signal);
		},
	};
}
