import {ShellError} from '../../../shell/errors.ts';
import {readableCount} from '../../../shell/readable.ts';
import {type EpochUnit, epochNs, guessUnit} from './cell-times.ts';
import type {ValueType} from './cell-types.ts';
import {addProblem, type ColumnSurvey, type Problems, type Survey, shownCell} from './survey.ts';

export type PlannedColumn = {
	/** In the rows of the file. */
	readonly place: number;
	readonly name: string;
	readonly type: ValueType;
	/** Cells that hold a value. */
	readonly samples: number;
	readonly example: string;
};

/** How the rows of a file become records. */
export type Plan = {
	readonly columns: readonly PlannedColumn[];
	readonly timePlace: number;
	/** Undefined: the file has dates. */
	readonly unit: EpochUnit | undefined;
	/** Rows with a value. */
	readonly rows: number;
	/** Rows without one; they are left out. */
	readonly empty: number;
	/** Epoch, ns. */
	readonly first: bigint;
	/** Epoch, ns. */
	readonly last: bigint;
};

type Options = {
	readonly file: string;
	readonly timePlace: number;
	/** Undefined: guessed by magnitude. */
	readonly unit: EpochUnit | undefined;
	readonly types: ReadonlyMap<string, ValueType>;
	readonly constants: ReadonlyMap<string, string | undefined>;
};

/**
 * Decides on types and times. Adds to the file's problems what does not fit; throws `usage` where something
 * has to be said first, such as the unit of the times.
 */
export function planOf(found: Survey, {file, timePlace, unit, types, constants}: Options): Plan {
	const columns = found.columns.flatMap((column, place): PlannedColumn[] => {
		if (place === timePlace || column.filled === 0 || constants.has(column.name)) return [];
		if (column.name === '') {
			throw new ShellError('failed', `${file}: column ${place + 1} has values and no name`);
		}
		const type = types.get(column.name) ?? inferred(column, found.problems);
		return [{place, name: column.name, type, samples: column.filled, example: column.example}];
	});
	const {times} = found;
	const {empty} = found;
	const rows = found.rows - empty;
	if (times === null || found.problems.count > 0) {
		return {columns, timePlace, unit, rows, empty, first: 0n, last: 0n};
	}
	if (times.kind === 'moment') {
		if (unit !== undefined) {
			throw new ShellError('usage', `--unit ${unit}: the times of ${file} are dates, not numbers`);
		}
		return {columns, timePlace, unit, rows, empty, first: times.first, last: times.last};
	}
	const known = unit ?? guessUnit(times.first, times.last, file);
	const at = (scaled: bigint) => epochNs({scaled}, known);
	return {columns, timePlace, unit: known, rows, empty, first: at(times.first), last: at(times.last)};
}

/** The narrowest type that all cells have. Where most are numbers the others are taken for slips. */
function inferred(column: ColumnSurvey, problems: Problems): ValueType {
	const {name, filled, counts, strangers, unreal} = column;
	const all = (['BIGINT', 'DOUBLE', 'BOOLEAN', 'TIMESTAMP'] as const).find(type => counts[type] === filled);
	if (all) return all;
	const numbers = counts.DOUBLE + unreal.length;
	if (numbers * 2 <= filled) return 'VARCHAR';
	for (const {line, text} of unreal) {
		const what = 'cannot be stored: leave the cell empty where there is no value';
		addProblem(problems, line, `${name}: ${shownCell(text)} ${what}`);
	}
	const lines = new Set(unreal.map(({line}) => line));
	const others = strangers.DOUBLE.filter(({line}) => !lines.has(line));
	const counted = `${readableCount(counts.DOUBLE)} of ${readableCount(filled)}`;
	for (const {line, text} of others) {
		const what = `is no number, as ${counted} are (--type '${name}=VARCHAR' takes them all as text)`;
		addProblem(problems, line, `${name}: ${shownCell(text)} ${what}`);
	}
	problems.count += Math.max(0, filled - counts.DOUBLE - unreal.length - others.length);
	return 'DOUBLE';
}
