import {GraphQLError, type GraphQLResolveInfo, responsePathAsArray} from 'graphql';
import {ResolverError} from './resolver-error.ts';

/** An entry of `errors` as AppSync words it; which fields are there depends on what failed. */
export type AppSyncError = {
	readonly path?: readonly (string | number)[] | null;
	readonly data?: null;
	readonly errorType?: string;
	readonly errorInfo?: object | null;
	readonly errorCode?: number;
	readonly locations?: readonly AppSyncLocation[] | null;
	readonly message: string;
};

type AppSyncLocation = {readonly line: number; readonly column: number; readonly sourceName: null};

/** The answer to a missing, unknown or expired token. */
export const unauthorized: AppSyncError = {
	errorType: 'UnauthorizedException',
	message: 'You are not authorized to make this call.',
};

/** A failure while executing. Reports to `log` what must not be told to the client. */
export function executionError(error: GraphQLError, log: (line: string) => void): AppSyncError {
	// Without a path it never got to a resolver: the variables did not fit.
	if (error.path === undefined) return requestError(variableMessage(error.message), error);
	const {cause} = error;
	const locations = locationsOf(error);
	if (cause instanceof ResolverError) {
		const {errorType, errorInfo, message} = cause;
		return {path: error.path, data: null, errorType, errorInfo, locations, message};
	}
	if (/cannot represent/.test(error.message)) {
		const message = `Can't serialize value (/${error.path.join('/')}) : ${error.message}`;
		return {path: error.path, locations: null, message};
	}
	log(`internal failure at ${error.path.join('/')}: ${(cause as Error | undefined)?.stack ?? error.message}`);
	const message = 'The local exchange failed; its log tells more';
	return {path: error.path, data: null, errorType: 'InternalFailure', errorInfo: null, locations, message};
}

/** What went wrong with a field that answers all the same: AppSync's `util.appendError`. */
export function errorBeside(error: ResolverError, info: GraphQLResolveInfo): GraphQLError {
	const {fieldNodes: nodes, path} = info;
	return new GraphQLError(error.message, {nodes, path: responsePathAsArray(path), cause: error});
}

/** A failure that has no place in the answer: `path` is null. */
export function requestError(message: string, error: GraphQLError): AppSyncError {
	return {path: null, locations: locationsOf(error).slice(0, 1), message};
}

function locationsOf(error: GraphQLError): AppSyncLocation[] {
	return (error.locations ?? []).map(({line, column}) => ({line, column, sourceName: null}));
}

function variableMessage(message: string): string {
	const [, name, type] = /^Variable "\$(\w+)" .*non-null type "([^"]+)" to be provided/.exec(message) ?? [];
	if (name === undefined) return message;
	return `Variable '${name}' has coerced Null value for NonNull type '${type}'`;
}
