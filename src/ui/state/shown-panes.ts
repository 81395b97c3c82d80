import {isNarrow, type Pane, roomBeside, type SidePane, type Size, sidePanes} from './geometry.ts';

/** Which panes stand beside the shell. */
export type ShownPanes = {
	/** Panes put out of the way. */
	readonly hidden: ReadonlySet<SidePane>;
	/** All of them, the one used last first: where there is no room for all, those used last are shown. */
	readonly used: readonly SidePane[];
};

/** The same as one session leaves it for the next: names of panes. */
export type SavedPanes = {readonly hidden: readonly string[]; readonly used: readonly string[]};

const atFirst: readonly SidePane[] = ['tree', 'series', 'collaboratives'];

/** Names that this version does not know are passed over, panes that the saved ones lack come last. */
export function shownPanes(saved: Partial<SavedPanes> = {}): ShownPanes {
	const known = (names: readonly string[] = []) =>
		[...new Set(names)].filter(name => sidePanes.some(pane => pane === name)) as SidePane[];
	const used = known(saved.used);
	return {
		hidden: new Set(known(saved.hidden)),
		used: [...used, ...atFirst.filter(pane => !used.includes(pane))],
	};
}

export function savedPanes({hidden, used}: ShownPanes): SavedPanes {
	return {hidden: [...hidden], used};
}

/** Now it is the one used last, but for the one that has the keys. */
export function paneUsed<T extends ShownPanes>(shown: T, pane: SidePane, focus: Pane = pane): T {
	const first = focus === 'shell' ? [pane] : [...new Set([focus, pane])];
	const used = [...first, ...shown.used.filter(other => !first.includes(other))];
	return used.every((other, index) => other === shown.used[index]) ? shown : {...shown, used};
}

/** Those of the panes that there is room for beside the shell. */
export function panesBeside(
	size: Size,
	{used}: Pick<ShownPanes, 'used'>,
	there: readonly SidePane[],
): readonly SidePane[] {
	if (isNarrow(size)) return there;
	return used.filter(pane => there.includes(pane)).slice(0, roomBeside(size));
}
