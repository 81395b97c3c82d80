import {candidateDetails} from '../render/candidate-details.ts';
import {padded, textWidth} from '../render/width.ts';
import {type Candidate, type CompletionSources, complete} from '../shell/complete.ts';
import type {Runtime} from '../shell/runtime.ts';

/**
 * Completion for node:readline, which waits for an answer: all candidates, and the part of the line they
 * replace. Names that cannot be fetched are left out. Behind several assets or attributes stand their latest values
 * and ages: node:readline lists candidates as they are, and inserts no more than what all have in common.
 */
export function createCompleter(
	runtime: Pick<Runtime, 'session' | 'exchange' | 'local' | 'commands' | 'now'> &
		Partial<Pick<Runtime, 'account'>>,
): (line: string) => Promise<[string[], string]> {
	const {session, exchange, local, commands, now, account} = runtime;
	return async line => {
		const looks = new Map<string, {readonly done: Promise<void>; found?: unknown}>();
		/** Undefined while it is being looked up, null when that failed. */
		const look = <T>(key: string, find: () => Promise<T>): T | undefined | null => {
			const known = looks.get(key);
			if (known) return known.found as T | undefined | null;
			const started: {done: Promise<void>; found?: unknown} = {
				done: find().then(
					found => {
						started.found = found;
					},
					() => {
						started.found = null;
					},
				),
			};
			looks.set(key, started);
			return undefined;
		};
		const sources: CompletionSources = {
			commands,
			session: session(),
			user: () => look('user', () => exchange.user()),
			stores: () => look('stores', () => exchange.listDataStores()),
			listing: id => exchange.cachedListing(id) ?? look(`listing ${id}`, () => exchange.listDirectory(id)),
			databases: () => look('databases', () => exchange.timeSeries.listDatabases()),
			collaboratives: () => look('collaboratives', () => exchange.sharing.listCollaboratives()),
			services: id => look(`services ${id}`, () => exchange.sharing.listServices(id)),
			...(account && {profiles: () => look('profiles', account.profiles)}),
			latest: id => look(`latest ${id}`, () => exchange.timeSeries.latest(id)),
			localEntries: typed => {
				const directory = local.resolve(session().localDirectory, typed || '.');
				return look(`local ${directory}`, () => local.list(directory));
			},
		};
		for (;;) {
			const completion = complete({line, cursor: line.length}, sources);
			if (!completion.pending) {
				return [listed(completion.candidates, now()), line.slice(completion.start)];
			}
			await Promise.all([...looks.values()].map(({done}) => done));
		}
	};
}

function listed(candidates: readonly Candidate[], now: number): string[] {
	const inserts = candidates.map(({insert}) => insert);
	// What all have in common must end before the values.
	if (new Set(inserts).size < 2 || new Set(inserts).size < inserts.length) return inserts;
	const sampled = candidates.filter(({lastValue}) => lastValue !== undefined);
	const width = Math.max(0, ...sampled.map(({insert}) => textWidth(insert)));
	const details = candidateDetails(candidates, now, Number.POSITIVE_INFINITY);
	return candidates.map(({insert, lastValue}, index) =>
		lastValue === undefined ? insert : `${padded(insert, width)} ${details[index]}`,
	);
}
