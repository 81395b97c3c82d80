import type {Catalogue} from '../catalogue/catalogue.ts';
import type {NewFile} from '../catalogue/files.ts';
import type {Blobs} from '../contents/blobs.ts';
import {contentTypeOf} from '../contents/content-types.ts';
import type {SampleFile, SampleObject, SampleStore} from '../sample/sample-store.ts';

type Place = {readonly offset: number; readonly size: number};
type Placed = {readonly object: SampleObject; readonly place?: Place};
/** A store whose bytes are on disk, though the catalogue does not know it yet. */
export type StoredSample = {
	readonly store: SampleStore;
	readonly blob: string;
	readonly placed: readonly Placed[];
};

/** Fewer, larger writes than one for each of 10,000 small files. */
const chunkBytes = 256 * 1024;

/**
 * Writes the contents of a store into one blob, one after the other, so that a first start waits for the disk once
 * and not 10,000 times.
 */
export async function storeContents(store: SampleStore, blobs: Blobs): Promise<StoredSample> {
	const placed: Placed[] = [];
	const {blob} = await blobs.write(contents(store.objects, placed));
	return {store, blob, placed};
}

async function* contents(objects: Iterable<SampleObject>, placed: Placed[]): AsyncGenerator<Uint8Array> {
	let offset = 0;
	let chunk: Uint8Array[] = [];
	let pending = 0;
	for (const object of objects) {
		if (object.kind === 'directory' || object.confirmed === false) {
			placed.push({object});
			continue;
		}
		const {bytes, ...described} = object;
		const size = bytes.length;
		placed.push({object: {...described, bytes: noBytes}, place: {offset, size}});
		offset += size;
		pending += size;
		chunk.push(bytes);
		if (pending >= chunkBytes) {
			yield Buffer.concat(chunk);
			chunk = [];
			pending = 0;
		}
	}
	yield Buffer.concat(chunk);
}

/** The bytes of a file that has been written need not stay in memory. */
const noBytes = new Uint8Array();

/** In a transaction; answers with the store's id. */
export function addStore(
	catalogue: Catalogue,
	{store, blob, placed}: StoredSample,
	ownerUserId: string,
): string {
	const {name, description} = store;
	const {dataStoreId, homeDirectoryId} = catalogue.stores.create({name, description, ownerUserId});
	const directoryIds = new Map([[pathKey([]), homeDirectoryId]]);
	for (const {object, place} of placed) {
		if (object.kind === 'directory') {
			const parentDirectoryId = directoryIds.get(pathKey(object.path.slice(0, -1)))!;
			const name = object.path.at(-1)!;
			const row = catalogue.directories.create({dataStoreId, parentDirectoryId, name, ownerUserId});
			directoryIds.set(pathKey(object.path), row.dataStoreDirectoryId);
			continue;
		}
		const dataStoreDirectoryId = directoryIds.get(pathKey(object.path))!;
		const id = catalogue.files.create(newFile(object, {dataStoreId, dataStoreDirectoryId, ownerUserId}));
		if (place !== undefined) catalogue.files.confirm(id, {blob, ...place}, object.modified);
	}
	return dataStoreId;
}

function newFile(
	{fileName, description, modified, contentType}: SampleFile,
	home: Pick<NewFile, 'dataStoreId' | 'dataStoreDirectoryId' | 'ownerUserId'>,
): NewFile {
	const dot = fileName.indexOf('.');
	const fileExtension = dot === -1 ? '' : fileName.slice(dot + 1);
	return {
		...home,
		name: dot === -1 ? fileName : fileName.slice(0, dot),
		fileExtension,
		description: description ?? null,
		lastModified: modified,
		contentType: contentType ?? contentTypeOf(fileExtension),
	};
}

function pathKey(path: readonly string[]): string {
	return JSON.stringify(path);
}
