import type {Completion} from '../../shell/complete.ts';
import {openMenu, refreshMenu} from './menu.ts';
import {type Prompt, promptReplaced} from './prompt.ts';

/** Completes a line; answers at once. */
export type Complete = (request: {readonly line: string; readonly cursor: number}) => Completion;

/** After Tab: the only name goes into the line; else what the names have in common does, and a menu opens. */
export function completed(prompt: Prompt, complete: Complete): Prompt {
	const completion = ask(prompt, complete);
	const {candidates, start, end, common, pending} = completion;
	if (pending && candidates.length === 0) return {...prompt, menu: openMenu(completion, true)};
	if (candidates.length === 1 && completion.total === 1 && !pending) {
		return promptReplaced(prompt, start, end, candidates[0]!.insert);
	}
	if (common === undefined) return {...prompt, menu: openMenu(completion, pending)};
	const longer = promptReplaced(prompt, start, end, common);
	return {...longer, menu: openMenu(ask(longer, complete), pending)};
}

/** An open menu after the line has changed, or after names have come: narrowed, or closed when nothing is left. */
export function lookedUp(prompt: Prompt, complete: Complete, why: 'typed' | 'arrived'): Prompt {
	const {menu} = prompt;
	if (!menu) return prompt;
	const completion = ask(prompt, complete);
	if (why === 'arrived' && menu.waiting && !completion.pending)
		return completed({...prompt, menu: undefined}, complete);
	const isElsewhere = completion.start !== menu.completion.start;
	const isOver = completion.candidates.length === 0 && !completion.pending;
	if (why === 'typed' && (isElsewhere || isOver)) return {...prompt, menu: undefined};
	const refreshed = refreshMenu(menu, completion);
	return {...prompt, menu: why === 'typed' ? {...refreshed, selected: undefined, waiting: false} : refreshed};
}

function ask({line: {text, cursor}}: Prompt, complete: Complete): Completion {
	return complete({line: text, cursor});
}
