import type {CollaborativeRow, CollaborativeRows} from './collaborative-rows.ts';

/** What the pane of collaboratives remembers; who is in them and what is shared is in the cache. */
export type Collaboratives = {
	/** Key of the row that the keys act on. */
	readonly selected: string | undefined;
	/** Keys of the collaboratives and organizations shown with what is in them. */
	readonly unfolded: ReadonlySet<string>;
	/** Undefined: no filter. */
	readonly filter: string | undefined;
	/** The filter is being typed. */
	readonly isTyping: boolean;
};

export const emptyCollaboratives: Collaboratives = {
	selected: undefined,
	unfolded: new Set(),
	filter: undefined,
	isTyping: false,
};

/** Index of the selected row; the first one when what was selected is gone. */
export function collaborativeIndex({positions}: CollaborativeRows, {selected}: Collaboratives): number {
	return (selected === undefined ? undefined : positions.get(selected)) ?? 0;
}

/** The selection `by` rows further, over notes, no further than the ends. */
export function collaborativeMoved(
	pane: Collaboratives,
	{rows, positions}: CollaborativeRows,
	by: number,
): Collaboratives {
	const from = collaborativeIndex({rows, positions}, pane);
	const target = Math.max(0, Math.min(rows.length - 1, from + by));
	const back = by < 0 ? 1 : -1;
	for (const step of [-back, back]) {
		for (let at = target; rows[at]; at += step) {
			if (rows[at]!.kind !== 'note') return {...pane, selected: rows[at]!.key};
		}
	}
	return pane;
}

export function collaborativeFolded(pane: Collaboratives, key: string, isUnfolded: boolean): Collaboratives {
	const unfolded = new Set(pane.unfolded);
	if (isUnfolded) unfolded.add(key);
	else unfolded.delete(key);
	return {...pane, unfolded};
}

/** Folds the row; from one that is folded, or cannot be, goes to the row above that it belongs to. */
export function collaborativeLeft(pane: Collaboratives, row: CollaborativeRow): Collaboratives {
	if (pane.unfolded.has(row.key)) return collaborativeFolded(pane, row.key, false);
	return row.parent === undefined ? pane : {...pane, selected: row.parent};
}
