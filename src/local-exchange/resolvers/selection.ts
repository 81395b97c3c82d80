import {
	type FieldNode,
	GraphQLIncludeDirective,
	type GraphQLResolveInfo,
	GraphQLSkipDirective,
	getDirectiveValues,
	type SelectionNode,
} from 'graphql';

/** The fields that are asked for, by their names in the schema, with those below them. */
export type Selection = {readonly [field: string]: Selection};

type Info = Pick<GraphQLResolveInfo, 'fragments' | 'variableValues'>;

/** What is selected below the field that is being answered. */
export function selectionOf({fieldNodes, ...info}: Info & {fieldNodes: readonly FieldNode[]}): Selection {
	return select(
		fieldNodes.flatMap(node => node.selectionSet?.selections ?? []),
		info,
	);
}

/** `value` with the selected fields and no others, by their names in the schema. */
export function pick(value: unknown, selection: Selection): unknown {
	if (Array.isArray(value)) return value.map(each => pick(each, selection));
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).filter(([field]) => Object.hasOwn(selection, field));
	return Object.fromEntries(entries.map(([field, inner]) => [field, pick(inner, selection[field]!)]));
}

function select(nodes: readonly SelectionNode[], info: Info): Selection {
	const children = new Map<string, SelectionNode[]>();
	const visit = (node: SelectionNode) => {
		if (!isIncluded(node, info)) return;
		if (node.kind === 'Field') {
			const below = node.selectionSet?.selections ?? [];
			children.set(node.name.value, [...(children.get(node.name.value) ?? []), ...below]);
			return;
		}
		// No type of ours has another that could stand for it: the condition always holds.
		const {selectionSet} = node.kind === 'InlineFragment' ? node : info.fragments[node.name.value]!;
		for (const inner of selectionSet.selections) visit(inner);
	};
	for (const node of nodes) visit(node);
	return Object.fromEntries([...children].map(([field, below]) => [field, select(below, info)]));
}

function isIncluded(node: SelectionNode, {variableValues}: Info): boolean {
	const skip = getDirectiveValues(GraphQLSkipDirective, node, variableValues);
	const include = getDirectiveValues(GraphQLIncludeDirective, node, variableValues);
	return skip?.if !== true && include?.if !== false;
}
