import type {Layout, Shape} from './layout.ts';
import {identifier, literal, sqlTypes, versionColumn} from './sql-text.ts';
import type {Column, Measure, Table} from './types.ts';

const measureNameColumn: Column = {
	name: 'measure_name',
	physical: 'measure_name',
	type: 'VARCHAR',
	kind: 'MEASURE_NAME',
};
const timeColumn: Column = {name: 'time', physical: 'time', type: 'TIMESTAMP', kind: 'TIMESTAMP'};

/** All columns of a table, in Timestream's order. */
function tableColumns(layout: Layout): readonly Column[] {
	const columns = [...layout.columns.values()];
	return [
		...columns.filter(({kind}) => kind === 'DIMENSION'),
		measureNameColumn,
		timeColumn,
		...columns.filter(({kind}) => kind !== 'DIMENSION'),
	];
}

/** The table that queries see. */
export function tableOf(
	names: Pick<Table, 'timeSeriesDbId' | 'databaseName' | 'tableName'>,
	schema: string,
	layout: Layout,
): Table {
	return {...names, relation: viewName(schema), columns: tableColumns(layout)};
}

/** The rows of SHOW MEASURES. */
export function measuresOf(layout: Layout): readonly Measure[] {
	return [...layout.measures.values()].map(({measureName, dataType, dimensions}) => ({
		measureName,
		dataType,
		dimensions: [...dimensions],
	}));
}

function viewName(schema: string): string {
	return `${identifier(schema)}."series"`;
}

/** The columns that the table of a shape starts with, before `shape.columns`. */
export function leadingColumns(
	shape: Shape,
): readonly {readonly physical: string; readonly type: Column['type']}[] {
	const own = [timeColumn, {physical: versionColumn, type: 'BIGINT' as const}];
	return shape.measureName === undefined ? [measureNameColumn, ...own] : own;
}

export function shapeTable(schema: string, shape: Shape): string {
	return `${identifier(schema)}.shape${shape.id}`;
}

/** A statement that makes the table of a shape. */
export function createShape(schema: string, shape: Shape): string {
	const columns = [...leadingColumns(shape), ...shape.columns.values()].map(columnSql);
	return `CREATE TABLE ${shapeTable(schema, shape)} (${columns.join(', ')})`;
}

/** A statement that adds a column to the table of a shape. */
export function addColumn(schema: string, shape: Shape, column: Column): string {
	return `ALTER TABLE ${shapeTable(schema, shape)} ADD COLUMN ${columnSql(column)}`;
}

/** A statement that makes the view of all shapes anew. Without any shape it has no rows. */
export function createView(schema: string, layout: Layout): string {
	const columns = tableColumns(layout);
	const nothing = columns.map(column => `${nullOf(column)} AS ${identifier(column.physical)}`);
	const branches = [...layout.shapes.values()].map(shape => {
		const parts = columns.map(column => `${branchValue(shape, column)} AS ${identifier(column.physical)}`);
		return `SELECT ${parts.join(', ')} FROM ${shapeTable(schema, shape)}`;
	});
	const rows =
		branches.length > 0 ? branches.join(' UNION ALL ') : `SELECT ${nothing.join(', ')} WHERE false`;
	return `CREATE OR REPLACE VIEW ${viewName(schema)} AS ${rows}`;
}

function branchValue(shape: Shape, column: Column): string {
	const name = identifier(column.physical);
	if (column === measureNameColumn)
		return shape.measureName === undefined ? name : literal(shape.measureName);
	return column === timeColumn || shape.columns.has(column.name) ? name : nullOf(column);
}

function nullOf(column: Column): string {
	return `CAST(NULL AS ${sqlTypes[column.type]})`;
}

function columnSql({physical, type}: Pick<Column, 'physical' | 'type'>): string {
	return `${identifier(physical)} ${sqlTypes[type]}`;
}
