import type {ApolloLink} from '@apollo/client';
import {RetryLink} from '@apollo/client/link/retry';
import {ShellError} from '../shell/errors.ts';

/** Times a query is sent at most. */
const attempts = 4;

/**
 * Repeats a query that was throttled or lost its connection. A mutation is never repeated: its first
 * attempt may have arrived.
 */
export function retryLink(backoff: number): ApolloLink {
	return new RetryLink({
		attempts: (count, operation, error) =>
			count < attempts && operation.operationType === 'query' && passing(error),
		// Half of it chance, so that clients throttled together don't come back together.
		delay: count => backoff * 2 ** (count - 1) * (0.5 + Math.random() / 2),
	});
}

function passing(error: unknown): boolean {
	return error instanceof ShellError && (error.code === 'throttled' || error.code === 'connection');
}
