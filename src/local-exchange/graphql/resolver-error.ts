/** A field's failure, as the client is to read it. Anything else that is thrown is reported as `InternalFailure`. */
export class ResolverError extends Error {
	override readonly name = 'ResolverError';
	/** AppSync's `errorType`. */
	readonly errorType: 'BadRequest' | 'NotFound' | 'NotImplemented';

	constructor(errorType: ResolverError['errorType'], message: string) {
		super(message);
		this.errorType = errorType;
	}
}

/** What `id` was to name is not there. */
export function notFound(what: string, id: string): ResolverError {
	return new ResolverError('NotFound', `${what} ${id} does not exist`);
}

/** The request makes no sense; `message` says why. */
export function badRequest(message: string): ResolverError {
	return new ResolverError('BadRequest', message);
}
