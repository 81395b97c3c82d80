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

/** How values of a type are written. Straight to text: this runs for every value of every answer. */
export function datumWriter(type: DuckDBType): DatumWriter {
	if (isSeries(type)) return seriesWriter(type.valueType.entryTypes[0]!, type.valueType.entryTypes[1]!);
	if (isList(type)) return arrayWriter(datumWriter(type.valueType));
	if (isStruct(type)) return rowWriter(type.entryTypes.map(datumWriter));
	const text = scalarText(type);
	// Neighbours are often equal: names of assets, say.
	let last: DuckDBValue | undefined;
	let lastText = nothing;
	return (vector, row) => {
		const value = vector.getItem(row);
		if (value === last) return lastText;
		last = value;
		lastText = value === null ? nothing : `{"ScalarValue":${text(value)}}`;
		return lastText;
	};
}

function seriesWriter(timeType: DuckDBType, valueType: DuckDBType): DatumWriter {
	const time = scalarText(timeType);
	const value = datumWriter(valueType);
	return (vector, row) => {
		const items = (vector as DuckDBListVector).getItemVector(row) as DuckDBStructVector | null;
		if (items === null) return nothing;
		const [times, values] = [items.entryVectorAt(0), items.entryVectorAt(1)];
		const points: string[] = [];
		for (let at = 0; at < items.itemCount; at++) {
			const moment = times.getItem(at);
			if (moment !== null) points.push(`{"Time":${time(moment)},"Value":${value(values, at)}}`);
		}
		return `{"TimeSeriesValue":[${points.join(',')}]}`;
	};
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

/** JSON text of a value that is not NULL. */
function scalarText(type: DuckDBType): (value: DuckDBValue) => string {
	const timestamp = timestampWriter();
	switch (baseOf(type)) {
		case 'DOUBLE':
			return value => `"${doubleText(value as number)}"`;
		case 'FLOAT':
			// A float's shortest digits are fewer than those of the double it becomes.
			return value => `"${doubleText(Number((value as number).toPrecision(7)))}"`;
		case 'DECIMAL':
			return value => `"${doubleText((value as DuckDBDecimalValue).toDouble())}"`;
		case 'TIMESTAMP_NS':
			return value => `"${timestamp((value as DuckDBTimestampNanosecondsValue).nanos)}"`;
		case 'TIMESTAMP':
		case 'TIMESTAMP WITH TIME ZONE':
			return value => `"${timestamp((value as DuckDBTimestampValue).micros * 1000n)}"`;
		case 'DATE':
			return value => `"${dateText((value as DuckDBDateValue).days)}"`;
		case 'TIME':
			return value => `"${clockText((value as DuckDBTimeValue).micros * 1000n)}"`;
		case 'INTERVAL':
			return value => `"${intervalText(value as DuckDBIntervalValue)}"`;
		default:
			return value => JSON.stringify(String(value));
	}
}
