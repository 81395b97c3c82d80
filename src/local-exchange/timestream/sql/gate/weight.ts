import {locationOf, type TreeNode} from './tree.ts';

/** What one call of a macro comes to, beside its arguments, and how often it uses each of these. */
export type MacroWeight = {readonly own: number; readonly uses: readonly number[]};

/** By the macro's name and the number of its arguments; undefined for what is no macro. */
export type MacroWeights = (name: string, args: number) => MacroWeight | undefined;

/** A part of a query grows beyond what DuckDB can plan; the place is in bytes, undefined where the tree does not say. */
export class TooHeavy extends Error {
	override readonly name = 'TooHeavy';
	readonly location: number | undefined;

	constructor(location: number | undefined) {
		super('the query grows too large');
		this.location = location;
	}
}

type Scope = {
	/** What the columns named so far come to: DuckDB writes them out wherever the names stand. */
	readonly columns: Map<string, number>;
	/** How many columns each table of WITH has. */
	readonly widths: ReadonlyMap<string, number>;
};

/** DuckDB goes through all that is below a level again and again. Measured: 400 levels cost as much as 100,000 nodes. */
const nodesPerSquareLevel = 0.005;

/**
 * How many nodes DuckDB makes of `root`, whose columns `names` may already weigh something. It plans in one go,
 * which nothing can interrupt, and what stands in one another multiplies. Throws TooHeavy above `most`.
 */
export function weigh(
	root: unknown,
	macros: MacroWeights,
	most: number,
	names: ReadonlyMap<string, number> = new Map(),
): number {
	/** How many levels are below what is being weighed. */
	let height = 0;

	const all = (value: unknown, scope: Scope): number => {
		if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + all(item, scope), 0);
		if (typeof value !== 'object' || value === null) return 0;
		const node = value as TreeNode;
		const beside = height;
		height = 0;
		const found = node.type === 'SELECT_NODE' ? select(node, scope) : one(node, scope);
		const own = node.type === 'SELECT_NODE' ? 0 : height + (node.class === undefined ? 0 : 1);
		const weight = found + nodesPerSquareLevel * own ** 2;
		height = Math.max(beside, own);
		if (weight > most) throw new TooHeavy(locationOf(node));
		return weight;
	};

	const one = (node: TreeNode, scope: Scope): number => {
		if (node.type === 'VALUE_CONSTANT') return 1;
		if (node.type === 'COLUMN_REF') {
			const [name, ...path] = node.column_names ?? [];
			return (path.length === 0 ? scope.columns.get(name!.toLowerCase()) : undefined) ?? 1;
		}
		const inner = node.cte_map === undefined ? scope : {...scope, widths: widthsWith(node, scope.widths)};
		const own = node.type === undefined ? 0 : 1;
		const children = node.children ?? [];
		const macro =
			node.function_name === undefined
				? undefined
				: macros(node.function_name.toLowerCase(), children.length);
		return Object.entries(node).reduce(
			(sum, [key, item]) => {
				if (key !== 'children' || macro === undefined) {
					// DuckDB compares with either end.
					return sum + all(item, inner) * (node.type === 'COMPARE_BETWEEN' && key === 'input' ? 2 : 1);
				}
				return children.reduce((total, child, at) => total + all(child, inner) * (macro.uses[at] ?? 1), sum);
			},
			own + (macro?.own ?? 0),
		);
	};

	const select = (node: TreeNode, outer: Scope): number => {
		const {select_list: list = [], ...rest} = node;
		const widths = widthsWith(node, outer.widths);
		const scope: Scope = {columns: new Map(names), widths};
		let weight = 1 + widthOf(node, widths);
		for (const item of list) {
			const found = all(item, scope);
			if (item.alias) scope.columns.set(item.alias.toLowerCase(), found);
			weight += found;
		}
		return weight + one({...rest, type: undefined}, scope);
	};

	return all(root, {columns: new Map(names), widths: new Map()});
}

function widthsWith(node: TreeNode, widths: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
	if (node.cte_map === undefined) return widths;
	const known = new Map(widths);
	for (const {key, value} of node.cte_map.map ?? []) {
		known.set(key.toLowerCase(), widthOf((value as {query?: {node?: TreeNode}}).query?.node, known));
	}
	return known;
}

/** How many columns a query has, roughly. */
function widthOf(node: TreeNode | undefined, outer: ReadonlyMap<string, number>): number {
	if (node === undefined) return 1;
	const widths = widthsWith(node, outer);
	if (node.left !== undefined) return widthOf(node.left, widths);
	const list = node.select_list ?? [];
	const stars = list.filter(({type}) => type === 'STAR');
	if (stars.length === 0) return list.length;
	const sources = sourcesOf(node.from_table, widths);
	return stars.reduce((sum, {relation_name: name}) => {
		const meant = sources.filter(source => name === undefined || source.name === name.toLowerCase());
		return sum + meant.reduce((total, {width}) => total + width, 0);
	}, list.length - stars.length);
}

/** What the tree does not tell. */
const columnsOfTable = 16;

type Source = {readonly name: string | undefined; readonly width: number};

function sourcesOf(from: TreeNode | undefined, widths: ReadonlyMap<string, number>): Source[] {
	switch (from?.type) {
		case 'JOIN':
			return [...sourcesOf(from.left, widths), ...sourcesOf(from.right, widths)];
		case 'SUBQUERY':
			return [{name: from.alias?.toLowerCase(), width: widthOf(from.subquery?.node, widths)}];
		case 'BASE_TABLE': {
			const table = from.table_name?.toLowerCase();
			return [{name: from.alias?.toLowerCase() ?? table, width: widths.get(table ?? '') ?? columnsOfTable}];
		}
		default:
			return [];
	}
}
