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
	const at = history.findLastIndex(
		(entry, index) => index < browsing.at && entry.startsWith(browsing.prefix) && entry !== prompt.line.text,
	);
	if (at === -1) return prompt;
	return {line: setText(prompt.line, history[at]!), browsing: {...browsing, at}};
}

/** The entry after the one shown; behind the last one stands the draft, caret where it was. */
export function historyNewer(prompt: Prompt, history: History): Prompt {
	const {browsing} = prompt;
	if (!browsing) return prompt;
	const at = history.findIndex(
		(entry, index) => index > browsing.at && entry.startsWith(browsing.prefix) && entry !== prompt.line.text,
	);
	if (at === -1) return {line: browsing.draft};
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

export function searchTyped(prompt: Prompt, query: string, history: History): Prompt {
	if (!prompt.search) return prompt;
	const from = prompt.search.at ?? history.length - 1;
	return found({...prompt, search: {...prompt.search, query}}, history, -1, from);
}

/** The next older match (-1), or the next newer one (1). */
export function searchMoved(prompt: Prompt, history: History, direction: -1 | 1): Prompt {
	if (!prompt.search) return prompt;
	const from = prompt.search.at === undefined ? history.length - 1 : prompt.search.at + direction;
	return found(prompt, history, direction, from, prompt.line.text);
}

/** Leaves the search with its match in the line, or with the line as it was before. */
export function searchEnded(prompt: Prompt, take: boolean): Prompt {
	return {line: take || !prompt.search ? prompt.line : prompt.search.draft};
}

function found(prompt: Prompt, history: History, direction: -1 | 1, from: number, except?: string): Prompt {
	const {query, draft} = prompt.search!;
	if (query === '') return {line: draft, search: {query, at: undefined, draft}};
	for (let at = from; at >= 0 && at < history.length; at += direction) {
		const entry = history[at]!;
		const place = entry.indexOf(query);
		if (place === -1 || entry === except) continue;
		return {line: setText(prompt.line, entry, place + query.length), search: {query, at, draft}};
	}
	return prompt;
}
