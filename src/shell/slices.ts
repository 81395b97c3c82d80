/** How long work may hold the event loop, ms. */
const slice = 5;

/**
 * Called between small steps of long work: lets keys and frames through every few milliseconds, and
 * throws the signal's reason once it is aborted.
 */
export function breather(signal: AbortSignal): () => Promise<void> {
	let since = performance.now();
	return async () => {
		if (performance.now() - since < slice) return;
		await new Promise(resolve => setImmediate(resolve));
		signal.throwIfAborted();
		since = performance.now();
	};
}
