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
import {baseOf, isList, isSeries, isStruct} from './column-info.ts';
import {clockText, dateText, doubleText, intervalText, timestampWriter} from './scalar-text.ts';

/** JSON of Timestream's Datum for one value of a column. */
export type DatumWriter = (vector: DuckDBVector, row: number) => string;

const nothing = '{"NullValue":true}';

/**
 * How values of a type are written: straight to text, since this runs for every value of every answer. The
 * common types have code of their own each, which the engine then makes fast for the one kind of vector it meets.
 */
export function datumWriter(type: DuckDBType): DatumWriter {
	if (isSeries(type)) return seriesWriter(type.valueType.entryTypes[0]!, type.valueType.entryTypes[1]!);
	if (isList(type)) return arrayWriter(datumWriter(type.valueType));
	if (isStruct(type)) return rowWriter(type.entryTypes.map(datumWriter));
	switch (baseOf(type)) {
		case 'DOUBLE':
			return writeDouble;
		case 'TIMESTAMP_NS':
			return timeWriter();
		case 'VARCHAR':
			return textWriter();
		default:
			return otherWriter(type);
	}
}

const writeDouble: DatumWriter = (vector, row) => {
	const value = vector.getItem(row) as number | null;
	return value === null ? nothing : `{"ScalarValue":"${doubleText(value)}"}`;
};

function timeWriter(): DatumWriter {
	const text = timestampWriter();
	return (vector, row) => {
		const value = vector.getItem(row) as DuckDBTimestampNanosecondsValue | null;
		return value === null ? nothing : `{"ScalarValue":"${text(value.nanos)}"}`;
	};
}

/** Neighbours are often equal: names of assets, say. */
function textWriter(): DatumWriter {
	let last: string | null = null;
	let lastText = nothing;
	return (vector, row) => {
		const value = vector.getItem(row) as string | null;
		if (value !== last) {
			last = value;
			lastText = value === null ? nothing : `{"ScalarValue":${JSON.stringify(value)}}`;
		}
		return lastText;
	};
}

function otherWriter(type: DuckDBType): DatumWriter {
	const text = otherText(type);
	return (vector, row) => {
		const value = vector.getItem(row);
		return value === null ? nothing : `{"ScalarValue":${text(value)}}`;
	};
}

function seriesWriter(timeType: DuckDBType, valueType: DuckDBType): DatumWriter {
	const time = datumWriter(timeType);
	const value = datumWriter(valueType);
	return (vector, row) => {
		const items = (vector as DuckDBListVector).getItemVector(row) as DuckDBStructVector | null;
		if (items === null) return nothing;
		const [times, values] = [items.entryVectorAt(0), items.entryVectorAt(1)];
		const points: string[] = [];
		for (let at = 0; at < items.itemCount; at++) {
			const moment = time(times, at);
			if (moment !== nothing) points.push(`{"Time":${scalarOf(moment)},"Value":${value(values, at)}}`);
		}
		return `{"TimeSeriesValue":[${points.join(',')}]}`;
	};
}

/** The value in `{"ScalarValue":…}`. */
function scalarOf(datum: string): string {
	return datum.slice('{"ScalarValue":'.length, -1);
}

function arrayWriter(item: DatumWriter): DatumWriter {
	return (vector, row) => {
		const items = (vector as DuckDBListVector).getItemVector(row);
		if (items === null) return nothing;
		const texts: string[] = [];
		for (let at = 0; at < items.itemCount; at++) texts.push(item(items, at));
		return `{"ArrayValue":[${texts.join(',')}]}`;
	};
}

function rowWriter(fields: readonly DatumWriter[]): DatumWriter {
	return (vector, row) => {
		const struct = vector as DuckDBStructVector;
		if (!struct.isItemValid(row)) return nothing;
		return `{"RowValue":{"Data":[${fields.map((field, at) => field(struct.entryVectorAt(at), row)).join(',')}]}}`;
	};
}

/** JSON text of a value of a less common type. */
function otherText(type: DuckDBType): (value: DuckDBValue) => string {
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
			return value => JSON.stringify(String(value));
	}
}
