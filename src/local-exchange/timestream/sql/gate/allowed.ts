import type {TreeNode, TreeType} from './tree.ts';

const words = (text: string) => new Set(text.split(/\s+/));

/** Every type of node a query may consist of: what is not here is refused, also what DuckDB adds one day. */
const types = words(
	`
	SELECT_NODE SET_OPERATION_NODE
	BASE_TABLE SUBQUERY JOIN EXPRESSION_LIST EMPTY
	ORDER_MODIFIER LIMIT_MODIFIER DISTINCT_MODIFIER ORDER_DEFAULT ASCENDING DESCENDING
	COLUMN_REF STAR VALUE_CONSTANT FUNCTION LAMBDA CASE_EXPR OPERATOR_CAST
	COMPARE_EQUAL COMPARE_NOTEQUAL COMPARE_LESSTHAN COMPARE_GREATERTHAN COMPARE_LESSTHANOREQUALTO
	COMPARE_GREATERTHANOREQUALTO COMPARE_DISTINCT_FROM COMPARE_NOT_DISTINCT_FROM COMPARE_BETWEEN
	COMPARE_IN COMPARE_NOT_IN CONJUNCTION_AND CONJUNCTION_OR
	OPERATOR_NOT OPERATOR_IS_NULL OPERATOR_IS_NOT_NULL OPERATOR_COALESCE OPERATOR_NULLIF OPERATOR_TRY
	ARRAY_EXTRACT ARRAY_SLICE ARRAY_CONSTRUCTOR STRUCT_EXTRACT GROUPING_FUNCTION
	WINDOW_AGGREGATE WINDOW_ROW_NUMBER WINDOW_RANK WINDOW_RANK_DENSE WINDOW_PERCENT_RANK WINDOW_CUME_DIST
	WINDOW_NTILE WINDOW_FIRST_VALUE WINDOW_LAST_VALUE WINDOW_NTH_VALUE WINDOW_LEAD WINDOW_LAG
`.trim(),
);

const joins = words('REGULAR CROSS NATURAL');
const joinTypes = words('INNER LEFT RIGHT FULL');

/** Types a value may be cast to. */
const castTypes = words(
	`
	BOOLEAN TINYINT SMALLINT INTEGER BIGINT HUGEINT FLOAT DOUBLE VARCHAR DATE TIME TIMESTAMP TIMESTAMP_NS INTERVAL
	LIST STRUCT
`.trim(),
);

/** Whether `node` is of a kind and a form that Timestream's SQL has. */
export function isAllowed(node: TreeNode): boolean {
	if (!types.has(node.type ?? '')) return false;
	switch (node.type) {
		case 'JOIN':
			return joins.has(node.ref_type ?? '') && joinTypes.has(node.join_type ?? '');
		case 'SELECT_NODE':
			return (
				node.qualify === undefined &&
				node.sample === undefined &&
				node.aggregate_handling === 'STANDARD_HANDLING'
			);
		case 'STAR':
			return !(node.columns || node.exclude_list || node.replace_list || node.rename_list);
		case 'DISTINCT_MODIFIER':
			return node.distinct_on_targets === undefined;
		case 'OPERATOR_CAST':
			return isCastType(node.cast_type);
		case 'BASE_TABLE':
			return node.sample === undefined && node.at_clause === undefined;
		default:
			return node.sample === undefined;
	}
}

function isCastType(type: TreeType | undefined): boolean {
	if (type === undefined) return false;
	const {child_type: child, child_types: children, alias} = type.type_info ?? {};
	const isJson = type.id === 'VARCHAR' && alias === 'JSON';
	return (
		castTypes.has(type.id ?? '') &&
		(alias === undefined || isJson) &&
		(child === undefined || isCastType(child)) &&
		(children ?? []).every(({second}) => isCastType(second))
	);
}

/** Names that DuckDB takes for functions where no column has them. */
export const valueFunctions = words(
	`current_catalog current_database current_date current_role current_schema current_time current_timestamp
	current_user localtime localtimestamp session_user user`,
);
