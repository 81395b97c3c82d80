export type Size = {readonly columns: number; readonly rows: number};

export type Pane = 'shell' | 'tree';

/** Columns and rows of a pane, borders included. */
export type Extent = {readonly width: number; readonly height: number};

/** Which panes are on the screen, and how large. `plain`: the shell alone, without borders or bars. */
export type Geometry =
	| {readonly kind: 'plain'; readonly shell: Extent; readonly tree?: undefined}
	| {readonly kind: 'panes'; readonly shell?: Extent; readonly tree?: Extent};

export const smallest: Size = {columns: 60, rows: 16};

/** Beneath this width one pane is shown at a time. */
const sideBySide = 110;
const wide = 160;
/** 100 columns of text with its frame. */
const shellEnough = 104;
/** The status line and the line of keys. */
const bars = 2;

export function geometryOf({columns, rows}: Size, focus: Pane, zoomed: boolean): Geometry {
	if (columns < smallest.columns || rows < smallest.rows) {
		return {kind: 'plain', shell: {width: columns, height: rows - 1}};
	}
	const height = rows - bars;
	if (zoomed || columns < sideBySide) return {kind: 'panes', [focus]: {width: columns, height}};
	const width =
		columns <= wide
			? Math.round(columns * 0.6)
			: Math.min(shellEnough, Math.max(Math.floor(columns / 2), Math.round(wide * 0.6)));
	return {kind: 'panes', shell: {width, height}, tree: {width: columns - width, height}};
}

/** What fits between the borders, a blank column on either side. */
export function inside({width, height}: Extent): Extent {
	return {width: width - 4, height: height - 2};
}
