import type {ApolloClient, OperationVariables, TypedDocumentNode} from '@apollo/client';
import {ShellError, toShellError} from '../shell/errors.ts';
import type {Call} from '../shell/ports.ts';
import type {AnswerErrors} from './answers-link.ts';
import type {Patience} from './endpoint.ts';
import {mutate, run} from './run.ts';

type Asked<Data> = Call & {readonly update?: (data: Data) => void; readonly onErrors?: AnswerErrors};

/** A part of the API that an Exchange may lack as a whole. */
export type Subject = {
	/** Matches the names of its fields. */
	readonly fields: RegExp;
	/** What to say of an Exchange without it. */
	readonly missing: string;
	readonly hint?: string;
};

/** What is asked of the Exchange about a subject: nothing more, once it has turned out to lack it. */
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
	/** Throws when the Exchange is known to lack the subject. */
	readonly check: () => void;
	/** Whatever `thrown` says of the subject as a whole is remembered. */
	readonly faultOf: (thrown: unknown) => ShellError;
	/** An Exchange may have learned of it. */
	readonly forget: () => void;
};

export function createQuestions(client: ApolloClient, {backoff}: Patience, subject: Subject): Questions {
	let missing: ShellError | undefined;
	/** Once something was answered, a missing field is just that. */
	let isThere = false;

	const check = () => {
		if (missing) throw missing;
	};
	const faultOf = (thrown: unknown): ShellError => {
		const fault = toShellError(thrown);
		if (isThere || fault.code !== 'unsupported' || !subject.fields.test(fault.message)) return fault;
		missing = new ShellError('unsupported', subject.missing, {hint: subject.hint, cause: fault});
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
