import type {DuckDBConnection} from '@duckdb/node-api';
import {shapeKey} from './form.ts';
import {emptyLayout, type Growth, type Layout, measureKey, type Shape} from './layout.ts';
import {type Row, rowsOf} from './rows.ts';
import {literal} from './sql-text.ts';
import {addColumn, createShape, createView} from './table.ts';
import type {Column, Measure, ScalarType} from './types.ts';

/** Where the file says how its databases are laid out; `position` keeps the order in which things came. */
export const layoutTables = `
CREATE SEQUENCE layout.positions;
CREATE TABLE layout.columns (
	database INTEGER, name VARCHAR, physical VARCHAR, type VARCHAR, kind VARCHAR,
	position BIGINT DEFAULT nextval('layout.positions')
);
CREATE TABLE layout.shapes (
	database INTEGER, shape INTEGER, measureName VARCHAR, type VARCHAR,
	position BIGINT DEFAULT nextval('layout.positions')
);
CREATE TABLE layout.shapeColumns (
	database INTEGER, shape INTEGER, name VARCHAR,
	position BIGINT DEFAULT nextval('layout.positions')
);
CREATE TABLE layout.measures (
	database INTEGER, measureName VARCHAR, dataType VARCHAR, dimension VARCHAR,
	position BIGINT DEFAULT nextval('layout.positions')
);`;

/** Reads how the records of a database are laid out. */
export async function readLayout(connection: DuckDBConnection, database: number): Promise<Layout> {
	const layout = emptyLayout();
	const read = (columns: string, table: string) =>
		rowsOf(
			connection,
			`SELECT ${columns} FROM layout.${table} WHERE database = ${database} ORDER BY position`,
		);
	for (const row of await read('name, physical, type, kind', 'columns')) {
		const column = columnOf(row);
		layout.columns.set(column.name, column);
	}
	const shapes = new Map<number, Shape>();
	for (const [id, name, type] of await read('shape, measureName, type', 'shapes')) {
		const measureName = name === null ? undefined : String(name);
		const key = shapeKey(measureName, type as ScalarType);
		const shape: Shape = {id: Number(id), key, measureName, columns: new Map()};
		layout.shapes.set(key, shape);
		shapes.set(shape.id, shape);
	}
	for (const [id, name] of await read('shape, name', 'shapeColumns')) {
		shapes.get(Number(id))!.columns.set(String(name), layout.columns.get(String(name))!);
	}
	for (const [name, type, dimension] of await read('measureName, dataType, dimension', 'measures')) {
		const measureName = String(name);
		const dataType = type as Measure['dataType'];
		const key = measureKey(measureName, dataType);
		const measure = layout.measures.get(key) ?? {measureName, dataType, dimensions: new Set()};
		layout.measures.set(key, measure);
		measure.dimensions.add(String(dimension));
	}
	return layout;
}

/** Brings the file up to its layout, within the caller's transaction. The view comes with `keepView`. */
export async function keepGrowth(
	connection: DuckDBConnection,
	database: {readonly id: number; readonly schema: string},
	growth: Growth,
): Promise<void> {
	const {id, schema} = database;
	const statements = growth.shapes.map(shape => createShape(schema, shape));
	for (const {shape, column} of growth.shapeColumns) {
		if (!growth.shapes.includes(shape)) statements.push(addColumn(schema, shape, column));
	}
	const insert = (
		table: string,
		columns: string,
		rows: readonly (readonly (number | string | undefined)[])[],
	) => {
		if (rows.length === 0) return;
		const values = rows.map(row => `(${[id, ...row].map(sqlValue).join(', ')})`);
		statements.push(`INSERT INTO layout.${table} (database, ${columns}) VALUES ${values.join(', ')}`);
	};
	insert(
		'columns',
		'name, physical, type, kind',
		growth.columns.map(({name, physical, type, kind}) => [name, physical, type, kind]),
	);
	insert(
		'shapes',
		'shape, measureName, type',
		growth.shapes.map(shape => [shape.id, shape.measureName, singleType(shape)]),
	);
	insert(
		'shapeColumns',
		'shape, name',
		growth.shapeColumns.map(({shape, column}) => [shape.id, column.name]),
	);
	insert(
		'measures',
		'measureName, dataType, dimension',
		growth.measureDimensions.map(({measureName, dataType, dimension}) => [measureName, dataType, dimension]),
	);
	for (const statement of statements) await connection.run(statement);
}

/** Makes the view of a database anew, within the caller's transaction. */
export async function keepView(connection: DuckDBConnection, schema: string, layout: Layout): Promise<void> {
	await connection.run(createView(schema, layout));
}

function columnOf([name, physical, type, kind]: Row): Column {
	return {
		name: String(name),
		physical: String(physical),
		type: type as ScalarType,
		kind: kind as Column['kind'],
	};
}

function singleType(shape: Shape): string | undefined {
	if (shape.measureName !== undefined) return undefined;
	return [...shape.columns.values()].find(({kind}) => kind === 'MEASURE_VALUE')?.type;
}

function sqlValue(value: number | string | undefined): string {
	return typeof value === 'number' ? String(value) : literal(value);
}
