import type {Column, Context, Output, Row} from '../../shell/command.ts';
import {type Order, sortedEntries} from '../../shell/listing.ts';
import {entryName} from '../../shell/paths.ts';
import type {Entry, Listing} from '../../shell/ports.ts';
import {counted} from '../../shell/readable.ts';
import {pathBelow} from '../../shell/walk.ts';

/** What `ls` was asked to show, and how. */
export type Flags = {
	readonly long: boolean;
	readonly all: boolean;
	readonly single: boolean;
	readonly time: boolean;
	readonly size: boolean;
	readonly reverse: boolean;
	readonly human: boolean;
};

const mode: Column = {field: 'mode', as: 'mode', screenOnly: true};
const details: readonly Column[] = [
	{field: 'storageSizeBytes', as: 'bytes'},
	{field: 'lastModified', as: 'time'},
];

/** The output for rows; `field` is what names a row, `more` stands behind what `-l` tells. */
export function recordsOf(
	records: readonly Row[],
	field: 'name' | 'path',
	{long, single, human}: Flags,
	more: readonly Column[] = [],
) {
	const name: Column = {field, as: 'entry'};
	return {
		kind: 'records',
		records,
		columns: long ? [mode, name, ...details, ...more] : [name],
		layout: long || single ? 'table' : 'grid',
		human,
	} as const;
}

/** Named files, in the order they were named in unless one is asked for. */
export function fileRecords(rows: readonly Row[], flags: Flags, more?: readonly Column[]): Output {
	const size = (row: Row) => (typeof row.storageSizeBytes === 'number' ? row.storageSizeBytes : -1);
	const time = (row: Row) => String(row.lastModified ?? '');
	let sorted = rows;
	if (flags.time) sorted = rows.toSorted((a, b) => (time(a) < time(b) ? 1 : time(a) > time(b) ? -1 : 0));
	else if (flags.size) sorted = rows.toSorted((a, b) => size(b) - size(a));
	return recordsOf(flags.reverse ? sorted.toReversed() : sorted, 'path', flags, more);
}

/** The order that is asked for. */
export const orderOf = ({time, size}: Flags): Order => (time ? 'time' : size ? 'size' : 'name');

/** Whether an entry is shown: those with a leading dot, before which the name is empty, only with -a. */
export const isShown = ({name}: Entry, {all}: Flags) => all || !(name === '' || name.startsWith('.'));

/** The entries to show, in order. */
export function shownEntries(listing: Listing, flags: Flags): readonly Entry[] {
	const sorted = sortedEntries(listing, orderOf(flags));
	// The same array where all are shown: what was counted about it stays known.
	const shown = sorted.every(entry => isShown(entry, flags))
		? sorted
		: sorted.filter(entry => isShown(entry, flags));
	return flags.reverse ? shown.toReversed() : shown;
}

/** What a directory holds is told where it is known anyway, to a person. */
export function withItems(
	entries: readonly Entry[],
	{exchange, interactive}: Context,
	{long}: Flags,
): readonly Row[] {
	if (!long || !interactive) return entries;
	return entries.map(entry => {
		const inside = entry.objectType === 'DIRECTORY' && exchange.cachedListing(entry.dataStoreDirectoryId);
		return inside ? {...entry, items: inside.entries.length} : entry;
	});
}

/** What stands above a listing. */
export type Heading = {readonly path: string; readonly apart: boolean};

/** Entries under their directory's path; each record says where it is. */
export function titled(
	context: Context,
	entries: readonly Entry[],
	flags: Flags,
	{path, apart}: Heading,
): Output {
	const rows = withItems(entries, context, flags);
	return {
		...recordsOf(
			rows.map((row, index) => ({...row, path: pathBelow(path, [entryName(entries[index]!)])})),
			'name',
			flags,
		),
		title: `${path}:`,
		...(apart && {apart}),
	};
}

/** `3 files, 2 directories`, or `empty`. */
export function countsOf(entries: readonly Entry[]): string {
	const files = entries.filter(entry => entry.objectType === 'FILE').length;
	const directories = entries.length - files;
	const counts = [
		...(files > 0 ? [counted(files, 'file')] : []),
		...(directories > 0 ? [counted(directories, 'directory', 'directories')] : []),
	];
	return counts.join(', ') || 'empty';
}
