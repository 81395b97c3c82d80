import type {Paint} from './colors.ts';

/** Screen lines, made one by one when asked for. */
export type Lines = {
	readonly length: number;
	/** One line, never wider than the width it was laid out for; `index` from 0 to `length - 1`. */
	readonly at: (index: number) => string;
};

export type LayoutOptions = {
	/** Columns. */
	readonly width: number;
	/** Rows of the window, where known: a chart is lower in a short one. */
	readonly rows?: number;
	readonly color: boolean;
	/** Epoch, ms: what "today" and "half a year ago" are measured from. */
	readonly now: number;
};

/** What the parts of a layout work with. */
export type Page = LayoutOptions & {readonly paint: Paint};

export const noLines: Lines = {length: 0, at: () => ''};

export function linesOf(lines: readonly string[]): Lines {
	return {length: lines.length, at: index => lines[index] ?? ''};
}
