import {randomUUID} from 'node:crypto';

type Kind =
	| 'archiveId'
	| 'dataStoreDirectoryId'
	| 'dataStoreFileId'
	| 'dataStoreId'
	| 'organizationId'
	| 'timeSeriesDbId'
	| 'tokenId'
	| 'uploadId'
	| 'userId';

/** A fresh id that carries its kind, as the Exchange's do: SDKs read the kind from it. */
export function newId(kind: Kind): string {
	return `${kind}.${randomUUID()}`;
}
