import type {Action} from '../key-table.ts';
import {type Edit, insertText} from './line.ts';
import {type Menu, moveMenu, selectedOf} from './menu.ts';
import {
	firstWord,
	historyNewer,
	historyOlder,
	type Prompt,
	promptCleared,
	promptEdited,
	promptReplaced,
	promptTyped,
	searchEnded,
	searchOlder,
	searchStarted,
	searchTyped,
	suggestion,
} from './prompt.ts';

/** The prompt after typed text. */
export function promptText(prompt: Prompt, text: string, history: readonly string[]): Prompt {
	return prompt.search ? searchTyped(prompt, prompt.search.query + text, history) : promptTyped(prompt, text);
}

/** The prompt after an action that concerns nothing but it; other actions leave it as it is. */
export function promptAction(prompt: Prompt, action: Action, history: readonly string[]): Prompt {
	switch (action) {
		case 'menu-next':
			return prompt.menu ? menuNext(prompt, prompt.menu) : prompt;
		case 'menu-previous':
			return prompt.menu ? {...prompt, menu: moveMenu(prompt.menu, -1)} : prompt;
		case 'menu-take': {
			const candidate = selectedOf(prompt.menu);
			if (!candidate || !prompt.menu) return prompt;
			const {start, end} = prompt.menu.completion;
			return promptReplaced(prompt, start, end, candidate.insert);
		}
		case 'menu-close':
			return {...prompt, menu: undefined};
		case 'history-older':
			return historyOlder(prompt, history);
		case 'history-newer':
			return historyNewer(prompt, history);
		case 'search':
			return searchStarted(prompt);
		case 'search-older':
			return searchOlder(prompt, history);
		case 'search-take':
		case 'search-cancel':
			return searchEnded(prompt, action === 'search-take');
		case 'suggested-word': {
			const suggested = suggestion(prompt, history);
			return suggested === ''
				? promptEdited(prompt, 'word-right')
				: promptTyped(prompt, firstWord(suggested));
		}
		case 'right':
		case 'end': {
			const suggested = suggestion(prompt, history);
			return suggested === '' ? promptEdited(prompt, action) : promptTyped(prompt, suggested);
		}
		case 'erase':
			return prompt.search
				? searchTyped(prompt, prompt.search.query.slice(0, -1), history)
				: promptEdited(prompt, action);
		case 'new-row':
			return {line: insertText(prompt.line, '\n')};
		case 'interrupt':
			return promptCleared(prompt);
		default:
			return isEdit(action) ? promptEdited(prompt, action) : prompt;
	}
}

/** Walks on; takes the only name there is; before there are any, waits for them. */
function menuNext(prompt: Prompt, menu: Menu): Prompt {
	const {candidates, total, pending, start, end} = menu.completion;
	if (pending && candidates.length === 0) return {...prompt, menu: {...menu, waiting: true}};
	if (total === 1 && !pending) return promptReplaced(prompt, start, end, candidates[0]!.insert);
	return {...prompt, menu: moveMenu(menu, 1)};
}

const edits = new Set<string>([
	'left',
	'word-left',
	'word-right',
	'home',
	'delete',
	'erase-word',
	'erase-argument',
	'delete-word',
	'kill-start',
	'kill-end',
	'yank',
	'rotate',
	'transpose',
	'undo',
] satisfies Edit[]);

function isEdit(action: Action): action is Edit & Action {
	return edits.has(action);
}
