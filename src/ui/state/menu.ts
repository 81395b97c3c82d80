import type {Candidate, Completion} from '../../shell/complete.ts';

/** The completion menu under the prompt. */
export type Menu = {
	readonly completion: Completion;
	/** Index of the marked candidate; undefined until the menu is walked. */
	readonly selected: number | undefined;
	/** Tab was pressed before the names were here: it acts when they come. */
	readonly waiting: boolean;
};

export function openMenu(completion: Completion, waiting = false): Menu {
	return {completion, selected: undefined, waiting};
}

/** Marks the next (1) or the previous (-1) candidate, around both ends. */
export function moveMenu(menu: Menu, by: number): Menu {
	const {length} = menu.completion.candidates;
	if (length === 0) return menu;
	const from = menu.selected ?? (by > 0 ? -1 : 0);
	return {...menu, selected: (from + by + length) % length};
}

export function selectedOf(menu: Menu | undefined): Candidate | undefined {
	return menu?.selected === undefined ? undefined : menu.completion.candidates[menu.selected];
}

/** The menu after its names were looked up again: the mark stays on the candidate it was on. */
export function refreshMenu(menu: Menu, completion: Completion): Menu {
	const before = selectedOf(menu);
	const at = before
		? completion.candidates.findIndex(({insert, kind}) => insert === before.insert && kind === before.kind)
		: -1;
	return {completion, selected: at === -1 ? undefined : at, waiting: menu.waiting && completion.pending};
}
