import type {
	DuckDBDateValue,
	DuckDBDecimalValue,
	DuckDBIntervalValue,
	DuckDBListVector,
	DuckDBStructVector,
	DuckDBTimestampNanosecondsValue,
	DuckDBTimestampValue,
	DuckDBTimeValue,
	DuckDBType,
	DuckDBValue,
	DuckDBVector,
} from '@duckdb/node-api';
import {doubleText} from '../../double-text.ts';
import {baseOf, isList, isSeries, isStruct} from './column-info.ts';
import {clockText, dateText, intervalText, timestampWriter} from './scalar-text.ts';

/**
 * `before`, and after it the JSON of Timestream's Datum for one value of a column. One string that grows is what
 * JavaScript engines put together fastest.
 */
export type DatumWriter = (before: string, vector: DuckDBVector, row: number) => string;

/** Whether all that was written takes one byte a character: almost always, and quicker to measure. */
export type Written = {isAscii: boolean};

const nothing = '{"NullValue":true}';
const beyondAscii = /[^\0-\x7f]/;

/**
 * How values of a type are written: straight to text, since this runs for every value of every answer. The
 * common types have code of their own each, which the engine then makes fast for the one kind of vector it meets.
 */
export function datumWriter(type: DuckDBType, written: Written): DatumWriter {
	if (isSeries(type)) {
		const [time, value] = type.valueType.entryTypes.map(entry => datumWriter(entry, written));
		return seriesWriter(time!, value!);
	}
	if (isList(type)) return arrayWriter(datumWriter(type.valueType, written));
	if (isStruct(type)) return rowWriter(type.entryTypes.map(entry => datumWriter(entry, written)));
	switch (baseOf(type)) {
		case 'DOUBLE':
			return writeDouble;
		case 'TIMESTAMP_NS':
			return timeWriter();
		case 'VARCHAR':
			return textWriter(written);
		default:
			return otherWriter(type, written);
	}
}

const writeDouble: DatumWriter = (before, vector, row) => {
	const value = vector.getItem(row) as number | null;
	return value === null ? before + nothing : `${before}{"ScalarValue":"${doubleText(value)}"}`;
};

function timeWriter(): DatumWriter {
	const text = timestampWriter();
	return (before, vector, row) => {
		const value = vector.getItem(row) as DuckDBTimestampNanosecondsValue | null;
		return value === null ? before + nothing : `${before}{"ScalarValue":"${text(value.nanos)}"}`;
	};
}

/** Neighbours are often equal: names of assets, say. */
function textWriter(written: Written): DatumWriter {
	let last: string | null = null;
	let lastText = nothing;
	return (before, vector, row) => {
		const value = vector.getItem(row) as string | null;
		if (value !== last) {
			last = value;
			lastText = value === null ? nothing : `{"ScalarValue":${JSON.stringify(value)}}`;
			if (value !== null && beyondAscii.test(value)) written.isAscii = false;
		}
		return before + lastText;
	};
}

function otherWriter(type: DuckDBType, written: Written): DatumWriter {
	const text = otherText(type, written);
	return (before, vector, row) => {
		const value = vector.getItem(row);
		return value === null ? before + nothing : `${before}{"ScalarValue":${text(value)}}`;
	};
}

function seriesWriter(time: DatumWriter, value: DatumWriter): DatumWriter {
	return (before, vector, row) => {
		const items = (vector as DuckDBListVector).getItemVector(row) as DuckDBStructVector | null;
		if (items === null) return before + nothing;
		const [times, values] = [items.entryVectorAt(0), items.entryVectorAt(1)];
		let text = `${before}{"TimeSeriesValue":[`;
		let separator = '';
		for (let at = 0; at < items.itemCount; at++) {
			const moment = time('', times, at);
			if (moment === nothing) continue;
			text = `${value(`${text}${separator}{"Time":${scalarOf(moment)},"Value":`, values, at)}}`;
			separator = ',';
		}
		return `${text}]}`;
	};
}

/** The value in `{"ScalarValue":…}`. */
function scalarOf(datum: string): string {
	return datum.slice('{"ScalarValue":'.length, -1);
}

function arrayWriter(item: DatumWriter): DatumWriter {
	return (before, vector, row) => {
		const items = (vector as DuckDBListVector).getItemVector(row);
		if (items === null) return before + nothing;
		let text = `${before}{"ArrayValue":[`;
		for (let at = 0; at < items.itemCount; at++) text = item(at > 0 ? `${text},` : text, items, at);
		return `${text}]}`;
	};
}

function rowWriter(fields: readonly DatumWriter[]): DatumWriter {
	return (before, vector, row) => {
		const struct = vector as DuckDBStructVector;
		if (!struct.isItemValid(row)) return before + nothing;
		let text = `${before}{"RowValue":{"Data":[`;
		for (const [at, field] of fields.entries()) {
			text = field(at > 0 ? `${text},` : text, struct.entryVectorAt(at), row);
		}
		return `${text}]}}`;
	};
}

/** JSON text of a value of a less common type. */
function otherText(type: DuckDBType, written: Written): (value: DuckDBValue) => string {
	const timestamp = timestampWriter();
	switch (baseOf(type)) {
		case 'FLOAT':
			// A float's shortest digits are fewer than those of the double it becomes.
			return value => `"${doubleText(Number((value as number).toPrecision(7)))}"`;
		case 'DECIMAL':
			return value => `"${doubleText((value as DuckDBDecimalValue).toDouble())}"`;
		case 'TIMESTAMP':
		case 'TIMESTAMP WITH TIME ZONE':
			return value => `"${timestamp((value as DuckDBTimestampValue).micros * 1000n)}"`;
		case 'DATE':
			return value => `"${dateText((value as DuckDBDateValue).days)}"`;
		case 'TIME':
			return value => `"${clockText((value as DuckDBTimeValue).micros * 1000n)}"`;
		case 'INTERVAL':
			return value => `"${intervalText(value as DuckDBIntervalValue)}"`;
		case 'BIGINT':
		case 'BOOLEAN':
		case 'INTEGER':
		case 'HUGEINT':
			return value => `"${value}"`;
		default:
			written.isAscii = false;
			return value => JSON.stringify(String(value));
	}
}
