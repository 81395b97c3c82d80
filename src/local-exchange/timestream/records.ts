import type {RejectedRecord, ScalarType, StoredRecord} from './types.ts';

type TimeUnit = 'SECONDS' | 'MILLISECONDS' | 'MICROSECONDS' | 'NANOSECONDS';
type Value = {readonly Name: string; readonly Value: string; readonly Type: ScalarType | 'MULTI'};

/** The API's `TimeSeriesDbRecordInput`. */
export type RecordInput = {
	readonly Dimensions?: readonly ({readonly Name: string; readonly Value: string} | null)[] | null;
	readonly MeasureName?: string | null;
	readonly MeasureValue?: string | null;
	readonly MeasureValues?: readonly (Value | null)[] | null;
	readonly MeasureValueType?: ScalarType | 'MULTI' | null;
	readonly Time?: string | null;
	readonly TimeUnit?: TimeUnit | null;
	readonly Version?: number | null;
};

/** Records to store, each with its place in the request, and what is none. */
export type ReadRecords = {
	readonly records: readonly {readonly index: number; readonly record: StoredRecord}[];
	readonly rejected: readonly RejectedRecord[];
};

const nsOf: Readonly<Record<TimeUnit, bigint>> = {
	SECONDS: 1_000_000_000n,
	MILLISECONDS: 1_000_000n,
	MICROSECONDS: 1000n,
	NANOSECONDS: 1n,
};

/** The records that were sent for an asset. Whether their names and values are good ones, the engine tells. */
export function readRecords(assetId: string, inputs: readonly (RecordInput | null)[]): ReadRecords {
	const records: {index: number; record: StoredRecord}[] = [];
	const rejected: RejectedRecord[] = [];
	for (const [index, input] of inputs.entries()) {
		const record = readRecord(assetId, input ?? {});
		if (typeof record === 'string') rejected.push({index, reason: record});
		else records.push({index, record});
	}
	return {records, rejected};
}

/** The record, or why it is none. */
function readRecord(assetId: string, input: RecordInput): StoredRecord | string {
	const unit = input.TimeUnit ?? 'MILLISECONDS';
	const time = epochNs(input.Time ?? '', unit);
	if (time === undefined) return `The record time '${input.Time ?? ''}' is not an epoch in ${unit}.`;
	const dimensions = dimensionsOf(assetId, input);
	if (typeof dimensions === 'string') return dimensions;
	const given = valuesOf(input);
	if (typeof given === 'string') return given;
	const values: {name: string; type: ScalarType; value: string}[] = [];
	for (const {Name: name, Value, Type: type} of given) {
		if (type === 'MULTI') return `The measure ${name} is of type MULTI in a record of type MULTI.`;
		// The engine's own unit is ns; a value that is no epoch is for the engine to judge.
		const value = type === 'TIMESTAMP' ? (epochNs(Value, unit)?.toString() ?? Value) : Value;
		values.push({name, type, value});
	}
	const measureName = input.MeasureName ?? '';
	const version = BigInt(input.Version ?? 1);
	return {dimensions, measureName, time, version, multi: input.MeasureValueType === 'MULTI', values};
}

function epochNs(text: string, unit: TimeUnit): bigint | undefined {
	return /^[+-]?\d{1,19}$/.test(text) ? BigInt(text.replace('+', '')) * nsOf[unit] : undefined;
}

function dimensionsOf(assetId: string, {Dimensions}: RecordInput): Record<string, string> | string {
	const dimensions: Record<string, string> = {assetId};
	for (const {Name, Value} of (Dimensions ?? []).filter(each => each !== null)) {
		if (Name === 'assetId' && Value !== assetId)
			return `The dimension assetId names another asset: ${Value}.`;
		if (Name !== 'assetId' && Object.hasOwn(dimensions, Name))
			return `The record has the dimension ${Name} twice.`;
		Object.defineProperty(dimensions, Name, {value: Value, enumerable: true});
	}
	return dimensions;
}

function valuesOf({
	MeasureName,
	MeasureValue,
	MeasureValues,
	MeasureValueType,
}: RecordInput): readonly Value[] | string {
	const type = MeasureValueType ?? 'DOUBLE';
	const several = (MeasureValues ?? []).filter(each => each !== null);
	if (type === 'MULTI') {
		return MeasureValue == null ? several : 'A record of type MULTI has MeasureValues and no MeasureValue.';
	}
	if (several.length > 0) return 'Only a record of type MULTI has MeasureValues.';
	if (MeasureValue == null) return 'The record has no measure value.';
	return [{Name: MeasureName ?? '', Value: MeasureValue, Type: type}];
}
