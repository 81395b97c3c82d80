/** Paths of the resources that presigned URLs stand for. */
export const contentPaths = {
	object: (dataStoreFileId: string) => `/objects/${dataStoreFileId}`,
	upload: (uploadId: string) => `/uploads/${uploadId}`,
	archive: (archiveId: string) => `/archives/${archiveId}`,
	result: (name: string) => `/results/${name}`,
};
