import type {Context, Output} from '../../shell/command.ts';

/** Things done before anybody needs to hear of it, ms. */
const patience = 300;

/**
 * Does the same with several things at once and returns what comes of each, in their order. When it takes a
 * while, says how far it is; what is made of the results takes the place of that. When one fails, or the reader leaves, the others are cancelled and waited for.
 */
export async function* inParallel<T, R>(
	context: Context,
	{key, label}: {readonly key: string; readonly label: string},
	things: readonly T[],
	work: (thing: T, context: Context) => Promise<R>,
): AsyncGenerator<Output, readonly R[]> {
	const startedAt = context.now();
	const own = new AbortController();
	const inner = {...context, signal: AbortSignal.any([context.signal, own.signal])};
	const results = new Map<number, R>();
	const pending = new Map(
		things.map((thing, index) => [index, work(thing, inner).then(result => ({index, result}))]),
	);
	const all = [...pending.values()];
	const progress = () =>
		({
			kind: 'progress',
			key,
			label,
			bytes: 0,
			total: null,
			percent: (results.size / things.length) * 100,
			startedAt,
			at: context.now(),
		}) as const;
	try {
		while (pending.size > 0) {
			const {index, result} = await Promise.race(pending.values());
			pending.delete(index);
			results.set(index, result);
			if (pending.size === 0 || context.now() - startedAt < patience) continue;
			yield progress();
		}
		return things.map((_, index) => results.get(index)!);
	} finally {
		own.abort();
		await Promise.allSettled(all);
	}
}
