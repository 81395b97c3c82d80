import type {ApolloClient, OperationVariables, TypedDocumentNode} from '@apollo/client';
import {ShellError, toShellError} from '../../shell/errors.ts';
import type {Call} from '../../shell/ports.ts';
import type {AnswerErrors} from '../answers-link.ts';
import type {Patience} from '../endpoint.ts';
import {mutate, run} from '../run.ts';

type Asked<Data> = Call & {readonly update?: (data: Data) => void; readonly onErrors?: AnswerErrors};

/** What time series ask of the Exchange: nothing more, once it has turned out to have none. */
export type Questions = {
	/** Before something is asked again, ms. */
	readonly backoff: number;
	/** The answer to a query, which the cache does not keep. Every call is a request of its own. */
	readonly ask: <Data, Variables extends OperationVariables>(
		query: TypedDocumentNode<Data, Variables>,
		variables: Variables,
		call?: Call,
	) => Promise<Data>;
	readonly tell: <Data, Variables extends OperationVariables>(
		mutation: TypedDocumentNode<Data, Variables>,
		variables: Variables,
		call?: Asked<Data>,
	) => Promise<Data>;
	/** Throws when the Exchange is known to have no time series. */
	readonly check: () => void;
	/** Whatever `thrown` says of time series as a whole is remembered. */
	readonly faultOf: (thrown: unknown) => ShellError;
	/** An Exchange may have learned of them. */
	readonly forget: () => void;
};

export function createQuestions(client: ApolloClient, {backoff}: Patience): Questions {
	let missing: ShellError | undefined;
	/** Once something was answered, a missing field is just that. */
	let isThere = false;

	const check = () => {
		if (missing) throw missing;
	};
	const faultOf = (thrown: unknown): ShellError => {
		const fault = toShellError(thrown);
		if (isThere || fault.code !== 'unsupported' || !/timeSeries/i.test(fault.message)) return fault;
		missing = new ShellError('unsupported', 'this Exchange has no time-series databases', {cause: fault});
		return missing;
	};
	const asked = async <Data>(question: () => Promise<Data>): Promise<Data> => {
		check();
		try {
			const data = await question();
			isThere = true;
			return data;
		} catch (error) {
			throw faultOf(error);
		}
	};

	return {
		backoff,
		ask: (query, variables, call) =>
			asked(() =>
				run(client, query, variables, {
					...call,
					fetchPolicy: 'no-cache',
					context: {queryDeduplication: false},
				}),
			),
		tell: (mutation, variables, {onErrors, ...call} = {}) =>
			asked(() => mutate(client, mutation, variables, {...call, context: {onErrors}})),
		check,
		faultOf,
		forget: () => {
			missing = undefined;
		},
	};
}
