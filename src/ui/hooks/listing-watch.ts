import {ListDirectoryDocument} from '../../exchange/operations/generated.ts';
import type {Listing} from '../../shell/ports.ts';
import type {ScreenExchange} from '../screen-options.ts';

/** Cached directories, fetched where they are missing, with word of each change. */
export type ListingWatch = {
	/** Cached, of any age; undefined while it is being fetched (this starts it), null when it cannot be had. */
	readonly get: (directoryId: string) => Listing | undefined | null;
	/** The same without starting a fetch. */
	readonly peek: (directoryId: string) => Listing | undefined | null;
	/** From now on changes of these directories, and of no others, are told. */
	readonly follow: (directoryIds: readonly string[]) => void;
	/** Tries what could not be had once more: at once where it is in sight, else when it is next asked for. */
	readonly retry: () => void;
	readonly close: () => void;
};

/** `onChange` is told when a listing has come, has changed, or could not be had. */
export function watchListings(exchange: ScreenExchange, onChange: () => void): ListingWatch {
	const followed = new Map<string, {unsubscribe: () => void}>();
	const fetching = new Set<string>();
	const failed = new Set<string>();
	let closed = false;

	const peek = (directoryId: string) =>
		exchange.cachedListing(directoryId) ?? (failed.has(directoryId) ? null : undefined);

	const fetch = async (directoryId: string) => {
		fetching.add(directoryId);
		try {
			await exchange.listDirectory(directoryId, {maxAge: Number.POSITIVE_INFINITY});
		} catch {
			// The command that needs the directory says why it cannot be had.
			failed.add(directoryId);
		} finally {
			fetching.delete(directoryId);
			if (!closed) onChange();
		}
	};

	const follow = (directoryId: string) => {
		const query = exchange.client.watchQuery({
			query: ListDirectoryDocument,
			variables: {dataStoreDirectoryId: directoryId},
			fetchPolicy: 'cache-only',
		});
		return query.subscribe(() => {
			if (!closed) onChange();
		});
	};

	return {
		peek,
		get: directoryId => {
			const known = peek(directoryId);
			if (known === undefined && !closed && !fetching.has(directoryId)) void fetch(directoryId);
			return known;
		},
		follow: directoryIds => {
			const wanted = new Set(directoryIds);
			for (const [directoryId, subscription] of followed) {
				if (wanted.has(directoryId)) continue;
				subscription.unsubscribe();
				followed.delete(directoryId);
			}
			for (const directoryId of wanted) {
				if (!followed.has(directoryId)) followed.set(directoryId, follow(directoryId));
			}
		},
		retry: () => {
			const again = [...failed].filter(directoryId => followed.has(directoryId));
			failed.clear();
			for (const directoryId of again) if (!fetching.has(directoryId)) void fetch(directoryId);
		},
		close: () => {
			closed = true;
			for (const subscription of followed.values()) subscription.unsubscribe();
			followed.clear();
		},
	};
}
