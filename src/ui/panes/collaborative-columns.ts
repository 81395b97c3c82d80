import {padded, textWidth} from '../../render/width.ts';
import type {CollaborativeRow} from '../state/collaborative-rows.ts';
import {type Cells, cellsOf} from './collaborative-cells.ts';

/** Columns that cells need. */
export type Needs = {
	/** With what stands before it. */
	readonly label: number;
	readonly what: number;
	readonly more: number;
	/** Of numbers of people alone. */
	readonly people: number;
	/** Name and standing of a collaborative. */
	readonly name: number;
	readonly standing: number;
};

/** Columns that cells get. */
export type Columns = Pick<Needs, 'label' | 'what' | 'more' | 'people'> & {readonly gap: number};

export const noNeeds: Needs = {label: 0, what: 0, more: 0, people: 0, name: 0, standing: 0};

/** What stands before a label: the sign, and the pointer at the selected row. */
export const signWidth = 2;
/** Between columns; the less there is room for, the less. */
const gaps = [2, 1] as const;
/** A label is not cut to less, nor whose a service is. */
const least = {label: 18, more: 8} as const;
/** Longer names, and ids in their place, do not take the other columns out of sight. */
const longest = 44;

/** Columns that a row is indented by. */
export function indentOf({depth}: Pick<CollaborativeRow, 'depth'>): number {
	return 2 * depth;
}

/** What these rows need, and what was needed `before`: columns stay while one scrolls. */
export function needsOf(rows: readonly CollaborativeRow[], before: Needs = noNeeds): Needs {
	const needs = {...before};
	const need = (column: keyof Needs, text: string, indent = 0) => {
		needs[column] = Math.max(needs[column], indent + Math.min(textWidth(text), longest));
	};
	for (const row of rows) {
		if (row.kind === 'note') continue;
		const {label, what, more} = cellsOf(row);
		const indent = indentOf(row) + signWidth;
		if (row.kind === 'collaborative') {
			need('name', label, indent);
			need('standing', more);
			continue;
		}
		need('label', label, indent);
		need('what', what);
		need('more', more);
		if (row.kind === 'organization') need('people', more);
	}
	return needs;
}

/** Where there is no room for all, whose a service is goes first, then names are cut, then numbers of people go. */
export function fitColumns(
	{label, what: kind, more: all, people, name, standing}: Needs,
	width: number,
): Columns {
	const what = Math.min(kind, Math.floor(width / 3));
	const room = (more: number, gap: number) => width - what - gap - (more > 0 ? more + gap : 0);
	const options = [all, Math.max(people, Math.min(all, least.more))].flatMap(more =>
		gaps.map(gap => ({more, gap})),
	);
	const [, , , last] = options;
	const {more, gap} =
		options.find(option => room(option.more, option.gap) >= label) ??
		(room(last!.more, last!.gap) >= least.label ? last! : {more: 0, gap: 1});
	const own = Math.min(label, room(more, gap));
	// Standings end where the rows beneath them end, or further right.
	const row = own + width - room(more, gap);
	const head = Math.min(width, name + 2 + standing);
	return {label: Math.max(1, own + Math.max(0, head - row)), what, more, people, gap};
}

export function rowWidth({label, what, more, gap}: Columns): number {
	return label + gap + what + (more > 0 ? gap + more : 0);
}

/** What stands behind the label, a text for each column that there is room for. */
export function cellsBehind(row: CollaborativeRow, {what, more}: Cells, columns: Columns): readonly string[] {
	const between = ' '.repeat(columns.gap);
	const rest = row.kind === 'organization' ? padded(more, columns.people, 'right') : more;
	return [
		...(columns.what > 0 ? [between + padded(what, columns.what)] : []),
		...(columns.more > 0 ? [between + padded(rest, columns.more)] : []),
	];
}
