import type {CheckedRecord} from './check-record.ts';
import {versionColumn} from './sql-text.ts';
import type {Column, Measure, ScalarType} from './types.ts';

/** A table of records that look alike: those of one MULTI measure name, or all single measures of one type. */
export type Shape = {
	/** Its table is `shapeN`. */
	readonly id: number;
	readonly key: string;
	/** Of MULTI records; undefined for single measures, which have a column `measure_name`. */
	readonly measureName: string | undefined;
	/** Its dimensions and measures by name, in the order of its table, where they come last. */
	readonly columns: Map<string, Column>;
};

/** How the records of one database are laid out in tables. Grows, never shrinks. */
export type Layout = {
	/** Dimensions and measures by name, in the order they came. */
	readonly columns: Map<string, Column>;
	/** By key. */
	readonly shapes: Map<string, Shape>;
	/** By name and type, in the order they came. */
	readonly measures: Map<
		string,
		{readonly measureName: string; readonly dataType: Measure['dataType']; readonly dimensions: Set<string>}
	>;
};

/** What a layout has and the file does not have yet. */
export type Growth = {
	readonly columns: Column[];
	readonly shapes: Shape[];
	readonly shapeColumns: {readonly shape: Shape; readonly column: Column}[];
	readonly measureDimensions: (Pick<Measure, 'measureName' | 'dataType'> & {readonly dimension: string})[];
};

// Timestream's quotas: https://docs.aws.amazon.com/timestream/latest/developerguide/ts-limits.html
const mostDimensions = 128;
const mostMeasures = 1024;
const mostMeasureNames = 8192;
// DuckDB's own: a table of 1,000 columns could not be committed in 512 MB, and each shape is a part of the view.
const mostShapeColumns = 200;
const mostShapes = 256;

/** The columns of every view and table; others need other physical names. */
const ownColumns = ['measure_name', 'time', versionColumn, 'rowid'];

export function emptyLayout(): Layout {
	return {columns: new Map(), shapes: new Map(), measures: new Map()};
}

export function noGrowth(): Growth {
	return {columns: [], shapes: [], shapeColumns: [], measureDimensions: []};
}

export function hasGrown(growth: Growth): boolean {
	return growth.shapeColumns.length > 0 || growth.measureDimensions.length > 0;
}

/** Makes room for a record, and notes in `growth` what is new. Or says why there is none: then nothing changes. */
export function makeRoom(layout: Layout, record: CheckedRecord, growth: Growth): string | undefined {
	const {dimensions, measureName, multi, values} = record.source;
	const shape = layout.shapes.get(record.shape);
	const measure = layout.measures.get(measureKey(measureName, multi ? 'MULTI' : values[0]!.type));
	const missing: Omit<Column, 'physical'>[] = [];
	let isKnown = shape !== undefined && measure !== undefined;
	const want = (name: string, type: ScalarType, kind: Column['kind']): string | undefined => {
		const column = layout.columns.get(name);
		if (column === undefined) missing.push({name, type, kind});
		else if (column.kind !== kind)
			return `${name} is ${kindNames[column.kind]} of this table and cannot be ${kindNames[kind]} too.`;
		else if (column.type !== type)
			return `The measure ${name} is of type ${column.type} in this table, not ${type}.`;
		isKnown &&= shape!.columns.has(name);
		return undefined;
	};
	for (const name of Object.keys(dimensions)) {
		const problem = want(name, 'VARCHAR', 'DIMENSION');
		if (problem !== undefined) return problem;
		isKnown &&= measure!.dimensions.has(name);
	}
	for (const {name, type} of values) {
		const problem = multi ? want(name, type, 'MULTI') : want(valueColumn(type), type, 'MEASURE_VALUE');
		if (problem !== undefined) return problem;
	}
	if (isKnown) return undefined;
	const problem = problemOfSize(layout, record, missing);
	if (problem === undefined) extend(layout, record, missing, growth);
	return problem;
}

/** The name of the column of single measures. */
export function valueColumn(type: ScalarType): string {
	return `measure_value::${type.toLowerCase()}`;
}

export function measureKey(measureName: string, dataType: Measure['dataType']): string {
	return `${dataType} ${measureName}`;
}

/** The columns a record fills, by name. */
export function* columnNames({source}: CheckedRecord): Generator<string> {
	yield* Object.keys(source.dimensions);
	if (source.multi) for (const {name} of source.values) yield name;
	else yield valueColumn(source.values[0]!.type);
}

const kindNames: Readonly<Record<Column['kind'], string>> = {
	DIMENSION: 'a dimension',
	MEASURE_NAME: 'the measure name',
	MEASURE_VALUE: 'a measure',
	MULTI: 'a measure',
	TIMESTAMP: 'the time',
};

function problemOfSize(
	layout: Layout,
	record: CheckedRecord,
	missing: readonly Omit<Column, 'physical'>[],
): string | undefined {
	const count = (kind: Column['kind']) =>
		[...layout.columns.values(), ...missing].filter(column => column.kind === kind).length;
	const {measureName, multi} = record.source;
	if (count('DIMENSION') > mostDimensions)
		return `The table has ${mostDimensions} dimensions: no more are possible.`;
	if (count('MULTI') > mostMeasures) return `The table has ${mostMeasures} measures: no more are possible.`;
	if (layout.measures.size >= mostMeasureNames) {
		return `The table has ${mostMeasureNames} measure names: no more are possible.`;
	}
	const shape = layout.shapes.get(record.shape);
	if (shape === undefined && layout.shapes.size >= mostShapes) {
		return `The local exchange keeps ${mostShapes} measure names of type MULTI in a table: no more are possible.`;
	}
	const columns = new Set(shape?.columns.keys());
	for (const name of columnNames(record)) columns.add(name);
	if (multi && columns.size > mostShapeColumns) {
		return `The local exchange keeps ${mostShapeColumns} dimensions and measures for a measure name: ${measureName} would have ${columns.size}.`;
	}
	return undefined;
}

function extend(
	layout: Layout,
	record: CheckedRecord,
	missing: readonly Omit<Column, 'physical'>[],
	growth: Growth,
): void {
	const {dimensions, measureName, multi, values} = record.source;
	for (const column of missing) {
		const full = {...column, physical: physicalName(layout, column.name)};
		layout.columns.set(column.name, full);
		growth.columns.push(full);
	}
	let shape = layout.shapes.get(record.shape);
	if (shape === undefined) {
		shape = {
			id: layout.shapes.size + 1,
			key: record.shape,
			measureName: multi ? measureName : undefined,
			columns: new Map(),
		};
		layout.shapes.set(shape.key, shape);
		growth.shapes.push(shape);
	}
	for (const name of columnNames(record)) {
		if (shape.columns.has(name)) continue;
		const column = layout.columns.get(name)!;
		shape.columns.set(name, column);
		growth.shapeColumns.push({shape, column});
	}
	const dataType = multi ? 'MULTI' : values[0]!.type;
	const key = measureKey(measureName, dataType);
	const measure = layout.measures.get(key) ?? {measureName, dataType, dimensions: new Set()};
	layout.measures.set(key, measure);
	for (const dimension of Object.keys(dimensions)) {
		if (measure.dimensions.has(dimension)) continue;
		measure.dimensions.add(dimension);
		growth.measureDimensions.push({measureName, dataType, dimension});
	}
}

/** DuckDB does not tell `kW` from `kw`: the second that comes gets a number. */
function physicalName(layout: Layout, name: string): string {
	const taken = new Set(ownColumns);
	for (const {physical} of layout.columns.values()) taken.add(physical.toLowerCase());
	let physical = name;
	for (let number = 2; taken.has(physical.toLowerCase()); number++) physical = `${name}_${number}`;
	return physical;
}
