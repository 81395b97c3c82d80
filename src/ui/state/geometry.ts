export type Size = {readonly columns: number; readonly rows: number};

/** In the order in which the keys go from one to the next. */
export const panes = ['shell', 'tree', 'series'] as const;

export type Pane = (typeof panes)[number];

/** A pane that stands beside the shell, or in its place. */
export type SidePane = Exclude<Pane, 'shell'>;

/** Columns and rows of a pane, borders included. */
export type Extent = {readonly width: number; readonly height: number};

/** Which panes are on the screen, and how large. `plain`: the shell alone, without borders or bars. */
export type Geometry =
	| {readonly kind: 'plain'; readonly shell: Extent; readonly tree?: undefined; readonly series?: undefined}
	| {readonly kind: 'panes'; readonly shell?: Extent; readonly tree?: Extent; readonly series?: Extent};

export const smallest: Size = {columns: 60, rows: 16};

/** Beneath this width one pane is shown at a time. */
const sideBySide = 110;
const wide = 160;
/** 100 columns of text with its frame. */
const shellEnough = 104;
/** The status line and the line of keys. */
const bars = 2;

/** Whether a window has room for one pane at a time only. */
export function isNarrow({columns}: Size): boolean {
	return columns < sideBySide;
}

/** `focus` is the pane shown alone; `sides`: the panes there are beside the shell. With both the series stand above the tree. */
export function geometryOf(
	size: Size,
	focus: Pane,
	zoomed: boolean,
	sides: readonly SidePane[] = ['tree'],
): Geometry {
	const {columns, rows} = size;
	if (columns < smallest.columns || rows < smallest.rows) {
		return {kind: 'plain', shell: {width: columns, height: rows - 1}};
	}
	const height = rows - bars;
	if (zoomed || isNarrow(size)) return {kind: 'panes', [focus]: {width: columns, height}};
	if (sides.length === 0) return {kind: 'panes', shell: {width: columns, height}};
	const hasSeries = sides.includes('series');
	const shell = {width: shellWidth(columns, hasSeries), height};
	const width = columns - shell.width;
	if (!hasSeries) return {kind: 'panes', shell, tree: {width, height}};
	if (!sides.includes('tree')) return {kind: 'panes', shell, series: {width, height}};
	const upper = Math.round(height * 0.6);
	return {kind: 'panes', shell, series: {width, height: upper}, tree: {width, height: height - upper}};
}

/** A row of values needs more room than a file name. */
function shellWidth(columns: number, hasSeries: boolean): number {
	const share = hasSeries ? 0.57 : 0.6;
	if (columns <= wide) return Math.round(columns * share);
	return Math.min(shellEnough, Math.max(Math.floor(columns / 2), Math.round(wide * share)));
}

/** What fits between the borders, a blank column on either side. */
export function inside({width, height}: Extent): Extent {
	return {width: width - 4, height: height - 2};
}
