/** One row of a file: its cells by column, missing ones empty, and the line it begins in, from 1. */
export type FileRow = {readonly line: number; readonly cells: readonly string[]};

/** One reading of a file from its beginning. */
export type Reading = {
	/** Names by place; of a JSON file they become more while its rows are read, always in the same order. */
	readonly columns: readonly string[];
	/** In order, some at a time. */
	readonly rows: AsyncIterable<readonly FileRow[]>;
};

/** Something wrong with a row. */
export type Problem = {readonly line: number; readonly text: string};

/** The longest row, in characters: what is longer is no row of samples, and must not fill the memory. */
export const longestRow = 1_000_000;
