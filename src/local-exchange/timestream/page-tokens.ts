import {ResolverError} from '../graphql/resolver-error.ts';

/** A token that stands for `parts`, and says nothing to clients. */
export function pageToken(parts: readonly string[]): string {
	return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** The parts of a token of ours: `count` texts. Throws Timestream's error for another. */
export function readPageToken(token: string, count: number): readonly string[] {
	try {
		const parts: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
		const fits = Array.isArray(parts) && parts.length === count;
		if (fits && parts.every(part => typeof part === 'string')) return parts;
	} catch {
		// No token of ours.
	}
	throw invalidToken();
}

export function invalidToken(): ResolverError {
	return new ResolverError('ValidationException', 'Invalid pagination token');
}
