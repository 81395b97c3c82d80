import {ShellError} from '../shell/errors.ts';
import {type Endpoint, quoted} from './endpoint.ts';

/** One member of a GraphQL answer's `errors`, as AppSync fills it. Nothing of it is certain. */
export type AnswerError = {
	readonly message?: unknown;
	readonly errorType?: unknown;
	readonly errorInfo?: unknown;
	readonly data?: unknown;
};

const throttling = /Throttl|TooManyRequests|LimitExceeded/i;
const missingField =
	/\b(?:FieldUndefined|UnknownArgument|UnknownType|Cannot query field|Unknown argument|Unknown type)\b/;

const ofQuery = /^(ValidationException|QueryExecutionException)$/;

/** What a GraphQL error means to the user. */
export function answerFault(error: AnswerError | undefined, endpoint: Endpoint): ShellError {
	const message = typeof error?.message === 'string' ? quoted(error.message, endpoint) : '';
	const type = typeof error?.errorType === 'string' ? error.errorType : '';
	if (type === 'UnauthorizedException') return unauthorized(endpoint);
	if (message === 'Unauthorized' || type === 'Unauthorized') {
		return new ShellError('denied', 'you have no permission for this');
	}
	// Of a query of the user's own: what it says is about that, whatever words it has in it.
	if (ofQuery.test(type)) return new ShellError('failed', message || type);
	if (throttling.test(type) || throttling.test(message)) return throttled(endpoint);
	if (missingField.test(message)) {
		const field = /(?:[Ff]ield(?: argument)?|argument|type) ['"]([^'"]+)['"]/.exec(message)?.[1];
		return new ShellError('unsupported', `this Exchange does not offer ${field ?? 'this'}`);
	}
	if (/NotImplemented|not implemented/i.test(`${type} ${message}`)) {
		return new ShellError('unsupported', message || 'this Exchange does not offer this');
	}
	if (/NotFound/.test(type)) return new ShellError('not-found', message || 'not on the Exchange');
	return new ShellError('failed', message || type || `${endpoint.url.host}: failed without a reason`);
}

/** What an HTTP status other than 200 means. */
export function statusFault(status: number, endpoint: Endpoint): ShellError {
	const {host} = endpoint.url;
	if (status === 401) return unauthorized(endpoint);
	if (status === 403) return new ShellError('denied', `${host}: refused the request (403)`);
	if (status === 429) return throttled(endpoint);
	if (status >= 500) {
		return new ShellError('connection', `${host}: is in trouble (${status})`, {hint: 'try again later'});
	}
	return new ShellError('failed', `${host}: answered ${status}, is this an Exchange?`, {
		hint: 'check the endpoint',
	});
}

export function timeoutFault(host: string, milliseconds: number): ShellError {
	return new ShellError('timeout', `${host}: no answer in ${milliseconds / 1000} s`);
}

/** What a failed socket means. The system's own message may hold a URL, so only its code is used. */
export function networkFault(host: string, thrown: unknown): ShellError {
	if (thrown instanceof ShellError) return thrown;
	const code = (thrown as {code?: unknown} | null)?.code;
	const reason = reasons[String(code)] ?? (typeof code === 'string' ? `failed (${code})` : 'failed');
	return new ShellError('connection', `${host}: ${reason}`, {cause: thrown});
}

const reasons: Readonly<Record<string, string>> = {
	ECONNREFUSED: 'connection refused',
	ECONNRESET: 'the connection dropped',
	EPIPE: 'the connection dropped',
	ERR_STREAM_PREMATURE_CLOSE: 'the connection dropped',
	EAI_AGAIN: 'host name cannot be looked up now',
	ENOTFOUND: 'no such host',
	EHOSTUNREACH: 'host cannot be reached',
	ENETUNREACH: 'network cannot be reached',
	ETIMEDOUT: 'connection timed out',
	CERT_HAS_EXPIRED: 'its certificate has expired',
	DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
	ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
};

export function cancelled(cause?: unknown): ShellError {
	return new ShellError('cancelled', 'cancelled', {cause});
}

function unauthorized({url}: Endpoint): ShellError {
	return new ShellError('unauthorized', `${url.host}: the token is wrong or has expired`, {
		hint: 'make a new one on the Exchange’s web site; `login` takes it, as do ADX_TOKEN and --token-file',
	});
}

function throttled({url}: Endpoint): ShellError {
	return new ShellError('throttled', `${url.host}: too many requests`, {
		hint: 'wait a minute, then try again',
	});
}
