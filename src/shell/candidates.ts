import {entryId} from './paths.ts';
import type {DataStore, Entry} from './ports.ts';

/** Lines that tell entries of one name apart, each starting with the `id:` path to type instead. */
export function describeCandidates(entries: readonly Entry[], now = Date.now()): readonly string[] {
	const rows = entries.map(entry => [
		`id:${entryId(entry)}`,
		entry.objectType === 'FILE' ? bytesText(entry.storageSizeBytes) : 'directory',
		entry.objectType === 'FILE' ? timeText(entry.lastModified, now) : '',
	]);
	return alignColumns(rows);
}

export function describeStores(stores: readonly DataStore[]): readonly string[] {
	return alignColumns(stores.map(store => [`id:${store.dataStoreId}`, store.description ?? '']));
}

function alignColumns(rows: readonly (readonly string[])[]): readonly string[] {
	const width = Math.max(...rows.map(row => row[0]!.length));
	const second = Math.max(...rows.map(row => row[1]!.length));
	return rows.map(([first = '', middle = '', last = '']) =>
		`${first.padEnd(width)}  ${last === '' ? middle : middle.padStart(second)}  ${last}`.trimEnd(),
	);
}

function bytesText(bytes: number | null): string {
	if (bytes === null) return 'size unknown';
	if (bytes < 1000) return `${bytes} B`;
	const step = Math.min(4, Math.floor(Math.log10(bytes) / 3));
	return `${(bytes / 1000 ** step).toFixed(1)} ${['kB', 'MB', 'GB', 'TB'][step - 1]}`;
}

function timeText(time: string | null, now: number): string {
	const date = new Date(time ?? Number.NaN);
	if (Number.isNaN(date.getTime())) return '';
	const clock = `${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`;
	const days = Math.round((midnight(new Date(now)) - midnight(date)) / 86_400_000);
	if (days === 0) return `today ${clock}`;
	if (days === 1) return `yesterday ${clock}`;
	return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())} ${clock}`;
}

const twoDigits = (value: number) => String(value).padStart(2, '0');
const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
