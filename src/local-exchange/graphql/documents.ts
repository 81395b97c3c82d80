import {
	type DocumentNode,
	type GraphQLError,
	type GraphQLSchema,
	getOperationAST,
	type OperationDefinitionNode,
	parse,
	specifiedRules,
	validate,
} from 'graphql';
import type {AppSyncError} from './errors.ts';
import {validationErrors} from './validation.ts';

/** A query text as the schema sees it. */
export type Document =
	| {readonly kind: 'valid'; readonly ast: DocumentNode}
	| {readonly kind: 'invalid'; readonly errors: readonly AppSyncError[]}
	| {readonly kind: 'unparsable'; readonly reason: string};

/** Far above any real operation; below what would keep the process busy. */
const maxTokens = 20_000;
const remembered = 500;

/** Parses and validates query texts, and remembers the latest: clients send the same few again and again. */
export function documents(schema: GraphQLSchema): (query: string) => Document {
	const known = new Map<string, Document>();
	return query => {
		const document = known.get(query) ?? read(schema, query);
		known.delete(query);
		known.set(query, document);
		if (known.size > remembered) known.delete(known.keys().next().value!);
		return document;
	};
}

/** The operation to run; undefined when `operationName` names none, or is needed and missing. */
export function operationOf(
	ast: DocumentNode,
	operationName?: string | null,
): OperationDefinitionNode | undefined {
	return getOperationAST(ast, operationName) ?? undefined;
}

function read(schema: GraphQLSchema, query: string): Document {
	let ast: DocumentNode;
	try {
		ast = parse(query, {maxTokens});
	} catch (error) {
		return {kind: 'unparsable', reason: (error as GraphQLError).message};
	}
	const valid = validate(schema, ast, specifiedRules, {maxErrors: 1}).length === 0;
	return valid ? {kind: 'valid', ast} : {kind: 'invalid', errors: validationErrors(schema, ast)};
}
