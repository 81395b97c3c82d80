import {
	type ASTNode,
	BREAK,
	type DocumentNode,
	FieldsOnCorrectTypeRule,
	type GraphQLError,
	type GraphQLSchema,
	KnownArgumentNamesRule,
	KnownDirectivesRule,
	KnownFragmentNamesRule,
	KnownTypeNamesRule,
	LoneAnonymousOperationRule,
	NoUndefinedVariablesRule,
	NoUnusedFragmentsRule,
	NoUnusedVariablesRule,
	OverlappingFieldsCanBeMergedRule,
	ProvidedRequiredArgumentsRule,
	print,
	ScalarLeafsRule,
	specifiedRules,
	type ValidationRule,
	ValuesOfCorrectTypeRule,
	VariablesInAllowedPositionRule,
	validate,
	visit,
} from 'graphql';
import {type AppSyncError, requestError} from './errors.ts';

/** The violation's kind and description, from the names that graphql-js quotes in its own message. */
type Wording = (quoted: readonly string[], message: string, node: Place) => readonly [string, string];

/** Where in the document a violation is. */
type Place = {readonly path: readonly string[]; readonly argument: string; readonly value: string};

// By the rules themselves: their names do not survive being bundled.
const wordings = new Map<ValidationRule, Wording>([
	[
		FieldsOnCorrectTypeRule,
		([field, type]) => ['FieldUndefined', `Field '${field}' in type '${type}' is undefined`],
	],
	[KnownArgumentNamesRule, ([argument]) => ['UnknownArgument', `Unknown field argument ${argument}`]],
	[
		ProvidedRequiredArgumentsRule,
		(_, message) => ['MissingFieldArgument', `Missing field argument ${/\((\w+):\)/.exec(message)?.[1]}`],
	],
	[
		ScalarLeafsRule,
		([field, type], message) =>
			message.includes('must not')
				? ['SubSelectionNotAllowed', `Sub selection not allowed on leaf type ${type} of field ${field}`]
				: ['SubSelectionRequired', `Sub selection required for type ${type} of field ${field}`],
	],
	[
		ValuesOfCorrectTypeRule,
		(quoted, message, {argument, value}) => [
			'WrongType',
			`argument '${argument}' with value '${value}' ${misfit(quoted, message)}`,
		],
	],
	[
		NoUndefinedVariablesRule,
		([variable]) => ['UndefinedVariable', `Undefined variable ${variable?.slice(1)}`],
	],
	[NoUnusedVariablesRule, ([variable]) => ['UnusedVariable', `Unused variable ${variable?.slice(1)}`]],
	[
		VariablesInAllowedPositionRule,
		([, given, expected]) => [
			'VariableTypeMismatch',
			`Variable type '${given}' does not match expected type '${expected}'`,
		],
	],
	[KnownTypeNamesRule, ([type]) => ['UnknownType', `Unknown type ${type}`]],
	[KnownDirectivesRule, ([directive]) => ['UnknownDirective', `Unknown directive ${directive?.slice(1)}`]],
	[KnownFragmentNamesRule, ([fragment]) => ['UndefinedFragment', `Undefined fragment ${fragment}`]],
	[NoUnusedFragmentsRule, ([fragment]) => ['UnusedFragment', `Unused fragment ${fragment}`]],
	[
		LoneAnonymousOperationRule,
		() => ['LoneAnonymousOperationViolation', 'Anonymous operation with other operations'],
	],
	[OverlappingFieldsCanBeMergedRule, (_, message) => ['FieldsConflict', message]],
]);

function misfit(quoted: readonly string[], message: string): string {
	const [first, second] = quoted;
	if (message.includes('not to include unknown field'))
		return `contains a field not in '${first}': '${second}'`;
	if (message.includes('to include required field')) return `is missing required fields '[${second}]'`;
	return `is not a valid '${/^(\w+) cannot represent/.exec(message)?.[1] ?? quoted.at(-1)}'`;
}

/** What is wrong with `ast`, in AppSync's words: "Validation error of type FieldUndefined: Field 'x' in …". */
export function validationErrors(schema: GraphQLSchema, ast: DocumentNode): readonly AppSyncError[] {
	// Rule by rule, since a violation does not say which rule it comes from.
	return specifiedRules.flatMap(rule =>
		validate(schema, ast, [rule]).map(violation => {
			const place = placeOf(ast, violation);
			const quoted = [...violation.message.matchAll(/"([^"]*)"/g)].map(match => match[1]!);
			const wording = wordings.get(rule) ?? ((_, message) => ['InvalidSyntax', message]);
			const [kind, description] = wording(quoted, violation.message, place);
			const at = place.path.length === 0 ? '' : ` @ '${place.path.join('/')}'`;
			return requestError(`Validation error of type ${kind}: ${description}${at}`, violation);
		}),
	);
}

/** Of the nodes a violation names (a variable's definition and its use, say) the one that lies deepest. */
function placeOf(ast: DocumentNode, violation: GraphQLError): Place {
	const places = violation.nodes?.map(node => placeOfNode(ast, node)) ?? [];
	return places.reduce((a, b) => (b.path.length > a.path.length ? b : a), places[0] ?? nowhere);
}

const nowhere: Place = {path: [], argument: '', value: ''};

function placeOfNode(ast: DocumentNode, culprit: ASTNode): Place {
	let place = nowhere;
	visit(ast, {
		enter(node, _key, parent, _path, ancestors) {
			// By place: a violation may hold a copy of the node.
			if (node.kind !== culprit.kind || node.loc?.start !== culprit.loc?.start) return undefined;
			const lineage = [...ancestors, parent, node].filter(each => each && 'kind' in each) as ASTNode[];
			place = {
				path: lineage.filter(({kind}) => kind === 'Field' || kind === 'FragmentDefinition').map(nameOf),
				argument: nameOf(lineage.findLast(({kind}) => kind === 'Argument')),
				value: /Value$|^ObjectField$/.test(node.kind) ? print(node) : '',
			};
			return BREAK;
		},
	});
	return place;
}

function nameOf(node: ASTNode | undefined): string {
	return node !== undefined && 'name' in node ? (node.name?.value ?? '') : '';
}
