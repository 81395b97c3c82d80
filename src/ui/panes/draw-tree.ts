import {readableBytes} from '../../render/quantities.ts';
import {sanitize} from '../../render/sanitize.ts';
import {padded, textWidth, truncate} from '../../render/width.ts';
import {entryName} from '../../shell/paths.ts';
import {directoryOf, type Location} from '../../shell/session.ts';
import type {TreeRow} from '../state/tree.ts';
import type {Paint} from '../theme.ts';

type Options = {
	readonly width: number;
	readonly height: number;
	/** Index of the first row drawn. */
	readonly top: number;
	/** Index of the marked row. */
	readonly selected: number;
	readonly isFocused: boolean;
	readonly here: Location | undefined;
	readonly paint: Paint;
};

/** The rows of the tree that are in sight. Names to the left, sizes to the right. */
export function drawTree(rows: readonly TreeRow[], options: Options): string[] {
	const {height, top, selected} = options;
	return rows.slice(top, top + height).map((row, index) => drawRow(row, top + index === selected, options));
}

function drawRow(row: TreeRow, isMarked: boolean, {width, isFocused, here, paint}: Options): string {
	const indent = '  '.repeat(Math.min(row.depth, Math.floor(width / 4)));
	if (row.kind === 'note') return paint('hint', truncate(`${indent}  ${row.text}`, width));
	const {entry} = row;
	const isDirectory = entry.objectType === 'DIRECTORY';
	// Without colour the mark alone tells the row.
	const mark = isMarked && isFocused ? '›' : ' ';
	const sign = (isDirectory ? (row.isUnfolded ? '▾' : '▸') : ' ') + mark;
	const isHere =
		isDirectory &&
		here !== undefined &&
		directoryOf(here).dataStoreDirectoryId === entry.dataStoreDirectoryId;
	const size = isDirectory ? (isHere ? 'here' : '') : sizeOf(entry.storageSizeBytes);
	const name = `${sign}${sanitize(entryName(entry))}${isDirectory ? '/' : ''}`;
	const room = Math.max(1, width - textWidth(indent) - textWidth(size) - 1);
	const cells = `${indent}${padded(name, room)} ${size}`;
	if (isMarked && isFocused) return paint('marked', cells);
	return isDirectory ? paint('directory', cells) : cells;
}

function sizeOf(bytes: number | null): string {
	return bytes === null ? '·' : readableBytes(bytes);
}
