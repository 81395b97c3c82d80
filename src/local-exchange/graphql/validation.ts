import {
	type ASTNode,
	BREAK,
	type DocumentNode,
	type GraphQLError,
	type GraphQLSchema,
	print,
	specifiedRules,
	type ValueNode,
	validate,
	visit,
} from 'graphql';
import {type AppSyncError, requestError} from './errors.ts';

/** The violation's kind and description, from the names that graphql-js quotes in its own message. */
type Wording = (quoted: readonly string[], message: string, node: Place) => readonly [string, string];

/** Where in the document a violation is. */
type Place = {readonly path: readonly string[]; readonly argument: string; readonly value: string};

const wordings: Readonly<Record<string, Wording>> = {
	FieldsOnCorrectTypeRule: ([field, type]) => [
		'FieldUndefined',
		`Field '${field}' in type '${type}' is undefined`,
	],
	KnownArgumentNamesRule: ([argument]) => ['UnknownArgument', `Unknown field argument ${argument}`],
	ProvidedRequiredArgumentsRule: (_, message) => [
		'MissingFieldArgument',
		`Missing field argument ${/\((\w+):\)/.exec(message)?.[1]}`,
	],
	ScalarLeafsRule: ([field, type], message) =>
		message.includes('must not')
			? ['SubSelectionNotAllowed', `Sub selection not allowed on leaf type ${type} of field ${field}`]
			: ['SubSelectionRequired', `Sub selection required for type ${type} of field ${field}`],
	ValuesOfCorrectTypeRule: (quoted, _, {argument, value}) => [
		'WrongType',
		`argument '${argument}' with value '${value}' is not a valid '${quoted.at(-1)}'`,
	],
	NoUndefinedVariablesRule: ([variable]) => ['UndefinedVariable', `Undefined variable ${variable?.slice(1)}`],
	NoUnusedVariablesRule: ([variable]) => ['UnusedVariable', `Unused variable ${variable?.slice(1)}`],
	VariablesInAllowedPositionRule: ([, given, expected]) => [
		'VariableTypeMismatch',
		`Variable type '${given}' does not match expected type '${expected}'`,
	],
	KnownTypeNamesRule: ([type]) => ['UnknownType', `Unknown type ${type}`],
	KnownDirectivesRule: ([directive]) => ['UnknownDirective', `Unknown directive ${directive?.slice(1)}`],
	KnownFragmentNamesRule: ([fragment]) => ['UndefinedFragment', `Undefined fragment ${fragment}`],
	NoUnusedFragmentsRule: ([fragment]) => ['UnusedFragment', `Unused fragment ${fragment}`],
	LoneAnonymousOperationRule: () => [
		'LoneAnonymousOperationViolation',
		'Anonymous operation with other operations',
	],
	OverlappingFieldsCanBeMergedRule: (_, message) => ['FieldsConflict', message],
};

/** What is wrong with `ast`, in AppSync's words: "Validation error of type FieldUndefined: Field 'x' in …". */
export function validationErrors(schema: GraphQLSchema, ast: DocumentNode): readonly AppSyncError[] {
	// Rule by rule, since a violation does not say which rule it comes from.
	return specifiedRules.flatMap(rule =>
		validate(schema, ast, [rule]).map(violation => {
			const place = placeOf(ast, violation);
			const quoted = [...violation.message.matchAll(/"([^"]*)"/g)].map(match => match[1]!);
			const wording = wordings[rule.name] ?? (() => [rule.name.replace(/Rule$/, ''), violation.message]);
			const [kind, description] = wording(quoted, violation.message, place);
			const at = place.path.length === 0 ? '' : ` @ '${place.path.join('/')}'`;
			return requestError(`Validation error of type ${kind}: ${description}${at}`, violation);
		}),
	);
}

function placeOf(ast: DocumentNode, violation: GraphQLError): Place {
	const culprit = violation.nodes?.at(-1);
	let place: Place = {path: [], argument: '', value: ''};
	visit(ast, {
		enter(node, _key, _parent, _path, ancestors) {
			if (node !== culprit) return undefined;
			const lineage = [...ancestors.filter(ancestor => 'kind' in ancestor), node] as ASTNode[];
			place = {
				path: lineage.filter(({kind}) => kind === 'Field' || kind === 'FragmentDefinition').map(nameOf),
				argument: nameOf(lineage.findLast(({kind}) => kind === 'Argument')),
				value: node.kind.endsWith('Value') ? print(node as ValueNode) : '',
			};
			return BREAK;
		},
	});
	return place;
}

function nameOf(node: ASTNode | undefined): string {
	return node !== undefined && 'name' in node ? (node.name?.value ?? '') : '';
}
