import type {Form} from './form.ts';
import {type Growth, type Layout, measureKey} from './layout.ts';
import {versionColumn} from './sql-text.ts';
import type {Column, Measure, ScalarType} from './types.ts';

type NewColumn = Omit<Column, 'physical'>;

// Timestream's quotas: https://docs.aws.amazon.com/timestream/latest/developerguide/ts-limits.html
const mostDimensions = 128;
const mostMeasures = 1024;
const mostMeasureNames = 8192;
// DuckDB's own: a table of 1,000 columns could not be committed in 512 MB, and each shape is a part of the view.
const mostShapeColumns = 200;
const mostShapes = 256;

/** The columns of every view and table; others need other physical names. */
const ownColumns = ['measure_name', 'time', versionColumn, 'rowid'];

const kindNames: Readonly<Record<Column['kind'], string>> = {
	DIMENSION: 'a dimension',
	MEASURE_NAME: 'the measure name',
	MEASURE_VALUE: 'a measure',
	MULTI: 'a measure',
	TIMESTAMP: 'the time',
};

/**
 * Makes room in a layout for one form after the other, and notes in `growth` what is new. Or says why there is
 * none for records of that form: then nothing changes.
 */
export function roomMaker(layout: Layout, growth: Growth): (form: Form) => string | undefined {
	const known = new Map<Form, string | undefined>();
	return form => {
		if (!known.has(form)) known.set(form, makeRoom(layout, form, growth));
		return known.get(form);
	};
}

function makeRoom(layout: Layout, form: Form, growth: Growth): string | undefined {
	const missing: NewColumn[] = [];
	const want = (name: string, type: ScalarType, kind: Column['kind']): string | undefined => {
		const column = layout.columns.get(name);
		if (column === undefined) missing.push({name, type, kind});
		else if (column.kind !== kind) {
			return `${name} is ${kindNames[column.kind]} of this table and cannot be ${kindNames[kind]} too.`;
		} else if (column.type !== type) {
			return `The measure ${name} is of type ${column.type} in this table, not ${type}.`;
		}
		return undefined;
	};
	for (const name of form.dimensions) {
		const problem = want(name, 'VARCHAR', 'DIMENSION');
		if (problem !== undefined) return problem;
	}
	for (const [index, {type}] of form.measures.entries()) {
		const problem = want(form.columns[index]!, type, form.multi ? 'MULTI' : 'MEASURE_VALUE');
		if (problem !== undefined) return problem;
	}
	const problem = problemOfSize(layout, form, missing);
	if (problem === undefined) extend(layout, form, missing, growth);
	return problem;
}

function problemOfSize(layout: Layout, form: Form, missing: readonly NewColumn[]): string | undefined {
	const count = (kind: Column['kind']) =>
		[...layout.columns.values(), ...missing].filter(column => column.kind === kind).length;
	const {measureName} = form;
	if (count('DIMENSION') > mostDimensions) {
		return `The table has ${mostDimensions} dimensions: no more are possible.`;
	}
	if (count('MULTI') > mostMeasures) return `The table has ${mostMeasures} measures: no more are possible.`;
	if (
		layout.measures.size >= mostMeasureNames &&
		!layout.measures.has(measureKey(measureName, dataTypeOf(form)))
	) {
		return `The table has ${mostMeasureNames} measure names: no more are possible.`;
	}
	const shape = layout.shapes.get(form.shape);
	if (shape === undefined && layout.shapes.size >= mostShapes) {
		return `The local exchange keeps ${mostShapes} measure names of type MULTI in a table: no more are possible.`;
	}
	const columns = new Set([...(shape?.columns.keys() ?? []), ...form.dimensions, ...form.columns]);
	if (columns.size <= mostShapeColumns) return undefined;
	return (
		`The local exchange keeps ${mostShapeColumns} dimensions and measures for a measure name: ` +
		`${measureName} would have ${columns.size}.`
	);
}

function extend(layout: Layout, form: Form, missing: readonly NewColumn[], growth: Growth): void {
	const {measureName, multi} = form;
	for (const column of missing) {
		const full = {...column, physical: physicalName(layout, column.name)};
		layout.columns.set(column.name, full);
		growth.columns.push(full);
	}
	let shape = layout.shapes.get(form.shape);
	if (shape === undefined) {
		const id = layout.shapes.size + 1;
		shape = {id, key: form.shape, measureName: multi ? measureName : undefined, columns: new Map()};
		layout.shapes.set(shape.key, shape);
		growth.shapes.push(shape);
	}
	for (const name of [...form.dimensions, ...form.columns]) {
		if (shape.columns.has(name)) continue;
		const column = layout.columns.get(name)!;
		shape.columns.set(name, column);
		growth.shapeColumns.push({shape, column});
	}
	const dataType = dataTypeOf(form);
	const key = measureKey(measureName, dataType);
	const measure = layout.measures.get(key) ?? {measureName, dataType, dimensions: new Set()};
	layout.measures.set(key, measure);
	for (const dimension of form.dimensions) {
		if (measure.dimensions.has(dimension)) continue;
		measure.dimensions.add(dimension);
		growth.measureDimensions.push({measureName, dataType, dimension});
	}
}

function dataTypeOf({multi, measures}: Form): Measure['dataType'] {
	return multi ? 'MULTI' : measures[0]!.type;
}

/** DuckDB does not tell `kW` from `kw`: the second that comes gets a number. */
function physicalName(layout: Layout, name: string): string {
	const taken = new Set(ownColumns);
	for (const {physical} of layout.columns.values()) taken.add(physical.toLowerCase());
	let physical = name;
	for (let number = 2; taken.has(physical.toLowerCase()); number++) physical = `${name}_${number}`;
	return physical;
}
