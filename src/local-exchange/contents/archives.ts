import type {IncomingMessage, ServerResponse} from 'node:http';
import {pipeline} from 'node:stream/promises';
import {ZipFile} from 'yazl';
import type {Catalogue} from '../catalogue/catalogue.ts';
import type {FileRow} from '../catalogue/files.ts';
import {uniqueNames} from './archive-names.ts';
import type {Blobs} from './blobs.ts';
import {S3Error} from './s3-error.ts';

type Sources = {readonly catalogue: Catalogue; readonly blobs: Blobs};

/** GET of several objects as one zip, directories with all that is in them. Streamed: its length is not known. */
export async function sendArchive(
	archiveId: string,
	sources: Sources,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const {catalogue} = sources;
	const members = catalogue.transfers.archive(archiveId);
	if (members === undefined) throw new S3Error(404, 'NoSuchKey', 'The specified key does not exist.');
	response.writeHead(200, {'Content-Type': 'application/zip', 'Accept-Ranges': 'none'});
	if (request.method === 'HEAD') {
		response.end();
		return;
	}
	const zip = new ZipFile();
	const output = zip.outputStream as NodeJS.ReadableStream & {destroy: (error: Error) => void};
	zip.on('error', error => output.destroy(error));
	const named = uniqueNames();
	for (const member of members) {
		if (member.objectType === 'FILE') {
			const file = catalogue.files.get(member.dataStoreFileId);
			if (file !== undefined) addFile(zip, named(file.name, file.fileExtension), file, sources);
		} else {
			const directory = catalogue.directories.get(member.dataStoreDirectoryId);
			if (directory === undefined) continue;
			const store = catalogue.stores.get(directory.dataStoreId);
			const name = directory.homeDirectory ? store!.name : directory.name;
			addDirectory(zip, named(name), directory.dataStoreDirectoryId, sources);
		}
	}
	zip.end();
	await pipeline(output, response);
}

function addDirectory(zip: ZipFile, path: string, id: string, sources: Sources): void {
	const {directories, files} = sources.catalogue;
	const named = uniqueNames();
	zip.addEmptyDirectory(path);
	for (const file of files.inDirectory(id)) {
		addFile(zip, `${path}/${named(file.name, file.fileExtension)}`, file, sources);
	}
	for (const child of directories.inDirectory(id)) {
		addDirectory(zip, `${path}/${named(child.name)}`, child.dataStoreDirectoryId, sources);
	}
}

/** A file that has no bytes yet is left out. */
function addFile(zip: ZipFile, path: string, file: FileRow, {blobs}: Sources): void {
	const {blob, blobOffset, storageSizeBytes: size, lastModified} = file;
	if (blob === null || size === null) return;
	const options = {size, mtime: new Date(lastModified), mode: 0o100644, compressionLevel: 1};
	zip.addReadStreamLazy(path, options, done => {
		blobs.read(blob, blobOffset, size).then(
			stream => done(null, stream),
			error => done(error, undefined as never),
		);
	});
}
