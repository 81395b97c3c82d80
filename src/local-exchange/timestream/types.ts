/** Types of single values. */
export type ScalarType = 'BIGINT' | 'BOOLEAN' | 'DOUBLE' | 'TIMESTAMP' | 'VARCHAR';

/** A column of a Timestream table. */
export type Column = {
	/** As people write it; Timestream tells `kW` from `kw`. */
	readonly name: string;
	/** What `relation` calls it: DuckDB does not. */
	readonly physical: string;
	readonly type: ScalarType;
	/** `MULTI`: a measure of records with several; `MEASURE_VALUE`: `measure_value::double` and the like. */
	readonly kind: 'DIMENSION' | 'MEASURE_NAME' | 'TIMESTAMP' | 'MEASURE_VALUE' | 'MULTI';
};

/** What a query reads when it names `"databaseName"."tableName"`. */
export type Table = {
	readonly timeSeriesDbId: string;
	readonly databaseName: string;
	readonly tableName: string;
	/** A DuckDB view as SQL names it, such as `"db7"."series"`. Its columns are exactly `columns`. */
	readonly relation: string;
	/** In Timestream's order: dimensions, measure_name, time, measures. */
	readonly columns: readonly Column[];
};

/** A row of SHOW MEASURES. */
export type Measure = {
	readonly measureName: string;
	readonly dataType: ScalarType | 'MULTI';
	readonly dimensions: readonly string[];
};

/** One record as it is stored: checked, typed, its time in ns. */
export type StoredRecord = {
	/** `assetId` among them, and `name` where the asset has one. */
	readonly dimensions: Readonly<Record<string, string>>;
	readonly measureName: string;
	/** Epoch, ns. */
	readonly time: bigint;
	readonly version: bigint;
	/** One value with `multi: false`: Timestream's single measure, whose name is `measureName`. */
	readonly multi: boolean;
	readonly values: readonly {readonly name: string; readonly type: ScalarType; readonly value: string}[];
};

/** Why a record of a batch was not taken; `index` is its place in the batch, from 0. */
export type RejectedRecord = {
	readonly index: number;
	readonly reason: string;
	readonly existingVersion?: bigint;
};
