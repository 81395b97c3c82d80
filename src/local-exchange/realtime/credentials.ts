/** The token in an AppSync `header` object, base64 or base64url encoded; undefined when there is none. */
export function tokenFromHeader(encoded: string | null | undefined): string | undefined {
	try {
		return tokenOf(JSON.parse(Buffer.from(encoded ?? '', 'base64').toString('utf8')));
	} catch {
		return undefined;
	}
}

/** The token in `{"host": …, "Authorization": …}`, as connections and subscriptions carry it. */
export function tokenOf(authorization: unknown): string | undefined {
	const token = (authorization as {Authorization?: unknown} | null | undefined)?.Authorization;
	return typeof token === 'string' ? token : undefined;
}
