import type {Column, Format, Row} from '../../shell/command.ts';
import type {ColumnType, Datum, ResultColumn} from '../../shell/time-series.ts';
import {uniqueNames} from './unique-names.ts';

const numeric = new Set(['BIGINT', 'INTEGER', 'DOUBLE']);
/** Beyond these a JavaScript number is not exact, and neither is JSON to most readers. */
const exactDigits = 15;

/** A SQL answer's columns for a table: numbers to the right, the rest to the left. */
export type QueryTable = {
	readonly columns: readonly Column[];
	readonly row: (data: readonly Datum[]) => Row;
};

/**
 * Rows of a SQL answer: each scalar in Timestream's words, arrays, rows and time series as compact text. As
 * JSON numbers and booleans are such, and what is nested stays nested; as CSV that is JSON in a field.
 */
export function queryTable(result: readonly ResultColumn[], format: Format | undefined): QueryTable {
	const fields = uniqueNames(result.map(({name}, index) => name || `_col${index}`));
	const shown = format === 'json' ? toJson : format === 'csv' ? toCsv : toText;
	return {
		columns: fields.map((field, index): Column => {
			const {type} = result[index]!;
			return {field, as: shownAs(type), header: result[index]!.name || field};
		}),
		row: data =>
			Object.fromEntries(
				fields.map((field, index) => [field, shown(data[index] ?? null, result[index]!.type)]),
			),
	};
}

function shownAs(type: ColumnType): Column['as'] {
	if (type.kind !== 'scalar') return 'text';
	if (numeric.has(type.name)) return 'value';
	// Timestream's own text, which is not cut where there is no room.
	return type.name === 'TIMESTAMP' ? 'instant' : 'text';
}

function toCsv(datum: Datum, type: ColumnType): unknown {
	return datum === null || typeof datum === 'string' ? datum : JSON.stringify(toJson(datum, type));
}

function toText(datum: Datum, type: ColumnType): string | null {
	if (datum === null || typeof datum === 'string') return datum;
	const inner = (value: Datum, innerType: ColumnType | undefined) =>
		innerType === undefined ? 'null' : (toText(value, innerType) ?? 'null');
	if ('points' in datum) {
		const of = type.kind === 'time-series' ? type.of : undefined;
		return `[${datum.points.map(({time, value}) => `${shortTime(time)} ${inner(value, of)}`).join(', ')}]`;
	}
	if (type.kind !== 'row') return `[${datum.map(value => inner(value, elementOf(type))).join(', ')}]`;
	return `(${datum.map((value, index) => inner(value, type.fields[index]?.type)).join(', ')})`;
}

/** Without zeros that say nothing. */
function shortTime(time: string): string {
	return time.replace(/\.?0+$/, match => (match.startsWith('.') ? '' : match));
}

function elementOf(type: ColumnType): ColumnType | undefined {
	return type.kind === 'array' || type.kind === 'time-series' ? type.of : undefined;
}

function toJson(datum: Datum, type: ColumnType): unknown {
	if (datum === null) return null;
	if (typeof datum === 'string') return type.kind === 'scalar' ? scalarOf(datum, type.name) : datum;
	if ('points' in datum) {
		const of = elementOf(type) ?? type;
		return datum.points.map(({time, value}) => ({time, value: toJson(value, of)}));
	}
	if (type.kind !== 'row') {
		const of = elementOf(type) ?? type;
		return datum.map(value => toJson(value, of));
	}
	const names = uniqueNames(type.fields.map(({name}, index) => name || `field${index}`));
	return Object.fromEntries(
		names.map((name, index) => [name, toJson(datum[index] ?? null, type.fields[index]!.type)]),
	);
}

/** A number or a boolean where JSON has it exactly; else the text. */
function scalarOf(text: string, type: string): unknown {
	if (type === 'BOOLEAN') return text === 'true' ? true : text === 'false' ? false : text;
	if (!numeric.has(type)) return text;
	const value = Number(text);
	if (text.trim() === '' || !Number.isFinite(value)) return text;
	const isLong = type !== 'DOUBLE' && text.replace(/^[+-]/, '').length > exactDigits;
	return isLong && !Number.isSafeInteger(value) ? text : value;
}
