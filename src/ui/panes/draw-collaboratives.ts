import {padded, textWidth, truncate} from '../../render/width.ts';
import {seesShared} from '../../shell/membership.ts';
import type {CollaborativeRow} from '../state/collaborative-rows.ts';
import type {Paint, Role} from '../theme.ts';
import {cellsOf} from './collaborative-cells.ts';
import {
	type Columns,
	cellsBehind,
	fitColumns,
	indentOf,
	type Needs,
	rowWidth,
	signWidth,
} from './collaborative-columns.ts';

type Look = {
	readonly width: number;
	/** Index, among the rows given, of the selected one; -1 where it is out of sight. */
	readonly selected: number;
	readonly isFocused: boolean;
	/** Of these rows, and of those that were in sight before. */
	readonly needs: Needs;
	readonly paint: Paint;
};

/** The rows in sight as lines. */
export function drawCollaboratives(rows: readonly CollaborativeRow[], look: Look): readonly string[] {
	const columns = fitColumns(look.needs, look.width);
	return rows.map((row, index) => drawRow(row, look.isFocused && index === look.selected, columns, look));
}

function drawRow(row: CollaborativeRow, isMarked: boolean, columns: Columns, {width, paint}: Look): string {
	const cells = cellsOf(row);
	const indent = ' '.repeat(indentOf(row));
	if (row.kind === 'note') return paint('hint', truncate(`${indent}  ${cells.label}`, width));
	const before = indent.length + signWidth;
	// Without colour the mark alone tells the row.
	const pointer = isMarked ? '›' : ' ';
	if (row.kind === 'collaborative') {
		const whole = Math.min(width, rowWidth(columns));
		const standing = truncate(cells.more, Math.max(0, whole - before - 8));
		const label = padded(cells.label, whole - before - textWidth(standing) - 1);
		if (isMarked) return paint('marked', `${cells.sign}${pointer}${label} ${standing}`);
		return `${paint('hint', cells.sign)}${pointer}${label} ${paint('hint', standing)}`;
	}
	const label = padded(cells.label, columns.label - before);
	const behind = cellsBehind(row, cells, columns);
	if (isMarked) return paint('marked', indent + cells.sign + pointer + label + behind.join(''));
	const role = roleOf(row);
	const own = role ? paint(role, label) : label;
	return `${indent}${paint('hint', cells.sign)}${pointer}${own}${behind.map(text => paint('hint', text)).join('')}`;
}

/** Who sees nothing of what is shared, and what nobody says, is dim. */
function roleOf(row: Exclude<CollaborativeRow, {kind: 'note'}>): Role | undefined {
	if (row.kind === 'organization' || row.kind === 'person')
		return seesShared(row.organization) ? undefined : 'hint';
	return undefined;
}
