import {argumentAt, type Earlier} from './argument-at.ts';
import type {Command, Spec} from './command.ts';
import {completeLocal} from './complete-local.ts';
import {completeRemote, completeStores} from './complete-remote.ts';
import {completeAssignment, completeDatabases, completeSeries} from './complete-series.ts';
import {completeCollaboratives, completeServices} from './complete-sharing.ts';
import {timesFor} from './complete-times.ts';
import {
	type Candidate,
	type Completion,
	type CompletionRequest,
	type CompletionSources,
	joinOffers,
	nothing,
	type Offer,
} from './completion.ts';
import type {Option} from './options.ts';
import {isPlainWord, isPrintable, quoteWord} from './quote.ts';
import {indexNames, rankNames} from './rank.ts';
import {optionForms} from './usage.ts';
import {type WordAtCursor, wordAt} from './word-at.ts';

export type {Candidate, Completion, CompletionRequest, CompletionSources} from './completion.ts';

/**
 * What the word at the cursor may become: by its position a command, a flag, or a value of the kind that
 * the command's specs name. Never waits: what has to be fetched makes it `pending`.
 */
export function complete({line, cursor}: CompletionRequest, sources: CompletionSources): Completion {
	const word = wordAt(line, cursor);
	if (!word) return {start: cursor, end: cursor, candidates: [], total: 0, common: undefined, pending: false};
	const {offer, glued} = offerFor(word, sources);
	const typed = word.text.slice(glued.length);
	const longer = offer.common !== undefined && offer.common.length > typed.length ? offer.common : undefined;
	return {
		start: word.start,
		end: word.end,
		candidates: glued
			? offer.candidates.map(candidate => ({...candidate, insert: glued + candidate.insert}))
			: offer.candidates,
		total: offer.total,
		common: longer && isPrintable(longer) ? openQuote(glued, longer, word.quote) : undefined,
		pending: offer.pending,
		reason: offer.candidates.length === 0 ? offer.reason : undefined,
	};
}

function offerFor(word: WordAtCursor, sources: CompletionSources): {offer: Offer; glued: string} {
	if (word.place === 'file') return {offer: completeLocal(word.text, sources, false), glued: ''};
	if (word.place === 'command') return {offer: completeCommands(word.text, sources.commands), glued: ''};
	const [verb, ...before] = word.words;
	const command = sources.commands.find(({name, aliases}) => name === verb || aliases?.includes(verb!));
	if (!command) return {offer: nothing, glued: ''};
	const wanted = argumentAt(command, before, word.text);
	if (wanted.kind === 'flag') return {offer: completeFlags(word.text, wanted.options), glued: ''};
	const value = word.text.slice(wanted.glued);
	const offers = wanted.specs.map(spec => completeValue(value, spec, sources, wanted.earlier));
	return {offer: offers.reduce(joinOffers, nothing), glued: word.text.slice(0, wanted.glued)};
}

function completeValue(
	text: string,
	spec: Spec,
	sources: CompletionSources,
	earlier: readonly Earlier[],
): Offer {
	switch (spec.kind) {
		case 'path':
		case 'directory':
			return completeRemote(text, sources, spec.kind === 'directory');
		case 'local':
			return spec.assigns
				? joinOffers(completeAssignment(text, sources, earlier), completeLocal(text, sources, false))
				: completeLocal(text, sources, false);
		case 'local-directory':
			return completeLocal(text, sources, true);
		case 'store':
			return completeStores(text, sources);
		case 'command':
			return completeCommands(text, sources.commands);
		case 'database':
			return completeDatabases(text, sources);
		case 'collaborative':
			return completeCollaboratives(text, sources);
		case 'service':
			return completeServices(text, sources, spec.own);
		case 'profile':
			return completeProfiles(text, sources);
		case 'asset':
		case 'attribute':
		case 'series':
		case 'selection':
			return completeSeries(text, spec.kind, sources, earlier);
		case 'time':
		case 'duration':
			return completeTimes(text, spec.kind);
		default:
			return spec.choices ? completeChoices(text, spec.choices, spec.help) : nothing;
	}
}

function completeCommands(text: string, commands: readonly Command[]): Offer {
	const named = commands.flatMap(({name, aliases = [], summary}) =>
		[name, ...aliases].map(word => ({name: word, summary})),
	);
	return offerNames(text, named, ({name, summary}, indexes) => ({
		insert: `${name} `,
		label: name,
		kind: 'command',
		summary,
		indexes,
	}));
}

function completeProfiles(text: string, {profiles}: CompletionSources): Offer {
	const found = profiles?.();
	if (!found) return {...nothing, pending: profiles !== undefined && found === undefined};
	return offerNames(text, found, ({name, endpoint}, indexes) => ({
		insert: `${name} `,
		label: name,
		kind: 'profile',
		summary: endpoint ?? 'local exchange',
		indexes,
	}));
}

function completeFlags(text: string, options: readonly Option[]): Offer {
	const letters = options.filter(({spec}) => spec.short);
	if (/^-[^-]?$/.test(text)) {
		const shown = text === '-' ? options : letters.filter(({spec}) => spec.short === text[1]);
		const candidates = shown.map(option => flagCandidate(option, option.spec.short !== undefined));
		return {...nothing, candidates, total: candidates.length};
	}
	const named = options.map(option => ({name: `--${option.long}`, option}));
	return offerNames(text, named, ({option}) => flagCandidate(option, false));
}

function flagCandidate(option: Option, short: boolean): Candidate {
	return {
		insert: short ? `-${option.spec.short} ` : `--${option.long} `,
		label: optionForms(option),
		kind: 'flag',
		summary: option.spec.help,
	};
}

function completeChoices(text: string, choices: readonly string[], summary: string): Offer {
	const named = choices.map(name => ({name}));
	return offerNames(text, named, ({name}, indexes) => ({
		insert: `${quoteWord(name)} `,
		label: name,
		kind: 'flag',
		summary,
		indexes,
	}));
}

function completeTimes(text: string, kind: 'time' | 'duration'): Offer {
	return offerNames(text, timesFor(kind), ({name, summary}, indexes) => ({
		insert: `${quoteWord(name)} `,
		label: name,
		kind: 'time',
		summary,
		indexes,
	}));
}

function offerNames<T extends {readonly name: string}>(
	text: string,
	items: readonly T[],
	candidate: (item: T, indexes: readonly number[]) => Candidate,
): Offer {
	const {matches, ...ranked} = rankNames(indexNames(items.map(({name}) => name)), text);
	const candidates = matches.map(({place, indexes}) => candidate(items[place]!, indexes));
	return {...ranked, candidates, pending: false};
}

/** An unfinished word: its quote stays open, so that typing goes on inside it. */
function openQuote(glued: string, text: string, quote: WordAtCursor['quote']): string {
	if (!quote && isPlainWord(text)) return glued + text;
	const open = quote ?? (text.includes("'") ? '"' : "'");
	if (open === "'" && !text.includes("'")) return `${glued}'${text}`;
	return `${glued}"${text.replace(/["\\$`]/g, '\\$&')}`;
}
