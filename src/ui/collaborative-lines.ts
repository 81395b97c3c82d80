import {collaborativesNamed} from '../shell/collaboratives.ts';
import type {User} from '../shell/ports.ts';
import {quoteWord} from '../shell/quote.ts';
import {distinctServices, wordFor} from '../shell/services.ts';
import type {Collaborative, Service} from '../shell/sharing.ts';

export type KnownNames = {
	readonly user: User | undefined;
	readonly collaboratives: readonly Collaborative[];
	/** Stores and databases of one's lists; undefined while they are not known: then ids alone are safe. */
	readonly listed: readonly Service[] | undefined;
	/** What is known to be shared. */
	readonly shared: readonly Service[];
};

function openVerb({serviceType}: Service): 'use' | 'db' | undefined {
	return ({DATA_STORE: 'use', TIME_SERIES_DB: 'db'} as const)[serviceType as string];
}

/** Whether the shell knows what to do with services of its type. */
export function canOpen(service: Service): boolean {
	return openVerb(service) !== undefined;
}

/** Undefined for what the shell cannot open. */
export function openLine(service: Service, known: KnownNames): string | undefined {
	const verb = openVerb(service);
	if (verb === undefined) return undefined;
	// The verb says which type is meant.
	return line(verb, [wordOf(service, known, other => other.serviceType === service.serviceType)]);
}

export function shareLine(service: Service, collaborative: Collaborative, known: KnownNames): string {
	return changeLine('share', service, collaborative, known);
}

export function unshareLine(service: Service, collaborative: Collaborative, known: KnownNames): string {
	return changeLine('unshare', service, collaborative, known);
}

export function whyLine(service: Service, known: KnownNames): string {
	return line('why', [wordOf(service, known)]);
}

function changeLine(
	verb: 'share' | 'unshare',
	service: Service,
	collaborative: Collaborative,
	known: KnownNames,
): string {
	const isOwn = ({ownerUserId}: Service) => ownerUserId !== null && ownerUserId === known.user?.userId;
	// Of the things of one name these verbs take one's own.
	const word = wordOf(service, known, isOwn(service) ? isOwn : undefined);
	const {name, collaborativeId} = collaborative;
	const isOnly = collaborativesNamed(known.collaboratives, name).length === 1;
	return line(verb, [word, isOnly ? name : `id:${collaborativeId}`]);
}

/** The name where it says which one among those that count is meant, else the id. */
function wordOf(
	service: Service,
	{listed, shared}: KnownNames,
	counts: (other: Service) => boolean = () => true,
): string {
	if (!listed) return `id:${service.serviceId}`;
	const known = distinctServices([service, ...listed, ...shared]);
	return wordFor(service, known.filter(counts));
}

/** A word that begins with a dash would be an option. */
function line(verb: string, words: readonly string[]): string {
	const isPlain = words.every(word => !word.startsWith('-'));
	return [verb, ...(isPlain ? [] : ['--']), ...words.map(quoteWord)].join(' ');
}
