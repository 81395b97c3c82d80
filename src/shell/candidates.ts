import {entryId} from './paths.ts';
import type {DataStore, Entry} from './ports.ts';
import {readableBytes, readableTime} from './readable.ts';

/** Lines that tell entries of one name apart, each starting with the `id:` path to type instead. */
export function describeCandidates(entries: readonly Entry[], now = Date.now()): readonly string[] {
	const rows = entries.map(entry => {
		const id = `id:${entryId(entry)}`;
		if (entry.objectType === 'DIRECTORY') return [id, 'directory'];
		const {storageSizeBytes: bytes, lastModified: time} = entry;
		return [id, bytes === null ? 'size unknown' : readableBytes(bytes), time ? readableTime(time, now) : ''];
	});
	return alignColumns(rows);
}

export function describeStores(stores: readonly DataStore[]): readonly string[] {
	return alignColumns(stores.map(store => [`id:${store.dataStoreId}`, store.description ?? '']));
}

/** Lines of up to three columns: the first to the left, the second to the right where a third follows. */
export function alignColumns(rows: readonly (readonly string[])[]): readonly string[] {
	const width = Math.max(...rows.map(row => row[0]!.length));
	const second = Math.max(...rows.map(row => row[1]!.length));
	return rows.map(([first = '', middle = '', last = '']) =>
		`${first.padEnd(width)}  ${last === '' ? middle : middle.padStart(second)}  ${last}`.trimEnd(),
	);
}
