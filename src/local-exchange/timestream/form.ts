import type {ScalarType, StoredRecord} from './types.ts';

/** What records have in common that differ in their values only: names and types, good in themselves. */
export type Form = {
	/** Same for all records that share a table. */
	readonly shape: string;
	readonly multi: boolean;
	readonly measureName: string;
	/** Names, as the first such record has them. */
	readonly dimensions: readonly string[];
	readonly sortedDimensions: readonly string[];
	readonly measures: readonly {readonly name: string; readonly type: ScalarType}[];
	/** What each value is a sample of. */
	readonly attributes: readonly string[];
	/** The name of each value's column. */
	readonly columns: readonly string[];
	/** What the names take of a record's size. */
	readonly bytes: number;
};

// Timestream's quotas: https://docs.aws.amazon.com/timestream/latest/developerguide/ts-limits.html
const dimensionNameBytes = 60;
const nameBytes = 256;
const recordMeasures = 256;

const systemNames = new Set(['measure_value', 'ts_non_existent_col', 'time']);

/** The form of a record, or what is wrong with its names. */
export function formOf({dimensions, measureName, multi, values}: StoredRecord): Form | string {
	const names = Object.keys(dimensions);
	const measures = values.map(({name, type}) => ({name, type}));
	const problem =
		problemOfDimensions(names) ??
		problemOfName('measure name', measureName, nameBytes) ??
		problemOfMeasures(measures, multi);
	if (problem !== undefined) return problem;
	let bytes = Buffer.byteLength(measureName);
	for (const name of names) bytes += Buffer.byteLength(name);
	if (multi) for (const {name} of measures) bytes += Buffer.byteLength(name);
	return {
		shape: shapeKey(multi ? measureName : undefined, measures[0]!.type),
		multi,
		measureName,
		dimensions: names,
		sortedDimensions: names.toSorted(),
		measures,
		attributes: measures.map(({name}) => (multi ? name : measureName)),
		columns: measures.map(({name, type}) => (multi ? name : valueColumn(type))),
		bytes,
	};
}

/** Whether a record is of a form. */
export function isOfForm(form: Form, {dimensions, measureName, multi, values}: StoredRecord): boolean {
	const {measures, dimensions: names} = form;
	if (multi !== form.multi || measureName !== form.measureName || values.length !== measures.length)
		return false;
	for (let index = 0; index < measures.length; index++) {
		const [own, value] = [measures[index]!, values[index]!];
		if (value.name !== own.name || value.type !== own.type) return false;
	}
	const keys = Object.keys(dimensions);
	return keys.length === names.length && keys.every((key, index) => key === names[index]);
}

/** Tells tables apart: MULTI records by their measure name, single measures (no measure name) by their type. */
export function shapeKey(measureName: string | undefined, type: ScalarType): string {
	return measureName === undefined ? `single ${type}` : `multi ${measureName}`;
}

/** The name of the column of single measures. */
function valueColumn(type: ScalarType): string {
	return `measure_value::${type.toLowerCase()}`;
}

function problemOfDimensions(names: readonly string[]): string | undefined {
	if (!names.includes('assetId')) return 'The record has no dimension assetId.';
	for (const name of names) {
		if (name.includes(':')) return `The dimension name ${name} must not contain a colon.`;
		const problem = problemOfColumn('dimension name', name, dimensionNameBytes);
		if (problem !== undefined) return problem;
	}
	return undefined;
}

function problemOfMeasures(measures: Form['measures'], multi: boolean): string | undefined {
	if (measures.length === 0) return 'The record has no measure value.';
	if (measures.length > recordMeasures) return `The record has more than ${recordMeasures} measures.`;
	if (!multi) return measures.length > 1 ? 'A record of several measures must be of type MULTI.' : undefined;
	const seen = new Set<string>();
	for (const {name} of measures) {
		const problem = problemOfColumn('measure name', name, nameBytes);
		if (problem !== undefined) return problem;
		if (seen.has(name)) return `The record has the measure ${name} twice.`;
		seen.add(name);
	}
	return undefined;
}

/** Dimensions and the measures of MULTI records are columns: some names are not free for those. */
function problemOfColumn(what: string, name: string, bytes: number): string | undefined {
	const reserved = systemNames.has(name) || /^(ts_|measure_name|measure_value)/.test(name);
	return reserved ? `The ${what} ${name} is reserved.` : problemOfName(what, name, bytes);
}

function problemOfName(what: string, name: string, bytes: number): string | undefined {
	if (name === '') return `The ${what} is empty.`;
	if (name.includes('\0') || !name.isWellFormed()) return `The ${what} is not valid Unicode.`;
	if (Buffer.byteLength(name) <= bytes) return undefined;
	return `The ${what} ${name.slice(0, 40)}… is longer than ${bytes} bytes.`;
}
