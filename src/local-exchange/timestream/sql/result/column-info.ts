import type {DuckDBListType, DuckDBStructType, DuckDBType} from '@duckdb/node-api';

/** `Type` of Timestream's ColumnInfo. */
export type ColumnType =
	| {readonly ScalarType: string}
	| {readonly ArrayColumnInfo: {readonly Type: ColumnType}}
	| {readonly TimeSeriesMeasureValueColumnInfo: {readonly Type: ColumnType}}
	| {readonly RowColumnInfo: readonly ColumnInfo[]};

export type ColumnInfo = {readonly Name: string; readonly Type: ColumnType};

const scalars: Readonly<Record<string, string>> = {
	BOOLEAN: 'BOOLEAN',
	TINYINT: 'INTEGER',
	SMALLINT: 'INTEGER',
	INTEGER: 'INTEGER',
	UTINYINT: 'INTEGER',
	USMALLINT: 'INTEGER',
	BIGINT: 'BIGINT',
	UINTEGER: 'BIGINT',
	UBIGINT: 'BIGINT',
	HUGEINT: 'BIGINT',
	UHUGEINT: 'BIGINT',
	FLOAT: 'DOUBLE',
	DOUBLE: 'DOUBLE',
	DECIMAL: 'DOUBLE',
	DATE: 'DATE',
	TIME: 'TIME',
	INTERVAL: 'INTERVAL_DAY_TO_SECOND',
	SQLNULL: 'UNKNOWN',
	TIMESTAMP: 'TIMESTAMP',
	TIMESTAMP_S: 'TIMESTAMP',
	TIMESTAMP_MS: 'TIMESTAMP',
	TIMESTAMP_NS: 'TIMESTAMP',
	'TIMESTAMP WITH TIME ZONE': 'TIMESTAMP',
};

/** The kind of a type without its parts: `DECIMAL` of `DECIMAL(18,3)`. */
export function baseOf(type: DuckDBType): string {
	return type.toString().replace(/[("].*$/s, '');
}

export function isList(type: DuckDBType): type is DuckDBListType {
	return 'valueType' in type && !('keyType' in type) && !('length' in type);
}

export function isStruct(type: DuckDBType): type is DuckDBStructType {
	return 'entryTypes' in type;
}

/** A list of `{time, value}`, as CREATE_TIME_SERIES makes it. */
export function isSeries(type: DuckDBType): type is DuckDBListType & {readonly valueType: DuckDBStructType} {
	if (!isList(type) || !isStruct(type.valueType)) return false;
	const [time, value, ...others] = type.valueType.entryNames;
	const isTime = type.valueType.entryTypes[0]?.toString().startsWith('TIMESTAMP');
	return time === 'time' && value === 'value' && others.length === 0 && isTime === true;
}

/** Timestream's type for a type of DuckDB. */
export function columnType(type: DuckDBType): ColumnType {
	if (isSeries(type))
		return {TimeSeriesMeasureValueColumnInfo: {Type: columnType(type.valueType.entryTypes[1]!)}};
	if (isList(type)) return {ArrayColumnInfo: {Type: columnType(type.valueType)}};
	if (isStruct(type)) {
		return {
			RowColumnInfo: type.entryTypes.map((entry, at) => ({
				Name: type.entryNames[at] || `field${at}`,
				Type: columnType(entry),
			})),
		};
	}
	return {ScalarType: scalars[baseOf(type)] ?? 'VARCHAR'};
}
