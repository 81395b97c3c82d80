import {isAllowed, valueFunctions} from './allowed.ts';
import {locationOf, type Tree, type TreeNode} from './tree.ts';

/** A table that a query reads, or a name that is none. */
export type TableReference = {
	readonly database: string | undefined;
	readonly table: string;
	readonly hasAlias: boolean;
	/** Bytes from the start. */
	readonly location: number;
};

/** A call of a function. */
export type FunctionReference = {readonly name: string; readonly location: number | undefined};

/** What stands in a query that only reads. */
export type Inspection = {
	readonly tables: readonly TableReference[];
	readonly functions: readonly FunctionReference[];
	/** Columns named with the database and the table: where they begin, and what they say. */
	readonly longColumns: readonly {readonly names: readonly string[]; readonly location: number}[];
	/** Columns named by words that DuckDB may take for functions. */
	readonly odd: readonly {readonly name: string; readonly location: number | undefined}[];
	/** The outermost columns. */
	readonly columns: readonly TreeNode[];
	/** Whether those are the columns of a bare VALUES. */
	readonly isValues: boolean;
};

/** Something no query may contain; the place is in bytes, undefined where the tree does not say. */
export class Forbidden extends Error {
	override readonly name = 'Forbidden';
	readonly location: number | undefined;

	constructor(location: number | undefined) {
		super('not a query of Timestream');
		this.location = location;
	}
}

/** Nodes inside one another: far more than people write, far less than a stack holds. */
const maxDepth = 3_000;

/** Goes through a parsed query and lists what it uses. Throws Forbidden unless all of it is a plain query. */
export function inspect(tree: Tree): Inspection {
	const [statement, ...more] = tree.statements ?? [];
	if (statement === undefined || more.length > 0) throw new Forbidden(undefined);
	if ((statement.named_param_map ?? []).length > 0) throw new Forbidden(undefined);
	const tables: TableReference[] = [];
	const functions: FunctionReference[] = [];
	const longColumns: {names: readonly string[]; location: number}[] = [];
	const odd: {name: string; location: number | undefined}[] = [];

	const visit = (value: unknown, scope: ReadonlySet<string>, depth: number): void => {
		if (depth > maxDepth) throw new Forbidden(undefined);
		if (Array.isArray(value)) {
			for (const item of value) visit(item, scope, depth + 1);
			return;
		}
		if (typeof value !== 'object' || value === null) return;
		const node = value as TreeNode;
		const inner = node.cte_map === undefined ? scope : named(node.cte_map, scope, depth);
		// `type` is a text in nodes alone, except for what describes a type.
		if (typeof node.type === 'string' && !node.type.endsWith('_TYPE_INFO')) note(node, inner);
		for (const [key, item] of Object.entries(node)) {
			if (key === 'cte_map' || (key === 'value' && node.type === 'VALUE_CONSTANT') || key === 'cast_type')
				continue;
			visit(item, inner, depth + 1);
		}
	};

	/** What WITH names: each may use those before it, none itself, so that no name reaches a table unseen. */
	const named = (map: NonNullable<TreeNode['cte_map']>, scope: ReadonlySet<string>, depth: number) => {
		let names = scope;
		for (const {key, value} of map.map ?? []) {
			visit(value, names, depth + 1);
			names = new Set([...names, key.toLowerCase()]);
		}
		return names;
	};

	const note = (node: TreeNode, scope: ReadonlySet<string>) => {
		const location = locationOf(node);
		if (!isAllowed(node)) throw new Forbidden(location);
		if (node.type === 'BASE_TABLE') noteTable(node, scope);
		if (node.function_name !== undefined) {
			const isOwn = node.catalog === undefined && (node.schema === undefined || node.schema === 'main');
			functions.push({
				name: isOwn ? node.function_name.toLowerCase() : `${node.schema}.${node.function_name}`,
				location,
			});
		}
		const names = node.column_names ?? [];
		if (names.length > 2 && location !== undefined) longColumns.push({names, location});
		if (names.length === 1 && valueFunctions.has(names[0]!.toLowerCase()))
			odd.push({name: names[0]!, location});
	};

	const noteTable = (node: TreeNode, scope: ReadonlySet<string>) => {
		const location = locationOf(node);
		if (node.schema_name === undefined && scope.has(node.table_name!.toLowerCase())) return;
		if (node.catalog_name !== undefined || location === undefined) throw new Forbidden(location);
		tables.push({
			database: node.schema_name,
			table: node.table_name!,
			hasAlias: node.alias !== undefined,
			location,
		});
	};

	visit(statement.node, new Set(), 0);
	let outermost = statement.node;
	while (outermost.left !== undefined) outermost = outermost.left;
	return {
		tables,
		functions,
		longColumns,
		odd,
		columns: outermost.select_list ?? [],
		isValues: outermost.from_table?.type === 'EXPRESSION_LIST',
	};
}
