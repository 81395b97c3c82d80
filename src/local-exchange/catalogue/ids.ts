import {randomUUID} from 'node:crypto';

type Kind =
	| 'archiveId'
	| 'collaborativeId'
	| 'dataCapture'
	| 'dataStoreDirectoryId'
	| 'dataStoreFileId'
	| 'dataStoreId'
	| 'iotGroupId'
	| 'ocsAdapterId'
	| 'organizationId'
	| 'timeSeriesDbId'
	| 'tokenId'
	| 'uploadId'
	| 'userId';

/** A fresh id that carries its kind, as the Exchange's do: SDKs read the kind from it. */
export function newId(kind: Kind): string {
	return `${kind}.${randomUUID()}`;
}
