/** A node of what DuckDB's `json_serialize_sql` makes of a statement; only what is looked at here. */
export type TreeNode = {
	readonly type?: string | undefined;
	readonly class?: string;
	readonly alias?: string;
	/** Bytes from the start; a huge number where there is none. */
	readonly query_location?: number;
	readonly function_name?: string;
	readonly schema?: string;
	readonly catalog?: string;
	readonly catalog_name?: string;
	readonly schema_name?: string;
	readonly table_name?: string;
	readonly column_names?: readonly string[];
	readonly columns?: boolean;
	readonly exclude_list?: unknown;
	readonly replace_list?: unknown;
	readonly rename_list?: unknown;
	readonly sample?: unknown;
	readonly at_clause?: unknown;
	readonly qualify?: unknown;
	readonly ref_type?: string;
	readonly join_type?: string;
	readonly distinct_on_targets?: unknown;
	readonly aggregate_handling?: string;
	readonly cast_type?: TreeType;
	readonly cte_map?: {readonly map?: readonly {readonly key: string; readonly value: unknown}[]};
	readonly value?: {readonly is_null?: boolean; readonly value?: unknown};
	readonly children?: readonly TreeNode[];
	readonly left?: TreeNode;
	readonly right?: TreeNode;
	readonly relation_name?: string;
	readonly subquery?: {readonly node?: TreeNode};
	readonly select_list?: readonly TreeNode[];
	readonly from_table?: TreeNode;
};

/** A type as it stands in a cast. */
export type TreeType = {
	readonly id?: string;
	readonly type_info?: {
		readonly alias?: string;
		readonly child_type?: TreeType;
		readonly child_types?: readonly {readonly second?: TreeType}[];
	};
};

/** Bytes from the start; undefined where DuckDB does not say. */
export function locationOf({query_location: location}: TreeNode): number | undefined {
	return location !== undefined && location <= Number.MAX_SAFE_INTEGER ? location : undefined;
}

/** What `json_serialize_sql` answers. */
export type Tree = {
	readonly error: boolean;
	readonly error_message?: string;
	/** Bytes from the start, as text. */
	readonly position?: string;
	readonly statements?: readonly {readonly node: TreeNode; readonly named_param_map?: readonly unknown[]}[];
};
