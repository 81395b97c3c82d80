import {ApolloLink} from '@apollo/client';
import {catchError, defer, from, fromEvent, map, mergeMap, NEVER, type Observable, race} from 'rxjs';
import {ShellError} from '../shell/errors.ts';
import {cancelled} from './faults.ts';
import type {TokenSource} from './token-source.ts';

/**
 * Sends an operation again with another token after the one in use was refused, once. That is safe for
 * mutations, too: what is refused for its token was not done. `context.abandoned`, an AbortSignal, keeps an
 * operation that nobody waits for any more from being sent again.
 */
export function renewalLink({endpoint, renew}: TokenSource): ApolloLink {
	return new ApolloLink((operation, forward) =>
		defer(() => {
			const {token} = endpoint;
			return forward(operation).pipe(
				catchError((fault: unknown) => {
					if (!(fault instanceof ShellError && fault.code === 'unauthorized')) throw fault;
					const {abandoned} = operation.getContext();
					return race(from(renew(token, fault)), abort(abandoned)).pipe(
						mergeMap(fresh => {
							if (fresh === undefined) throw fault;
							return forward(operation);
						}),
					);
				}),
			);
		}),
	);
}

/** Fails when `signal` is aborted; else never says anything. */
function abort(signal: AbortSignal | undefined): Observable<never> {
	if (!signal) return NEVER;
	const fail = (): never => {
		throw cancelled(signal.reason);
	};
	return signal.aborted ? defer(fail) : fromEvent(signal, 'abort').pipe(map(fail));
}
