import type {ApolloClient, OperationVariables, TypedDocumentNode} from '@apollo/client';
import {ShellError, toShellError} from '../shell/errors.ts';
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
	{signal, fetchPolicy = 'network-only'}: Call & {readonly fetchPolicy?: 'network-only' | 'no-cache'} = {},
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
			.watchQuery<Data, OperationVariables>({query, variables, fetchPolicy})
			.subscribe(({data, error, loading}) => {
				if (loading) return;
				if (error) settle(() => reject(toShellError(error)));
				else if (data === undefined)
					settle(() => reject(new ShellError('failed', 'the answer is not complete')));
				else settle(() => resolve(data as Data));
			});
	});
}

/**
 * The answer to a mutation. After an abort the caller no longer waits, but what was sent may still be
 * done, and then the cache learns of it.
 */
export function mutate<Data, Variables extends OperationVariables>(
	client: ApolloClient,
	mutation: TypedDocumentNode<Data, Variables>,
	variables: Variables,
	{
		signal,
		fetchPolicy,
		update,
	}: Call & {readonly fetchPolicy?: 'no-cache'; readonly update?: (data: Data) => void} = {},
): Promise<Data> {
	return new Promise((resolve, reject) => {
		if (signal?.aborted) return reject(cancelled(signal.reason));
		const abort = () => reject(cancelled(signal?.reason));
		signal?.addEventListener('abort', abort);
		client
			.mutate<Data, OperationVariables>({mutation, variables, ...(fetchPolicy && {fetchPolicy})})
			.then(({data}) => {
				if (!data) throw new ShellError('failed', 'the answer is not complete');
				update?.(data as Data);
				resolve(data as Data);
			})
			.catch((error: unknown) => reject(toShellError(error)))
			.finally(() => signal?.removeEventListener('abort', abort));
	});
}
