import {type Form, formOf, isOfForm} from './form.ts';
import {firstInstant, lastInstant, readScalar, type Scalar, unreadable} from './scalars.ts';
import type {ScalarType, StoredRecord} from './types.ts';

/** A record whose names, sizes and values are good in themselves. */
export type CheckedRecord = {
	readonly source: StoredRecord;
	readonly form: Form;
	/** Same for all records of one time series. */
	readonly series: string;
	/** In the order of `source.values`. */
	readonly values: readonly Scalar[];
};

// Timestream's quotas: https://docs.aws.amazon.com/timestream/latest/developerguide/ts-limits.html
const recordBytes = 2048;
const futureMs = 15 * 60_000;

const nsPerMs = 1_000_000n;

/**
 * Checks records one after the other: each comes back with its values read, or as the reason for which Timestream
 * would reject it. `now`, epoch ms, is what their times may be ahead of by a quarter of an hour; undefined takes
 * any time.
 */
export function recordChecker(now: number | undefined): (record: StoredRecord) => CheckedRecord | string {
	const end = now === undefined ? lastInstant + 1n : BigInt(Math.round(now) + futureMs) * nsPerMs;
	let form: Form | undefined;
	let seriesOf = (_: StoredRecord['dimensions']) => '';
	return record => {
		// Most records are of the form of the one before.
		if (form === undefined || !isOfForm(form, record)) {
			const found = formOf(record);
			if (typeof found === 'string') return found;
			form = found;
			seriesOf = seriesFinder(found);
		}
		if (record.time < firstInstant || record.time >= end) return problemOfTime(end);
		if (record.version < 1n) return 'The record version must be 1 or higher.';
		const values = readValues(record, form);
		if (typeof values === 'string') return values;
		return {source: record, form, series: seriesOf(record.dimensions), values};
	};
}

/** `seriesKey` for records of a form; what it has found for an asset it mostly finds again. */
function seriesFinder({
	shape,
	measureName,
	sortedDimensions,
}: Form): (dimensions: StoredRecord['dimensions']) => string {
	const last = new Map<string, {readonly dimensions: StoredRecord['dimensions']; readonly key: string}>();
	return dimensions => {
		const assetId = dimensions.assetId!;
		const known = last.get(assetId);
		if (known && sortedDimensions.every(name => known.dimensions[name] === dimensions[name]))
			return known.key;
		const key = seriesKey(shape, measureName, sortedDimensions, dimensions);
		last.set(assetId, {dimensions, key});
		return key;
	};
}

/** Tells time series apart. `dimensions` are sorted names. */
export function seriesKey(
	shape: string,
	measureName: string,
	dimensions: readonly string[],
	values: Readonly<Record<string, string>>,
): string {
	const parts = [shape, measureName];
	for (const name of dimensions) parts.push(name, values[name]!);
	return JSON.stringify(parts);
}

function readValues({dimensions, values}: StoredRecord, form: Form): readonly Scalar[] | string {
	let {bytes} = form;
	for (const name of form.dimensions) {
		const value = dimensions[name]!;
		if (value === '') return `The dimension ${name} has no value.`;
		if (!value.isWellFormed()) return `The value of dimension ${name} is not valid Unicode.`;
		bytes += Buffer.byteLength(value);
	}
	const read: Scalar[] = [];
	for (const {name, type, value} of values) {
		const scalar = type !== 'VARCHAR' || value.isWellFormed() ? readScalar(type, value) : undefined;
		if (scalar === undefined) return problemOfValue(name, type, value);
		read.push(scalar);
		bytes += type === 'VARCHAR' ? Buffer.byteLength(value) : type === 'BOOLEAN' ? 1 : 8;
	}
	// The time is a part of the record.
	return bytes + 8 > recordBytes ? `The record exceeds ${recordBytes} bytes.` : read;
}

function problemOfTime(end: bigint): string {
	const iso = (ns: bigint) => new Date(Number(ns / nsPerMs)).toISOString();
	return `The record timestamp is outside the time range [${iso(firstInstant)}, ${iso(end)}) of the memory store.`;
}

function problemOfValue(name: string, type: ScalarType, value: string): string {
	if (!value.isWellFormed()) return `The measure value of ${name} is not valid Unicode.`;
	const shown = value.length > 40 ? `${value.slice(0, 40)}…` : value;
	return `The measure value '${shown}' of ${name} is invalid: ${unreadable(type, value)}.`;
}
