import type {ApolloClient, DefaultContext, OperationVariables, TypedDocumentNode} from '@apollo/client';
import {ShellError} from '../shell/errors.ts';
import type {Call} from '../shell/ports.ts';
import {cancelled} from './faults.ts';

/**
 * The first settled answer to a query. An abort takes back this caller's interest only: a request that
 * others wait for goes on. By default always asks the Exchange.
 */
export function run<Data, Variables extends OperationVariables>(
	client: ApolloClient,
	query: TypedDocumentNode<Data, Variables>,
	variables: Variables,
	{
		signal,
		fetchPolicy = 'network-only',
		context,
	}: Call & {readonly fetchPolicy?: 'network-only' | 'no-cache'; readonly context?: DefaultContext} = {},
): Promise<Data> {
	return new Promise((resolve, reject) => {
		if (signal?.aborted) return reject(cancelled(signal.reason));
		const settle = (finish: () => void) => {
			signal?.removeEventListener('abort', abort);
			// Deferred, as the first answer may come while still subscribing.
			queueMicrotask(() => subscription.unsubscribe());
			finish();
		};
		const abort = () => settle(() => reject(cancelled(signal?.reason)));
		signal?.addEventListener('abort', abort);
		const subscription = client
			.watchQuery<Data, OperationVariables>({query, variables, fetchPolicy, context})
			.subscribe(({data, error, loading}) => {
				if (loading) return;
				if (error) settle(() => reject(faultOf(error)));
				else if (data === undefined) settle(() => reject(faultOf(undefined)));
				else settle(() => resolve(data as Data));
			});
	});
}

/**
 * The answer to a mutation, which the cache does not keep: `update` enters into it what is read from it. After
 * an abort the caller no longer waits, but what was sent may still be done, and then `update` learns of it.
 */
export function mutate<Data, Variables extends OperationVariables>(
	client: ApolloClient,
	mutation: TypedDocumentNode<Data, Variables>,
	variables: Variables,
	{
		signal,
		update,
		context,
	}: Call & {readonly update?: (data: Data) => void; readonly context?: DefaultContext} = {},
): Promise<Data> {
	return new Promise((resolve, reject) => {
		if (signal?.aborted) return reject(cancelled(signal.reason));
		const abort = () => reject(cancelled(signal?.reason));
		signal?.addEventListener('abort', abort);
		client
			.mutate<Data, OperationVariables>({
				mutation,
				variables,
				fetchPolicy: 'no-cache',
				context: {abandoned: signal, ...context},
			})
			.then(({data}) => {
				if (!data) throw faultOf(undefined);
				update?.(data as Data);
				resolve(data as Data);
			})
			.catch((error: unknown) => reject(faultOf(error)))
			.finally(() => signal?.removeEventListener('abort', abort));
	});
}

/** The links fail with ShellErrors; what else there is comes of an answer that lacks a field it must have. */
function faultOf(thrown: unknown): ShellError {
	if (thrown instanceof ShellError) return thrown;
	return new ShellError('failed', 'the Exchange’s answer is not complete', {
		hint: 'try again',
		cause: thrown,
	});
}
