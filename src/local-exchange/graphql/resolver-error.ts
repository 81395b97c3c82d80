/** A field's failure, as the client is to read it. Anything else that is thrown is reported as `InternalFailure`. */
export class ResolverError extends Error {
	override readonly name = 'ResolverError';
	/** AppSync's `errorType`: ours (`BadRequest`, `NotFound`, `NotImplemented`, `NotSupported`, `Unauthorized`) or Timestream's. */
	readonly errorType: string;
	/** AppSync's `errorInfo`: what a program is to know beside the message. Becomes JSON. */
	readonly errorInfo: object | null;

	constructor(errorType: string, message: string, errorInfo: object | null = null) {
		super(message);
		this.errorType = errorType;
		this.errorInfo = errorInfo;
	}
}

/** What `id` was to name is not there. */
export function notFound(what: string, id: string): ResolverError {
	return new ResolverError('NotFound', `${what} ${id} does not exist`);
}

/** Whoever asks may not do that. The message is the Exchange's, word for word: clients look for it. */
export function unauthorized(): ResolverError {
	return new ResolverError('Unauthorized', 'Unauthorized');
}

/** The request makes no sense; `message` says why. */
export function badRequest(message: string): ResolverError {
	return new ResolverError('BadRequest', message);
}
