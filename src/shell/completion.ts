import type {Profile} from './account.ts';
import type {Command} from './command.ts';
import type {DataStore, Listing, LocalEntry, User} from './ports.ts';
import type {Session} from './session.ts';
import type {Collaborative, Service} from './sharing.ts';
import type {LatestValues, TimeSeriesDb} from './time-series.ts';

export type Candidate = {
	/** What replaces the word: quoted where needed, with the space or `/` that follows. */
	readonly insert: string;
	/** What a menu shows: the bare name. */
	readonly label: string;
	readonly kind:
		| 'command'
		| 'flag'
		| 'store'
		| 'directory'
		| 'file'
		| 'local'
		| 'database'
		| 'collaborative'
		| 'service'
		| 'profile'
		| 'asset'
		| 'attribute'
		| 'time';
	/** Files. Bytes; null when unknown. */
	readonly bytes?: number | null;
	/** Files. ISO 8601, UTC; null when unknown. */
	readonly modified?: string | null;
	/** Assets: the attribute that the latest value is of. */
	readonly attribute?: string;
	/** Assets, attributes. The Exchange's text; null where there is no sample. */
	readonly lastValue?: string | null;
	/** ISO 8601, UTC; null where there is no sample. */
	readonly lastValueTime?: string | null;
	/** Commands, flags, stores, databases, collaboratives, services, profiles, times: what it is. */
	readonly summary?: string;
	/** Places in `label` that the typed text matched, in UTF-16 units. */
	readonly indexes?: readonly number[];
};

export type Completion = {
	/** The part of the line that a candidate's `insert` replaces, in UTF-16 units. */
	readonly start: number;
	readonly end: number;
	/** Best first; at most 100. */
	readonly candidates: readonly Candidate[];
	/** All that match, shown or not. */
	readonly total: number;
	/** What all names that begin as typed have in common, ready to insert; undefined when that is no more. */
	readonly common: string | undefined;
	/** Something needed is still being fetched: ask again when it has come. */
	readonly pending: boolean;
	/** Why there can be no candidates, and what helps; undefined where nothing is in the way. */
	readonly reason?: string | undefined;
};

/**
 * What completion looks names up in. Each answers at once from what is cached, of any age; undefined
 * means that it is being fetched now (the call starts the fetch), null that it cannot be had.
 */
export type CompletionSources = {
	readonly commands: readonly Command[];
	readonly session: Session;
	/** Whose session it is. */
	readonly user: () => Pick<User, 'userId'> | undefined | null;
	readonly stores: () => readonly DataStore[] | undefined | null;
	readonly listing: (dataStoreDirectoryId: string) => Listing | undefined | null;
	readonly databases: () => readonly TimeSeriesDb[] | undefined | null;
	readonly collaboratives: () => readonly Collaborative[] | undefined | null;
	readonly services: (collaborativeId: string) => readonly Service[] | undefined | null;
	/** Missing where there are none. */
	readonly profiles?: () => readonly Profile[] | undefined | null;
	readonly latest: (timeSeriesDbId: string) => LatestValues | undefined | null;
	/** `directory` as typed, relative to the session's local directory: ``, `../x/`, `~/`, `/tmp/`. */
	readonly localEntries: (directory: string) => readonly LocalEntry[] | undefined | null;
};

export type CompletionRequest = {
	readonly line: string;
	/** In UTF-16 units. */
	readonly cursor: number;
};

/** Candidates for the value being typed, wherever in the line it stands. */
export type Offer = Pick<Completion, 'candidates' | 'total' | 'pending' | 'reason'> & {
	/** Whether the candidates begin as typed; else they only hold what was typed. */
	readonly begins: boolean;
	/** What all of them share, when they begin as typed: unquoted, path included. */
	readonly common: string | undefined;
};

export const nothing: Offer = {candidates: [], total: 0, begins: false, common: undefined, pending: false};

/** Both offers' candidates, each once; those that begin as typed leave no place for those that do not. */
export function joinOffers(first: Offer, second: Offer): Offer {
	const both = {pending: first.pending || second.pending, reason: first.reason ?? second.reason};
	if (second.candidates.length === 0 || (first.begins && !second.begins)) return {...first, ...both};
	if (first.candidates.length === 0 || (second.begins && !first.begins)) return {...second, ...both};
	const known = new Set(first.candidates.map(({insert}) => insert));
	const added = second.candidates.filter(({insert}) => !known.has(insert));
	return {
		candidates: [...first.candidates, ...added].slice(0, 100),
		total: Math.max(first.total, second.total, first.candidates.length + added.length),
		begins: first.begins,
		common: first.common === second.common ? first.common : undefined,
		...both,
	};
}
