import {execute, type GraphQLSchema} from 'graphql';
import type {Context, Splice} from '../resolvers/context.ts';
import {type Document, operationOf} from './documents.ts';
import {type AppSyncError, executionError, unauthorized} from './errors.ts';
import {stringify} from './stringify.ts';

/** An HTTP answer. `operation` is for the log. */
export type Answer = {readonly status: number; readonly body: string; readonly operation?: string};

type Parts = {
	readonly schema: GraphQLSchema;
	readonly read: (query: string) => Document;
	readonly log: (line: string) => void;
};

/** Answers the body of a POST as AppSync does. `context` is undefined for a token that is not accepted. */
export async function answer(body: string, context: Context | undefined, parts: Parts): Promise<Answer> {
	if (context === undefined) return {status: 401, body: JSON.stringify({errors: [unauthorized]})};
	const request = parseRequest(body);
	if (request === undefined) return malformed('Request body is not a GraphQL request in JSON.');
	const document = parts.read(request.query);
	if (document.kind === 'unparsable') return malformed(`Unable to parse GraphQL query. ${document.reason}`);
	if (document.kind === 'invalid') return answerOf({data: null, errors: document.errors});
	const operation = operationOf(document.ast, request.operationName);
	if (operation === undefined) return malformed('The request names no operation of its document.');
	if (operation.operation === 'subscription')
		return malformed('Subscriptions go over the realtime WebSocket.');
	const {data, errors} = await execute({
		schema: parts.schema,
		document: document.ast,
		operationName: request.operationName,
		variableValues: request.variables,
		contextValue: context,
	});
	const [first] = operation.selectionSet.selections;
	const name = operation.name?.value ?? (first?.kind === 'Field' ? first.name.value : '');
	const reported = [...(errors ?? []), ...context.failures].map(error => executionError(error, parts.log));
	const result = {data: data ?? null, ...(reported.length > 0 && {errors: reported})};
	return answerOf(result, name, context.splices);
}

type Request = {query: string; variables?: Record<string, unknown> | null; operationName?: string | null};

function parseRequest(body: string): Request | undefined {
	try {
		const request: Partial<Record<keyof Request, unknown>> | null = JSON.parse(body);
		const {query, variables, operationName} = request ?? {};
		const fits =
			typeof query === 'string' &&
			(variables == null || (typeof variables === 'object' && !Array.isArray(variables))) &&
			(operationName == null || typeof operationName === 'string');
		return fits ? (request as Request) : undefined;
	} catch {
		return undefined;
	}
}

function answerOf(
	result: {data: unknown; errors?: readonly AppSyncError[]},
	operation?: string,
	splices: readonly Splice[] = [],
): Answer {
	return {status: 200, body: stringify(result, splices), ...(operation && {operation})};
}

function malformed(message: string): Answer {
	const errors = [{errorType: 'MalformedHttpRequestException', message}];
	return {status: 400, body: JSON.stringify({errors})};
}
