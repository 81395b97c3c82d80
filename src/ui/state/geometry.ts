export type Size = {readonly columns: number; readonly rows: number};

/** Beside the shell or in its place, top to bottom. */
export const sidePanes = ['series', 'tree', 'collaboratives'] as const;

/** In the order in which the keys go from one to the next: as they stand on the screen. */
export const panes = ['shell', ...sidePanes] as const;

export type Pane = (typeof panes)[number];

/** A pane that stands beside the shell, or in its place. */
export type SidePane = (typeof sidePanes)[number];

/** Columns and rows of a pane, borders included. */
export type Extent = {readonly width: number; readonly height: number};

/** Which panes are on the screen, and how large. `plain`: the shell alone, without borders or bars. */
export type Geometry =
	| ({readonly kind: 'plain'; readonly shell: Extent} & {readonly [Name in SidePane]?: undefined})
	| ({readonly kind: 'panes'} & {readonly [Name in Pane]?: Extent});

export const smallest: Size = {columns: 60, rows: 16};

/** Beneath this width one pane is shown at a time. */
const sideBySide = 110;
const wide = 160;
/** 100 columns of text with its frame. */
const shellEnough = 104;
/** The status line and the line of keys. */
const bars = 2;
/** From so many rows on there is room for two, and for three panes beside the shell. */
const roomy = [24, 50] as const;
/** How those beside the shell share its height, the last one taking what is left. */
const shares = [[], [], [0.6], [0.4, 0.3]] as const;

/** Whether a window has room for one pane at a time only. */
export function isNarrow({columns}: Size): boolean {
	return columns < sideBySide;
}

/** How many panes there is room for beside the shell. */
export function roomBeside({rows}: Size): number {
	return 1 + roomy.filter(enough => rows >= enough).length;
}

/**
 * `focus` is the pane shown alone; `sides`: those beside the shell, as many as there is room for at most. `isWide`:
 * the shell leaves them the room that a row of values needs.
 */
export function geometryOf(
	size: Size,
	focus: Pane,
	zoomed: boolean,
	sides: readonly SidePane[] = ['tree'],
	isWide = sides.includes('series'),
): Geometry {
	const {columns, rows} = size;
	if (columns < smallest.columns || rows < smallest.rows) {
		return {kind: 'plain', shell: {width: columns, height: rows - 1}};
	}
	const height = rows - bars;
	if (zoomed || isNarrow(size)) return {kind: 'panes', [focus]: {width: columns, height}};
	if (sides.length === 0) return {kind: 'panes', shell: {width: columns, height}};
	const shell = {width: shellWidth(columns, isWide), height};
	const width = columns - shell.width;
	const inOrder = sidePanes.filter(pane => sides.includes(pane));
	const extents: {[Name in SidePane]?: Extent} = {};
	let left = height;
	for (const [index, pane] of inOrder.entries()) {
		const share = shares[inOrder.length as 1 | 2 | 3][index];
		const own = share === undefined ? left : Math.round(height * share);
		extents[pane] = {width, height: own};
		left -= own;
	}
	return {kind: 'panes', shell, ...extents};
}

/** A row of values needs more room than a file name. */
function shellWidth(columns: number, isWide: boolean): number {
	const share = isWide ? 0.57 : 0.6;
	if (columns <= wide) return Math.round(columns * share);
	return Math.min(shellEnough, Math.max(Math.floor(columns / 2), Math.round(wide * share)));
}

/** What fits between the borders, a blank column on either side. */
export function inside({width, height}: Extent): Extent {
	return {width: width - 4, height: height - 2};
}
