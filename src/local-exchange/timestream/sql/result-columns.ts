import type {Inspection} from './gate/gate.ts';
import type {TreeNode} from './gate/tree.ts';

/** `isNull`: nothing but the word NULL, which has no type. */
export type ResultColumn = {readonly name: string; readonly isNull: boolean};

/** As Trino names them: an expression without a name is `_col` with its place, from 0. */
export function resultColumns(
	{columns, isValues}: Inspection,
	given: readonly string[],
	isColumn: (name: string) => boolean,
): ResultColumn[] {
	if (isValues) return given.map((_, at) => ({name: `_col${at}`, isNull: false}));
	let stars = columns.filter(({type}) => type === 'STAR').length;
	let spread = given.length - (columns.length - stars);
	let next = 0;
	return columns.flatMap(column => {
		if (column.type !== 'STAR') return [resultColumn(column, given[next]!, next++)];
		// Which of several stars gave how many does not matter unless something unnamed stands between them.
		const count =
			--stars === 0 || spread === 0 ? spread : untilUnnamed(given.slice(next, next + spread), isColumn);
		spread -= count;
		next += count;
		return given.slice(next - count, next).map(name => ({name, isNull: false}));
	});
}

function resultColumn(column: TreeNode, given: string, at: number): ResultColumn {
	const isNull = column.type === 'VALUE_CONSTANT' && column.value?.is_null === true;
	if (column.alias) return {name: column.alias, isNull};
	if (column.type === 'COLUMN_REF') return {name: given, isNull};
	// `series[1].value`
	const field = column.type === 'STRUCT_EXTRACT' ? column.children?.[1]?.value?.value : undefined;
	return {name: typeof field === 'string' ? field : `_col${at}`, isNull};
}

/** DuckDB calls an unnamed expression by its text, in which there is a parenthesis more often than not. */
function untilUnnamed(given: readonly string[], isColumn: (name: string) => boolean): number {
	const found = given.findIndex(name => name.includes('(') && !isColumn(name));
	return found < 0 ? given.length : found;
}
