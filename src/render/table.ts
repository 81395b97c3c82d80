import type {Column, Row} from '../shell/command.ts';
import {cellStyle, cellText} from './cells.ts';
import type {Style} from './colors.ts';
import {instantCells} from './instant-cells.ts';
import type {Lines, Page} from './lines.ts';
import {marksOf} from './marks.ts';
import {sanitize} from './sanitize.ts';
import {timeWidth} from './times.ts';
import {valueCells} from './value-cells.ts';
import {padded, textWidth, truncate} from './width.ts';

const gap = '  ';
/** A name keeps this many columns before whole columns are given up. */
const leastWidth = 12;

type Track = {
	width: number;
	readonly header: string;
	readonly side: 'left' | 'right';
	readonly shrinks: boolean;
	/** Shrinks after all others. */
	readonly isWhole?: boolean;
	readonly text: (row: Row) => string;
	readonly style: (row: Row) => Style | undefined;
};

/**
 * The widest cell. Times and sizes count as wide as they can get: formatting 10,000 takes longer than a
 * frame, and rows that come a few at a time stay aligned.
 */
function widestCell(records: readonly Row[], column: Column, now: number): number {
	if (column.as === 'mode') return 4;
	let widest = 0;
	for (const row of records) {
		const value = row[column.field];
		let width: number;
		if (column.as === 'time' && typeof value === 'string') width = timeWidth;
		else if (column.as === 'bytes' && typeof value === 'number') width = '1.23 kB'.length;
		else width = textWidth(cellText(row, column, now));
		if (width > widest) widest = width;
	}
	return widest;
}

const rightward = new Set<Column['as']>(['bytes', 'count', 'time', 'age']);

function trackOf(records: readonly Row[], column: Column, now: number): Track {
	const header = sanitize(column.header ?? '');
	const style = (row: Row) => cellStyle(row, column);
	if (column.as === 'instant') {
		return {style, ...instantCells(records, {...column, header})};
	}
	if (column.as === 'value') return {header, style, ...valueCells(records, column, now)};
	const right = rightward.has(column.as);
	return {
		width: widestCell(records, column, now),
		header,
		side: right ? 'right' : 'left',
		shrinks: !right && column.as !== 'mode' && column.as !== 'spark',
		isWhole: column.whole === true,
		text: row => cellText(row, column, now),
		style,
	};
}

function tracksOf(records: readonly Row[], columns: readonly Column[], page: Page): Track[] {
	const tracks = columns.map(column => trackOf(records, column, page.now));
	for (const column of columns) {
		const marks = marksOf(records, column);
		if (!marks) continue;
		let width = 0;
		for (const row of records) width = Math.max(width, textWidth(marks(row)));
		tracks.push({width, header: '', side: 'left', shrinks: false, text: marks, style: () => 'yellow'});
	}
	return tracks;
}

/**
 * Narrows names first, those that are best whole after the others, then leaves out the last columns, until the
 * row fits.
 */
function fitted(tracks: readonly Track[], width: number): readonly Track[] {
	const kept = [...tracks];
	const excess = () => kept.reduce((sum, track) => sum + track.width, gap.length * (kept.length - 1)) - width;
	const widest = (isWhole: boolean) =>
		kept
			.filter(track => track.shrinks && (track.isWhole === true) === isWhole && track.width > leastWidth)
			.sort((a, b) => b.width - a.width)[0];
	while (excess() > 0) {
		const next = widest(false) ?? widest(true);
		if (next) next.width = Math.max(leastWidth, next.width - excess());
		else if (kept.length > 1) kept.pop();
		else kept[0]!.width = width;
	}
	return kept;
}

/** Aligned columns: numbers and times to the right, names cut with `…` where the width asks for it. */
export function tableLines(
	records: readonly Row[],
	columns: readonly Column[],
	headers: boolean,
	page: Page,
): Lines {
	const all = tracksOf(records, columns, page);
	if (headers) for (const track of all) track.width = Math.max(track.width, textWidth(track.header));
	const [under, beside] = hasRoom(all, page.width) ? [undefined, all] : apart(all, columns);
	const tracks = fitted(beside, page.width);
	const render = (text: (track: Track) => string, style: (track: Track) => Style | undefined) => {
		let line = '';
		let spaces = '';
		for (const track of tracks) {
			const whole = padded(text(track), track.width, track.side);
			const cell = whole.trim();
			const start = cell === '' ? whole.length : whole.length - whole.trimStart().length;
			spaces += whole.slice(0, start);
			if (cell !== '') {
				line += spaces + page.paint(style(track), cell);
				spaces = whole.slice(start + cell.length);
			}
			spaces += gap;
		}
		return line;
	};
	const first = headers ? 1 : 0;
	const left = beside.slice(tracks.length).flatMap(({header}) => (header === '' ? [] : [header]));
	const below = headers && left.length > 0 ? noRoomLine(left, page) : undefined;
	const height = under ? 2 : 1;
	const end = records.length * height + first;
	return {
		length: end + (below === undefined ? 0 : 1),
		at(index) {
			if (headers && index === 0) return headerLine(render, beside.length - tracks.length, page);
			if (below !== undefined && index === end) return below;
			const row = records[Math.floor((index - first) / height)];
			if (row && under && (index - first) % height === 1) return underLine(under, row, page);
			return row === undefined
				? ''
				: render(
						track => track.text(row),
						track => track.style(row),
					);
		},
	};
}

/** Whether all columns are seen whole. */
function hasRoom(tracks: readonly Track[], width: number): boolean {
	return tracks.reduce((sum, track) => sum + track.width, gap.length * (tracks.length - 1)) <= width;
}

/** The column that may go under the others, and these; all of them where there is none. */
function apart(
	tracks: readonly Track[],
	columns: readonly Column[],
): readonly [Track | undefined, readonly Track[]] {
	const index = columns.findIndex(({below}) => below);
	return index === -1 ? [undefined, tracks] : [tracks[index], tracks.filter((_, at) => at !== index)];
}

const indent = ' '.repeat(7);

function underLine({text, style}: Track, row: Row, {width, paint}: Page): string {
	return indent + paint(style(row), truncate(text(row), width - indent.length));
}

type Render = (text: (track: Track) => string, style: (track: Track) => Style | undefined) => string;

/** Which columns had no room, for whoever sees the end of a long table. */
function noRoomLine(names: readonly string[], {width, paint}: Page): string {
	return paint('dim', truncate(`no room for ${names.join(', ')}`, width));
}

/** The columns' names; where some had no room, how many, so that nobody takes the rest for the whole. */
function headerLine(render: Render, left: number, {width, paint}: Page): string {
	const note = left === 0 ? '' : `+${left} more`;
	const names = render(
		track => track.header,
		() => undefined,
	);
	const room = width - note.length - gap.length;
	if (note === '' || room < 1) return paint('dim', names);
	return paint('dim', `${truncate(names, room)}${gap}${note}`);
}
