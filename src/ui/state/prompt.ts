import {findByPrefix, reverseSearch} from '../../shell/history.ts';
import {cleared, type Edit, edit, emptyLine, insertText, type Line, replaceText, setText} from './line.ts';
import type {Menu} from './menu.ts';

/** The prompt: a line, and how the user came to it. */
export type Prompt = {
	readonly line: Line;
	/** While Up and Down walk the history: the entry shown, and what was typed before. */
	readonly browsing?: {readonly at: number; readonly draft: Line; readonly prefix: string} | undefined;
	/** While Ctrl-R searches: the entry shown, and the line to go back to. */
	readonly search?: Search | undefined;
	readonly menu?: Menu | undefined;
};

export type Search = {readonly query: string; readonly at: number | undefined; readonly draft: Line};

/** Lines entered before, oldest first. */
type History = readonly string[];

export const emptyPrompt: Prompt = {line: emptyLine};

export function promptTyped(prompt: Prompt, text: string): Prompt {
	return {line: insertText(prompt.line, text), menu: prompt.menu};
}

export function promptEdited(prompt: Prompt, what: Edit): Prompt {
	const line = edit(prompt.line, what);
	return line === prompt.line ? prompt : {line, menu: prompt.menu};
}

/** Puts a text into the prompt, as if it had been typed. */
export function promptFilled(prompt: Prompt, text: string): Prompt {
	return {line: setText(prompt.line, text)};
}

export function promptReplaced(prompt: Prompt, start: number, end: number, text: string): Prompt {
	return {line: replaceText(prompt.line, start, end, text)};
}

export function promptCleared(prompt: Prompt): Prompt {
	return {line: cleared(prompt.line)};
}

/** The entry before the one shown that begins with what stood left of the caret when the walk began. */
export function historyOlder(prompt: Prompt, history: History): Prompt {
	const browsing = prompt.browsing ?? {
		at: history.length,
		draft: prompt.line,
		prefix: prompt.line.text.slice(0, prompt.line.cursor),
	};
	const at = findByPrefix(history, browsing.prefix, browsing.at, -1, prompt.line.text);
	return at === undefined ? prompt : {line: setText(prompt.line, history[at]!), browsing: {...browsing, at}};
}

/** The entry after the one shown; behind the last one stands the draft, caret where it was. */
export function historyNewer(prompt: Prompt, history: History): Prompt {
	const {browsing} = prompt;
	if (!browsing) return prompt;
	const at = findByPrefix(history, browsing.prefix, browsing.at, 1, prompt.line.text);
	if (at === undefined) return {line: browsing.draft};
	return {line: setText(prompt.line, history[at]!), browsing: {...browsing, at}};
}

/** What the newest entry that begins with the line would add to it; empty when there is none. */
export function suggestion(prompt: Prompt, history: History): string {
	const {text, cursor} = prompt.line;
	if (text === '' || cursor !== text.length || prompt.menu || prompt.search || prompt.browsing) return '';
	const entry = history.findLast(line => line.length > text.length && line.startsWith(text));
	return entry === undefined || entry.includes('\n') ? '' : entry.slice(text.length);
}

/** The next word of a suggestion, with the spaces before it. */
export function firstWord(suggested: string): string {
	return suggested.match(/^\s*(?:[^\s/]+\/?|\/)/)?.[0] ?? suggested;
}

export function searchStarted(prompt: Prompt): Prompt {
	return {line: prompt.line, search: {query: '', at: undefined, draft: prompt.line}};
}

/** The newest entry, from the one shown on back, that holds the query; the line stays when there is none. */
export function searchTyped(prompt: Prompt, query: string, history: History): Prompt {
	if (!prompt.search) return prompt;
	const {at, draft} = prompt.search;
	if (query === '') return {line: draft, search: {query, at: undefined, draft}};
	// A shorter query may have a newer match.
	const isLonger = query.startsWith(prompt.search.query);
	return searched(prompt, query, history, isLonger && at !== undefined ? at + 1 : history.length);
}

/** The next older entry that holds the query. */
export function searchOlder(prompt: Prompt, history: History): Prompt {
	return prompt.search?.at === undefined
		? prompt
		: searched(prompt, prompt.search.query, history, prompt.search.at);
}

/** Leaves the search with its match in the line, or with the line as it was before. */
export function searchEnded(prompt: Prompt, take: boolean): Prompt {
	return {line: take || !prompt.search ? prompt.line : prompt.search.draft};
}

function searched(prompt: Prompt, query: string, history: History, before: number): Prompt {
	const search = {...prompt.search!, query};
	const found = reverseSearch(history, query, before);
	if (!found) return {line: prompt.line, search};
	const line = setText(prompt.line, history[found.index]!, found.at + query.length);
	return {line, search: {...search, at: found.index}};
}
