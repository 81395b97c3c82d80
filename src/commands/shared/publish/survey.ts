import {type CellTime, readTime} from './cell-times.ts';
import {isStorable, isUnreal, misfit, typesOf, type ValueType, valueTypes} from './cell-types.ts';
import type {FileRow, Problem, Reading, RowWord} from './row.ts';

/** What the cells of a column are. */
export type ColumnSurvey = {
	readonly name: string;
	/** Cells that are not empty. */
	filled: number;
	/** The first of them. */
	example: string;
	/** How many could be of a type, each by itself. */
	readonly counts: Record<ValueType, number>;
	/** The first that could not, of each type. */
	readonly strangers: Record<ValueType, Problem[]>;
	/** The first numbers that no series can hold. */
	readonly unreal: Problem[];
};

/** What a whole file holds, and what is wrong with it. */
export type Survey = {
	rows: number;
	/** Rows without a value; they are left out. */
	empty: number;
	/** Numbers count in the file's own unit, times 10⁹; moments in ns. Null in a file without rows. */
	times: {readonly kind: CellTime['kind']; first: bigint; last: bigint; isLocal: boolean} | null;
	/** Times never turn back, so that rows of the same time are neighbours. */
	isOrdered: boolean;
	readonly columns: readonly ColumnSurvey[];
	readonly problems: Problems;
};

/** The first problems of a file, and how many there are. */
export type Problems = {readonly shown: Problem[]; count: number};

export type SurveyOptions = {
	/** Finds the time column once the first columns are known. */
	readonly timePlace: (columns: readonly string[]) => number;
	/** Types that are given, by column. */
	readonly types: ReadonlyMap<string, ValueType>;
	/** Where the type of a column comes from. */
	readonly whence: (column: string) => string;
	/** Columns that are no attributes, with what they have to say in each row, if anything. */
	readonly constants: ReadonlyMap<string, string | undefined>;
	/** Called between small pieces of work. */
	readonly breathe: () => Promise<void>;
};

/** Problems that are kept to be shown. */
const shownProblems = 10;

/** Reads all of a file, keeping of it only what is said about it. */
export async function survey(reading: Reading, options: SurveyOptions): Promise<Survey> {
	const columns: ColumnSurvey[] = [];
	const found: Survey = {
		rows: 0,
		empty: 0,
		times: null,
		isOrdered: true,
		columns,
		problems: {shown: [], count: 0},
	};
	const order = orderOf(found, reading);
	let place = -1;
	for await (const rows of reading.rows) {
		if (place === -1) place = options.timePlace(reading.columns);
		for (const row of rows) {
			if (found.rows % 100 === 0) await options.breathe();
			found.rows++;
			while (columns.length < reading.columns.length) columns.push(unknown(reading.columns[columns.length]!));
			const time = timeOf(row, place, found);
			let values = 0;
			for (const [index, cell] of row.cells.entries()) {
				if (index === place || cell.trim() === '') continue;
				const column = columns[index]!;
				if (options.constants.has(column.name)) checkConstant(row, column, cell, options, found);
				else {
					take(column, row.line, cell, options, found);
					values++;
				}
			}
			if (values === 0) found.empty++;
			else if (time !== undefined) order(row, place, time);
		}
	}
	if (place === -1) options.timePlace(reading.columns);
	return found;
}

export function addProblem(problems: Problems, line: number, text: string): void {
	problems.count++;
	if (problems.shown.length < shownProblems) problems.shown.push({line, text});
}

/** A cell as an error shows it. */
export function shownCell(cell: string): string {
	return cell.length > 40 ? `“${cell.slice(0, 40)}…”` : `“${cell}”`;
}

function timeOf({line, cells}: FileRow, place: number, found: Survey): bigint | undefined {
	const cell = cells[place] ?? '';
	const time = readTime(cell);
	if (!time) {
		const what = cell.trim() === '' ? 'no time' : `${shownCell(cell)} is no time: ISO 8601 or an epoch is`;
		addProblem(found.problems, line, what);
		return undefined;
	}
	const value = time.kind === 'moment' ? time.ns : time.scaled;
	const isLocal = time.kind === 'moment' && time.isLocal;
	if (found.times === null) {
		found.times = {kind: time.kind, first: value, last: value, isLocal};
	} else if (found.times.kind !== time.kind) {
		const [here, above] =
			time.kind === 'moment' ? ['a date', 'numbers above it'] : ['a number', 'dates above it'];
		addProblem(found.problems, line, `${shownCell(cell)} is ${here} where there are ${above}`);
		return undefined;
	}
	const {times} = found;
	if (value < times.first) times.first = value;
	if (value > times.last) times.last = value;
	times.isLocal ||= isLocal;
	return value;
}

/** Watches the order of times, and compares neighbours of the same one. */
function orderOf(found: Survey, {series}: Reading) {
	let before: {readonly row: FileRow; readonly time: bigint} | undefined;
	let direction = 0;
	return (row: FileRow, place: number, time: bigint) => {
		const step = before === undefined || time === before.time ? 0 : time > before.time ? 1 : -1;
		if (before && step === 0 && differs(before.row, row, place)) {
			addProblem(found.problems, row.line, sameTime(before.row.line, series?.counts));
		}
		if (step !== 0) {
			found.isOrdered &&= direction === 0 || step === direction;
			direction = step;
		}
		before = {row, time};
	};
}

/** Whether rows of one time say different things. */
export function differs(one: FileRow, other: FileRow, timePlace: number): boolean {
	const length = Math.max(one.cells.length, other.cells.length);
	for (let place = 0; place < length; place++) {
		if (place !== timePlace && (one.cells[place] ?? '') !== (other.cells[place] ?? '')) return true;
	}
	return false;
}

export function sameTime(line: number, word: RowWord = 'line'): string {
	return `the same time as ${word} ${line}, with other values`;
}

function unknown(name: string): ColumnSurvey {
	const each = <T>(make: () => T) =>
		Object.fromEntries(valueTypes.map(type => [type, make()])) as Record<ValueType, T>;
	return {name, filled: 0, example: '', counts: each(() => 0), strangers: each(() => []), unreal: []};
}

function take(
	column: ColumnSurvey,
	line: number,
	cell: string,
	{types, whence}: SurveyOptions,
	found: Survey,
): void {
	if (column.filled === 0) column.example = cell;
	column.filled++;
	const given = types.get(column.name);
	if (given !== undefined) {
		if (isStorable(given, cell)) return;
		const why = misfit(given, cell, whence(column.name));
		addProblem(found.problems, line, `${column.name}: ${shownCell(cell)} ${why}`);
		return;
	}
	const possible = typesOf(cell);
	for (const type of valueTypes) {
		if (possible.includes(type)) column.counts[type]++;
		else if (column.strangers[type].length < shownProblems) column.strangers[type].push({line, text: cell});
	}
	if (column.unreal.length < shownProblems && isUnreal(cell)) column.unreal.push({line, text: cell});
}

function checkConstant(
	{line}: FileRow,
	{name}: ColumnSurvey,
	cell: string,
	{constants}: SurveyOptions,
	{problems}: Survey,
): void {
	const wanted = constants.get(name);
	if (wanted === undefined || cell === wanted) return;
	addOtherAsset(problems, line, name, cell, wanted);
}

/** The problem of a row that is another asset's: `field` says so. */
export function addOtherAsset(
	problems: Problems,
	line: number,
	field: string,
	said: string,
	wanted: string,
): void {
	const text = `${field}: ${shownCell(said)}: the asset is ${shownCell(wanted)}; one at a time`;
	addProblem(problems, line, text);
}
