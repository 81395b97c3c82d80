import type {ValueType} from './cell-types.ts';

/** One row of a file: its cells by column, missing ones empty, and the line it begins in, from 1. */
export type FileRow = {readonly line: number; readonly cells: readonly string[]};

/** One reading of a file from its beginning. */
export type Reading = {
	/** Names by place; of a JSON file they become more while its rows are read, always in the same order. */
	readonly columns: readonly string[];
	/** In order, some at a time. */
	readonly rows: AsyncIterable<readonly FileRow[]>;
	/** There for a file of samples: its first column is the time, and every other one an attribute. */
	readonly series?: SeriesNotes;
};

/** What the number of a row counts. */
export type RowWord = 'line' | 'moment';

/** What a file of samples says besides them; complete when the first row comes. */
export type SeriesNotes = {
	/** Of attributes. */
	readonly types: Map<string, ValueType>;
	/** The assets, with the line each is first seen in. */
	readonly assets: Map<string, number>;
	/** Rows of an export are counted, as it has no line for each. */
	counts: RowWord;
};

/** Something wrong with a row. */
export type Problem = {readonly line: number; readonly text: string};

/** The longest row, in characters: what is longer is no row of samples, and must not fill the memory. */
export const longestRow = 1_000_000;

/** The longest asset of an export, in characters: it is parsed as a whole. */
export const longestAsset = 64_000_000;
