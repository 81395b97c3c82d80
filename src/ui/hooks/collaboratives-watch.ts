import {ListCollaborativesDocument, ListServicesDocument} from '../../exchange/operations/generated.ts';
import {type ShellError, toShellError} from '../../shell/errors.ts';
import {atOnce} from '../../shell/shared-services.ts';
import type {Collaborative, Service} from '../../shell/sharing.ts';
import {turns} from '../../shell/turns.ts';
import type {ScreenExchange} from '../screen-options.ts';

/** Collaboratives, and what is shared in some of them, read where they are looked at and watched in the cache. */
export type CollaborativesWatch = {
	/**
	 * From now on keeps the collaboratives and what is shared in those of the ids at hand, and nothing else.
	 * Undefined ends all of it.
	 */
	readonly look: (ids: readonly string[] | undefined) => void;
	/** Cached; undefined before they have come. */
	readonly collaboratives: () => readonly Collaborative[] | undefined;
	readonly services: (collaborativeId: string) => readonly Service[] | undefined;
	/** Why the collaboratives, or what is shared in one of them, could not be read. */
	readonly failure: (collaborativeId?: string) => ShellError | undefined;
	/** A line has ended: reads what has grown old, and once more what could not be had. */
	readonly retry: () => void;
	readonly close: () => void;
};

type Subscription = {readonly unsubscribe: () => void};

/** Stands for the list of collaboratives, among the ids of those whose services are wanted. */
const all = '';

/** `onChange` is told when there is something else to show. */
export function watchCollaboratives(
	{sharing, client}: ScreenExchange,
	onChange: () => void,
): CollaborativesWatch {
	const followed = new Map<string, Subscription>();
	/** With what ends it. */
	const reading = new Map<string, AbortSignal>();
	const failures = new Map<string, ShellError>();
	const turn = turns(atOnce);
	let life = new AbortController();

	const cached = (key: string) =>
		key === all ? sharing.cachedCollaboratives() : sharing.cachedServices(key);

	const read = async (key: string, maxAge?: number) => {
		const {signal} = life;
		if (reading.get(key) === signal) return;
		reading.set(key, signal);
		try {
			await turn(async () => {
				if (signal.aborted || !followed.has(key)) return;
				const how = {signal, ...(maxAge !== undefined && {maxAge})};
				await (key === all ? sharing.listCollaboratives(how) : sharing.listServices(key, how));
				failures.delete(key);
			});
		} catch (thrown) {
			if (!signal.aborted) failures.set(key, toShellError(thrown));
		}
		if (signal.aborted) return;
		reading.delete(key);
		onChange();
	};

	const follow = (key: string): Subscription => {
		let isFirst = true;
		const take = () => {
			// What has left the cache is asked for again: it was forgotten, or one may no longer see it.
			if (!isFirst && cached(key) === undefined && !failures.has(key)) void read(key);
			isFirst = false;
			onChange();
		};
		const fetchPolicy = 'cache-only';
		if (key === all)
			return client.watchQuery({query: ListCollaborativesDocument, fetchPolicy}).subscribe(take);
		const variables = {collaborativeId: key};
		return client.watchQuery({query: ListServicesDocument, variables, fetchPolicy}).subscribe(take);
	};

	const end = () => {
		life.abort();
		life = new AbortController();
		for (const subscription of followed.values()) subscription.unsubscribe();
		followed.clear();
		failures.clear();
	};

	return {
		look: ids => {
			if (!ids) return end();
			const wanted = new Set([all, ...ids]);
			for (const [key, subscription] of followed) {
				if (wanted.has(key)) continue;
				subscription.unsubscribe();
				followed.delete(key);
				failures.delete(key);
			}
			const added = [...wanted].filter(key => !followed.has(key));
			// What is unfolded is shown as of now; of many, as under a filter, what is young will do.
			const maxAge = added.length === 1 && added[0] !== all ? 0 : undefined;
			for (const key of added) {
				followed.set(key, follow(key));
				void read(key, maxAge);
			}
		},
		collaboratives: () => sharing.cachedCollaboratives(),
		services: collaborativeId => sharing.cachedServices(collaborativeId),
		failure: (collaborativeId = all) => failures.get(collaborativeId),
		retry: () => {
			for (const key of followed.keys()) void read(key);
			if (followed.size > 0) onChange();
		},
		close: end,
	};
}
