import {ApolloLink} from '@apollo/client';
import {map} from 'rxjs';
import type {Endpoint} from './endpoint.ts';
import {type AnswerError, answerFault} from './faults.ts';

/** Hears of an answer's `errors` before anything is made of them; `context.onErrors` of an operation. */
export type AnswerErrors = (errors: readonly (AnswerError | null)[]) => void;

/**
 * Turns an answer's `errors` into the failure they stand for, as throttling comes with status 200. An
 * answer whose root fields are there is used as it is: the size of a file over 2 GiB is an error beside
 * an otherwise complete directory.
 */
export function answersLink(endpoint: Endpoint): ApolloLink {
	return new ApolloLink((operation, forward) =>
		forward(operation).pipe(
			map(result => {
				const {data, errors} = result as {data?: Record<string, unknown> | null; errors?: unknown};
				if (Array.isArray(errors)) operation.getContext().onErrors?.(errors);
				const complete = data && Object.values(data).every(value => value !== null);
				if (!complete && Array.isArray(errors) && errors.length > 0) {
					throw answerFault((errors[0] ?? undefined) as AnswerError | undefined, endpoint);
				}
				if (!data) throw answerFault(undefined, endpoint);
				return {data};
			}),
		),
	);
}
