import type {DuckDBConnection} from '@duckdb/node-api';
import {type Latest, newLatest, type Series} from './latest.ts';
import {findLatest, keyOf} from './latest-query.ts';
import type {Layout} from './layout.ts';
import {appendColumns, type DuckDb, rowsOf} from './rows.ts';
import {readScalar, writeScalar} from './scalars.ts';
import type {ScalarType} from './types.ts';

/**
 * Where the newest values stay from one process to the next. They hold for a database while its `latestKept` is
 * set: the first write takes that back in its own transaction, a close sets it again. So a write need not keep
 * these tables, and after a kill they are found anew.
 */
export const latestTables = `
CREATE TABLE layout.latestSeries (
	database INTEGER, series INTEGER, shape INTEGER, measureName VARCHAR, dimensions VARCHAR, newest BIGINT
);
CREATE TABLE layout.latestSamples (
	database INTEGER, series INTEGER, attribute VARCHAR, type VARCHAR, value VARCHAR, time BIGINT
);`;

type Database = {readonly id: number; readonly schema: string; readonly layout: Layout};

/** The newest values of a database, from where they were kept or from its tables. */
export async function openLatest(
	connection: DuckDBConnection,
	database: Database,
	isKept: boolean,
): Promise<Latest> {
	const latest = newLatest();
	if (isKept) await restore(connection, database, latest);
	else await findLatest(connection, database.schema, database.layout, latest);
	return latest;
}

async function restore(connection: DuckDBConnection, {id, layout}: Database, latest: Latest): Promise<void> {
	const shapes = new Map([...layout.shapes.values()].map(shape => [shape.id, shape]));
	const kept = new Map<unknown, Series>();
	const read = (columns: string, table: string) =>
		rowsOf(connection, `SELECT ${columns} FROM layout.${table} WHERE database = ${id}`);
	const columns = 'series, shape, measureName, dimensions, newest';
	for (const [index, shape, measureName, dimensions, newest] of await read(columns, 'latestSeries')) {
		kept.set(index, {
			shape: shapes.get(Number(shape))!,
			measureName: String(measureName),
			dimensions: JSON.parse(String(dimensions)),
			newest: newest as bigint,
			samples: new Map(),
		});
	}
	for (const row of await read('series, attribute, type, value, time', 'latestSamples')) {
		const [index, attribute, type, value, time] = row;
		const scalarType = type as ScalarType;
		kept.get(index)!.samples.set(String(attribute), {
			type: scalarType,
			value: readScalar(scalarType, String(value))!,
			time: time as bigint,
		});
	}
	for (const series of kept.values()) latest.add(keyOf(series), series);
}

/** Writes the newest values down, within the caller's transaction. */
export async function keepLatest(
	duckdb: DuckDb,
	connection: DuckDBConnection,
	database: number,
	latest: Latest,
): Promise<void> {
	for (const table of ['latestSeries', 'latestSamples']) {
		await connection.run(`DELETE FROM layout.${table} WHERE database = ${database}`);
	}
	const {INTEGER, BIGINT, VARCHAR} = duckdb;
	const all = [...latest.series.values()];
	await appendColumns(
		duckdb,
		connection,
		{schema: 'layout', name: 'latestSeries'},
		[INTEGER, INTEGER, INTEGER, VARCHAR, VARCHAR, BIGINT],
		[
			all.map(() => database),
			all.map((_, index) => index),
			all.map(({shape}) => shape.id),
			all.map(({measureName}) => measureName),
			all.map(({dimensions}) => JSON.stringify(dimensions)),
			all.map(({newest}) => newest),
		],
	);
	const samples = all.flatMap(({samples}, index) =>
		[...samples].map(([attribute, sample]) => ({index, attribute, ...sample})),
	);
	await appendColumns(
		duckdb,
		connection,
		{schema: 'layout', name: 'latestSamples'},
		[INTEGER, INTEGER, VARCHAR, VARCHAR, VARCHAR, BIGINT],
		[
			samples.map(() => database),
			samples.map(({index}) => index),
			samples.map(({attribute}) => attribute),
			samples.map(({type}) => type),
			samples.map(({type, value}) => writeScalar(type, value)),
			samples.map(({time}) => time),
		],
	);
	await connection.run(`UPDATE layout.databases SET latestKept = true WHERE database = ${database}`);
}
