import type {DuckDBConnection, DuckDBValue} from '@duckdb/node-api';
import {seriesKey} from './check-record.ts';
import type {Latest, Sample, Series} from './latest.ts';
import type {Layout, Shape} from './layout.ts';
import {fromDuck, type Row, rowsOf} from './rows.ts';
import {identifier} from './sql-text.ts';
import {shapeTable} from './table.ts';
import type {Column} from './types.ts';

/** Finds the newest values of a database in its tables: some 0.3 s for 10 million samples. */
export async function findLatest(
	connection: DuckDBConnection,
	schema: string,
	layout: Layout,
	latest: Latest,
): Promise<void> {
	for (const shape of layout.shapes.values()) {
		const {sql, read} = newestOf(schema, shape, '');
		for (const row of await rowsOf(connection, sql)) {
			const series = read(row);
			if (series !== undefined) latest.add(keyOf(series), series);
		}
	}
}

/** Finds the newest values of one series anew. */
export async function findSeries(
	connection: DuckDBConnection,
	schema: string,
	{shape, measureName, dimensions}: Series,
): Promise<Series | undefined> {
	const values: DuckDBValue[] = [];
	const equal = (physical: string, value: string | undefined) => {
		if (value === undefined) return `${identifier(physical)} IS NULL`;
		return `${identifier(physical)} = $${values.push(value)}`;
	};
	const terms = dimensionsOf(shape).map(({name, physical}) => equal(physical, dimensions[name]));
	if (shape.measureName === undefined) terms.push(equal('measure_name', measureName));
	const {sql, read} = newestOf(schema, shape, `WHERE ${terms.join(' AND ')}`);
	const [row] = await rowsOf(connection, sql, values);
	return row && read(row);
}

export function keyOf({shape, measureName, dimensions}: Series): string {
	return seriesKey(shape.key, measureName, Object.keys(dimensions).sort(), dimensions);
}

function dimensionsOf(shape: Shape): readonly Column[] {
	return [...shape.columns.values()].filter(({kind}) => kind === 'DIMENSION');
}

/** `arg_max` over `epoch_ns` is four times as fast as over the time itself. */
function newestOf(
	schema: string,
	shape: Shape,
	where: string,
): {readonly sql: string; readonly read: (row: Row) => Series | undefined} {
	const dimensions = dimensionsOf(shape);
	const measures = [...shape.columns.values()].filter(({kind}) => kind !== 'DIMENSION');
	const keys = dimensions.map(({physical}) => identifier(physical));
	if (shape.measureName === undefined) keys.push('measure_name');
	const samples = measures.flatMap(({physical}) => {
		const name = identifier(physical);
		return [`arg_max(${name}, epoch_ns(time))`, `max(epoch_ns(time)) FILTER (${name} IS NOT NULL)`];
	});
	const chosen = [...keys, 'max(epoch_ns(time))', ...samples].join(', ');
	const sql = `SELECT ${chosen} FROM ${shapeTable(schema, shape)} ${where} GROUP BY ${keys.join(', ')}`;
	const read = (row: Row): Series | undefined => {
		const dimensionValues = dimensions.flatMap(({name}, index) => {
			const value = row[index];
			return value === null ? [] : [[name, String(value)] as const];
		});
		const measureName = shape.measureName ?? String(row[dimensions.length]);
		const found = new Map<string, Sample>();
		for (const [index, {name, kind, type}] of measures.entries()) {
			const value = fromDuck(type, row[keys.length + 1 + 2 * index]);
			const time = fromDuck('BIGINT', row[keys.length + 2 + 2 * index]);
			if (value === undefined) continue;
			found.set(kind === 'MULTI' ? name : measureName, {type, value, time: time as bigint});
		}
		const newest = row[keys.length] as bigint;
		return {shape, measureName, dimensions: Object.fromEntries(dimensionValues), newest, samples: found};
	};
	return {sql, read};
}
