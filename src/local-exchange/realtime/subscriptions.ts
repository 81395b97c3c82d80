import {type ExecutionResult, type GraphQLSchema, subscribe} from 'graphql';
import {type Document, operationOf} from '../graphql/documents.ts';
import {type AppSyncError, executionError} from '../graphql/errors.ts';
import type {Context} from '../resolvers/context.ts';

type Refused = {readonly errors: readonly AppSyncError[]};

/** Starts the subscription in `data`, the JSON text of a `start` message: its results as they come, or why not. */
export type Subscriptions = (
	data: unknown,
	context: Context,
) => Promise<AsyncIterator<Pick<ExecutionResult, 'data'> & Partial<Refused>> | Refused>;

type Parts = {
	readonly schema: GraphQLSchema;
	readonly read: (query: string) => Document;
	readonly log: (line: string) => void;
};

export function subscriptions({schema, read, log}: Parts): Subscriptions {
	const reported = (result: ExecutionResult) => ({
		data: result.data ?? null,
		...(result.errors && {errors: result.errors.map(error => executionError(error, log))}),
	});
	return async (data, context) => {
		const request = parseStart(data);
		if (request === undefined) return refusal('The payload is not a GraphQL request in JSON.');
		const document = read(request.query);
		if (document.kind === 'unparsable') return refusal(document.reason);
		if (document.kind === 'invalid') return document;
		if (operationOf(document.ast)?.operation !== 'subscription') return refusal('Not a subscription.');
		const stream = await subscribe({
			schema,
			document: document.ast,
			variableValues: request.variables,
			contextValue: context,
		});
		if (!(Symbol.asyncIterator in stream)) return {errors: reported(stream).errors ?? []};
		return {
			next: async () => {
				const {done, value} = await stream.next();
				return done ? {done, value: undefined} : {done: false, value: reported(value)};
			},
			return: async () => {
				await stream.return();
				return {done: true, value: undefined};
			},
		};
	};
}

function refusal(message: string): Refused {
	return {errors: [{errorType: 'MalformedHttpRequestException', message}]};
}

function parseStart(data: unknown): {query: string; variables?: Record<string, unknown>} | undefined {
	try {
		const request = JSON.parse(String(data));
		return typeof request?.query === 'string' ? request : undefined;
	} catch {
		return undefined;
	}
}
