import type {FieldNode, GraphQLResolveInfo, SelectionSetNode} from 'graphql';
import type {ObjectField} from '../catalogue/listings.ts';

/** A field of an answer: `field` of the API under the name `key`, and what is asked for below it. */
export type PlainField = {
	readonly key: string;
	readonly field: string;
	readonly fields: readonly PlainField[];
};

type Fragments = GraphQLResolveInfo['fragments'];

/**
 * What is selected below a field of DataStoreObjects, two levels deep, when it is as plain as clients write it.
 * Undefined for what takes GraphQL's own executor: directives, arguments, a name selected twice, deeper levels.
 */
export function plainObjectFields({fieldNodes, fragments}: GraphQLResolveInfo): ObjectField[] | undefined {
	const [field, ...others] = fieldNodes;
	if (others.length > 0) return undefined;
	const objectFields = fieldsOf(field?.selectionSet, fragments)?.map(node => {
		const leaves = node.selectionSet === undefined ? [] : fieldsOf(node.selectionSet, fragments);
		if (leaves?.some(({selectionSet}) => selectionSet !== undefined)) return undefined;
		return leaves && {...leafOf(node), leaves: leaves.map(leafOf)};
	});
	if (objectFields === undefined || !objectFields.every(each => each !== undefined)) return undefined;
	// The same object under two names may be selected differently.
	const distinct = new Set(objectFields.map(({field}) => field));
	return distinct.size === objectFields.length ? objectFields : undefined;
}

/** The same at any depth. */
export function plainFields({fieldNodes, fragments}: GraphQLResolveInfo): PlainField[] | undefined {
	const [field, ...others] = fieldNodes;
	return others.length > 0 ? undefined : fieldsBelow(field?.selectionSet, fragments);
}

/** `value` with the fields that are asked for, in their order. */
export function plainly(value: unknown, fields: readonly PlainField[]): unknown {
	if (Array.isArray(value)) return value.map(each => plainly(each, fields));
	if (fields.length === 0 || typeof value !== 'object' || value === null) return value ?? null;
	const answer: Record<string, unknown> = {};
	for (const {key, field, fields: below} of fields) {
		answer[key] = plainly((value as Record<string, unknown>)[field], below);
	}
	return answer;
}

function fieldsBelow(
	selections: SelectionSetNode | undefined,
	fragments: Fragments,
): PlainField[] | undefined {
	const plain = fieldsOf(selections, fragments)?.map(node => {
		const fields = fieldsBelow(node.selectionSet, fragments);
		return fields && {...leafOf(node), fields};
	});
	return plain?.every(each => each !== undefined) ? plain : undefined;
}

function leafOf({alias, name}: FieldNode): {key: string; field: string} {
	return {key: (alias ?? name).value, field: name.value};
}

function fieldsOf(selections: SelectionSetNode | undefined, fragments: Fragments): FieldNode[] | undefined {
	const fields: FieldNode[] = [];
	for (const selection of selections?.selections ?? []) {
		if (selection.directives?.length) return undefined;
		if (selection.kind === 'Field') {
			fields.push(selection);
			continue;
		}
		// No type of ours has another that could stand for it: the condition always holds.
		const fragment = selection.kind === 'InlineFragment' ? selection : fragments[selection.name.value];
		const inner = fieldsOf(fragment?.selectionSet, fragments);
		if (inner === undefined) return undefined;
		fields.push(...inner);
	}
	const keys = new Set(fields.map(field => leafOf(field).key));
	return keys.size === fields.length ? fields : undefined;
}
