import {firstInstant, lastInstant, readScalar, type Scalar, unreadable} from './scalars.ts';
import type {ScalarType, StoredRecord} from './types.ts';

/** A record whose names, sizes and values are good in themselves. */
export type CheckedRecord = {
	readonly source: StoredRecord;
	/** Same for all records of one time series: dimensions, measure name, and kind of record. */
	readonly series: string;
	/** Same for all records that share a table. */
	readonly shape: string;
	/** In the order of `source.values`. */
	readonly values: readonly Scalar[];
};

// Timestream's quotas: https://docs.aws.amazon.com/timestream/latest/developerguide/ts-limits.html
const dimensionNameBytes = 60;
const nameBytes = 256;
const recordBytes = 2048;
const recordMeasures = 256;
const futureMs = 15 * 60_000;

const nsPerMs = 1_000_000n;

const systemNames = new Set(['measure_value', 'ts_non_existent_col', 'time']);

/**
 * The record with its values read, or the reason for which Timestream would reject it. `now`, epoch ms, is what
 * the record's time may be ahead of by a quarter of an hour; undefined takes any time.
 */
export function checkRecord(record: StoredRecord, now: number | undefined): CheckedRecord | string {
	const {dimensions, measureName, multi, values} = record;
	const names = Object.keys(dimensions);
	const problem =
		problemOfTime(record.time, now) ??
		(record.version < 1n ? 'The record version must be 1 or higher.' : undefined) ??
		problemOfDimensions(names, dimensions) ??
		problemOfName('measure name', measureName, nameBytes) ??
		problemOfMeasures(record);
	if (problem !== undefined) return problem;
	const read: Scalar[] = [];
	for (const {name, type, value} of values) {
		const scalar = value.isWellFormed() ? readScalar(type, value) : undefined;
		if (scalar === undefined) return problemOfValue(name, type, value);
		read.push(scalar);
	}
	if (isTooLong(record, names)) return `The record exceeds ${recordBytes} bytes.`;
	const shape = shapeKey(multi ? measureName : undefined, values[0]!.type);
	return {source: record, series: seriesKey(shape, measureName, dimensions, names), shape, values: read};
}

/** Tells tables apart: MULTI records by their measure name, single measures (no measure name) by their type. */
export function shapeKey(measureName: string | undefined, type: ScalarType): string {
	return measureName === undefined ? `single ${type}` : `multi ${measureName}`;
}

/** Tells time series apart; the dimensions' order does not matter. */
export function seriesKey(
	shape: string,
	measureName: string,
	dimensions: Readonly<Record<string, string>>,
	names = Object.keys(dimensions),
): string {
	const parts = [shape, measureName];
	for (const name of names.sort()) parts.push(name, dimensions[name]!);
	return JSON.stringify(parts);
}

function problemOfTime(time: bigint, now: number | undefined): string | undefined {
	const end = now === undefined ? lastInstant + 1n : BigInt(Math.round(now) + futureMs) * nsPerMs;
	if (time >= firstInstant && time < end) return undefined;
	const iso = (ns: bigint) => new Date(Number(ns / nsPerMs)).toISOString();
	return `The record timestamp is outside the time range [${iso(firstInstant)}, ${iso(end)}) of the memory store.`;
}

function problemOfDimensions(
	names: readonly string[],
	dimensions: StoredRecord['dimensions'],
): string | undefined {
	if (dimensions.assetId === undefined) return 'The record has no dimension assetId.';
	for (const name of names) {
		if (name.includes(':')) return `The dimension name ${name} must not contain a colon.`;
		const problem = problemOfColumn('dimension name', name, dimensionNameBytes);
		if (problem !== undefined) return problem;
		if (dimensions[name] === '') return `The dimension ${name} has no value.`;
		if (!dimensions[name]!.isWellFormed()) return `The value of dimension ${name} is not valid Unicode.`;
	}
	return undefined;
}

function problemOfMeasures({multi, values}: StoredRecord): string | undefined {
	if (values.length === 0) return 'The record has no measure value.';
	if (values.length > recordMeasures) return `The record has more than ${recordMeasures} measures.`;
	if (!multi) return values.length > 1 ? 'A record of several measures must be of type MULTI.' : undefined;
	const seen = new Set<string>();
	for (const {name} of values) {
		const problem = problemOfColumn('measure name', name, nameBytes);
		if (problem !== undefined) return problem;
		if (seen.has(name)) return `The record has the measure ${name} twice.`;
		seen.add(name);
	}
	return undefined;
}

/** Dimensions and the measures of MULTI records are columns: some names are not free for those. */
function problemOfColumn(what: string, name: string, bytes: number): string | undefined {
	const reserved =
		systemNames.has(name) ||
		name.startsWith('ts_') ||
		name.startsWith('measure_name') ||
		name.startsWith('measure_value');
	return reserved ? `The ${what} ${name} is reserved.` : problemOfName(what, name, bytes);
}

function problemOfName(what: string, name: string, bytes: number): string | undefined {
	if (name === '') return `The ${what} is empty.`;
	if (name.includes('\0') || !name.isWellFormed()) return `The ${what} is not valid Unicode.`;
	// A UTF-16 unit takes three bytes at most.
	if (name.length * 3 <= bytes || Buffer.byteLength(name) <= bytes) return undefined;
	return `The ${what} ${name.slice(0, 40)}… is longer than ${bytes} bytes.`;
}

function problemOfValue(name: string, type: ScalarType, value: string): string {
	const shown = value.length > 40 ? `${value.slice(0, 40)}…` : value;
	if (!value.isWellFormed()) return `The measure value of ${name} is not valid Unicode.`;
	return `The measure value '${shown}' of ${name} is invalid: ${unreadable(type, value)}.`;
}

function isTooLong(
	{dimensions, measureName, multi, values}: StoredRecord,
	names: readonly string[],
): boolean {
	const texts = [measureName];
	let bytes = 8;
	for (const name of names) texts.push(name, dimensions[name]!);
	for (const {name, type, value} of values) {
		if (multi) texts.push(name);
		if (type === 'VARCHAR') texts.push(value);
		else bytes += type === 'BOOLEAN' ? 1 : 8;
	}
	let units = 0;
	for (const text of texts) units += text.length;
	if (bytes + units * 3 <= recordBytes) return false;
	for (const text of texts) bytes += Buffer.byteLength(text);
	return bytes > recordBytes;
}
