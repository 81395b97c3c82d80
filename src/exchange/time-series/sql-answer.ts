import {ShellError} from '../../shell/errors.ts';
import {breather} from '../../shell/slices.ts';
import type {ColumnType, Datum, ResultColumn} from '../../shell/time-series.ts';

/** A page of a Timestream answer, as far as it could be read. */
export type SqlAnswer = {
	readonly queryId: string;
	readonly nextToken: string | undefined;
	readonly columns: readonly ResultColumn[];
	readonly rows: readonly (readonly Datum[])[];
	readonly progress: number | null;
	readonly bytesScanned: number | null;
};

type Json = {readonly [key: string]: unknown};

/**
 * Reads what Timestream's Query API answers
 * (https://docs.aws.amazon.com/timestream/latest/developerguide/API_query_Query.html). What it does not
 * know becomes text; rows may be shorter or longer than there are columns. Throws `failed` for what is no
 * answer at all.
 */
export async function parseSqlAnswer(text: string, signal: AbortSignal): Promise<SqlAnswer> {
	const answer = parseObject(text);
	const breathe = breather(signal);
	const rows: (readonly Datum[])[] = [];
	for (const row of listOf(answer.Rows)) {
		rows.push(listOf(objectOf(row).Data).map(toDatum));
		// Looking at the clock costs more than a row.
		if (rows.length % 64 === 0) await breathe();
	}
	const status = objectOf(answer.QueryStatus);
	return {
		queryId: typeof answer.QueryId === 'string' ? answer.QueryId : '',
		nextToken: typeof answer.NextToken === 'string' && answer.NextToken !== '' ? answer.NextToken : undefined,
		columns: listOf(answer.ColumnInfo).map(toColumn),
		rows,
		progress: numberOf(status.ProgressPercentage),
		bytesScanned: numberOf(status.CumulativeBytesScanned),
	};
}

function parseObject(text: string): Json {
	let answer: unknown;
	try {
		answer = JSON.parse(text);
	} catch {
		answer = undefined;
	}
	if (typeof answer === 'object' && answer !== null && !Array.isArray(answer)) return answer as Json;
	throw new ShellError('failed', 'the Exchange’s answer to the query cannot be read', {hint: 'try again'});
}

function toColumn(info: unknown): ResultColumn {
	const {Name, Type} = objectOf(info);
	return {name: typeof Name === 'string' ? Name : '', type: toType(Type)};
}

function toType(type: unknown): ColumnType {
	const {ScalarType, ArrayColumnInfo, RowColumnInfo, TimeSeriesMeasureValueColumnInfo} = objectOf(type);
	if (ArrayColumnInfo) return {kind: 'array', of: toType(objectOf(ArrayColumnInfo).Type)};
	if (RowColumnInfo) return {kind: 'row', fields: listOf(RowColumnInfo).map(toColumn)};
	if (TimeSeriesMeasureValueColumnInfo) {
		return {kind: 'time-series', of: toType(objectOf(TimeSeriesMeasureValueColumnInfo).Type)};
	}
	return {kind: 'scalar', name: typeof ScalarType === 'string' ? ScalarType : 'VARCHAR'};
}

function toDatum(datum: unknown): Datum {
	const {ScalarValue, ArrayValue, RowValue, TimeSeriesValue, NullValue} = objectOf(datum);
	if (typeof ScalarValue === 'string') return ScalarValue;
	if (NullValue === true || datum === null || datum === undefined) return null;
	if (ScalarValue !== undefined) return textOf(ScalarValue);
	if (ArrayValue) return listOf(ArrayValue).map(toDatum);
	if (RowValue) return listOf(objectOf(RowValue).Data).map(toDatum);
	if (TimeSeriesValue) {
		const points = listOf(TimeSeriesValue).map(objectOf);
		return {points: points.map(({Time, Value}) => ({time: textOf(Time) ?? '', value: toDatum(Value)}))};
	}
	return textOf(datum);
}

function textOf(value: unknown): string | null {
	if (value === null || value === undefined) return null;
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function objectOf(value: unknown): Json {
	return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function listOf(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [];
}

function numberOf(value: unknown): number | null {
	return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
