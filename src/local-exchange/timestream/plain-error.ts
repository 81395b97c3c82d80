/** What DuckDB says went wrong, without the JSON that its errors come in. */
export function plainMessage(error: unknown): string {
	const message = error instanceof Error ? error.message : String(error);
	try {
		const parsed: {readonly exception_message?: unknown} = JSON.parse(message);
		return typeof parsed.exception_message === 'string' ? parsed.exception_message : message;
	} catch {
		return message;
	}
}
