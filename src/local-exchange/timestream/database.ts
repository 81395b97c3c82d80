import type {DuckDBConnection} from '@duckdb/node-api';
import type {Latest} from './latest.ts';
import {latestTables, openLatest} from './latest-file.ts';
import {emptyLayout, type Layout} from './layout.ts';
import {keepView, layoutTables, readLayout} from './layout-file.ts';
import {rowsOf} from './rows.ts';
import {identifier} from './sql-text.ts';
import {measuresOf, tableOf} from './table.ts';
import {transact} from './transaction.ts';
import type {Measure, Table} from './types.ts';

/** A time-series database as the engine keeps it in memory. Only tasks of the write queue may change it. */
export type Database = {
	readonly id: number;
	/** Of DuckDB: holds its tables. */
	readonly schema: string;
	readonly names: Pick<Table, 'timeSeriesDbId' | 'databaseName' | 'tableName'>;
	/** Runs ahead of the file within a task. */
	layout: Layout;
	/** What is committed. */
	table: Table;
	measures: readonly Measure[];
	/** Undefined until somebody needs it. */
	latest: Latest | undefined;
	/** Whether the newest values in the file hold. */
	latestKept: boolean;
};

const formatVersion = 1;

/** Makes the engine's own tables in a new file; refuses a file of a newer program. */
export async function prepareFile(connection: DuckDBConnection): Promise<void> {
	const [known] = await rowsOf(
		connection,
		"SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'layout' AND table_name = 'format'",
	);
	if (known?.[0] !== 0n) {
		const [[version] = []] = await rowsOf(connection, 'SELECT version FROM layout.format');
		if (version === formatVersion) return;
		throw new Error(`the time-series file was written by another version of adx-shell (format ${version})`);
	}
	await connection.run(`BEGIN;
		CREATE SCHEMA layout;
		CREATE TABLE layout.format AS SELECT ${formatVersion}::INTEGER AS version;
		CREATE SEQUENCE layout.ids;
		CREATE TABLE layout.databases (
			database INTEGER, timeSeriesDbId VARCHAR, databaseName VARCHAR, tableName VARCHAR, latestKept BOOLEAN
		);
		${layoutTables}
		${latestTables}
		COMMIT`);
}

/** All databases of the file, or the one with an id. */
export async function readDatabases(
	connection: DuckDBConnection,
	timeSeriesDbId?: string,
): Promise<readonly Database[]> {
	const found = await rowsOf(
		connection,
		`SELECT database, timeSeriesDbId, databaseName, tableName, latestKept FROM layout.databases
		${timeSeriesDbId === undefined ? '' : 'WHERE timeSeriesDbId = $1'} ORDER BY database`,
		timeSeriesDbId === undefined ? [] : [timeSeriesDbId],
	);
	const databases: Database[] = [];
	for (const [id, dbId, databaseName, tableName, latestKept] of found) {
		const names = {
			timeSeriesDbId: String(dbId),
			databaseName: String(databaseName),
			tableName: String(tableName),
		};
		const layout = await readLayout(connection, Number(id));
		databases.push(newDatabase(Number(id), names, layout, latestKept === true));
	}
	return databases;
}

/** Makes what queries see of the layout. */
export function publishLayout(database: Database): void {
	database.table = tableOf(database.names, database.schema, database.layout);
	database.measures = measuresOf(database.layout);
}

/** The newest values of a database; found when they are not in memory. For tasks of the write queue. */
export async function latestOf(connection: DuckDBConnection, database: Database): Promise<Latest> {
	database.latest ??= await openLatest(connection, database, database.latestKept);
	return database.latest;
}

/** Says in the file, within the caller's transaction, that the newest values there do not hold any more. */
export async function outdateLatest(connection: DuckDBConnection, {id, latestKept}: Database): Promise<void> {
	if (!latestKept) return;
	await connection.run(`UPDATE layout.databases SET latestKept = false WHERE database = ${id}`);
}

/** Makes a database in the file. */
export async function createDatabase(
	connection: DuckDBConnection,
	names: Database['names'],
): Promise<Database> {
	const [[id] = []] = await rowsOf(connection, "SELECT nextval('layout.ids')");
	const database = newDatabase(Number(id), names, emptyLayout(), false);
	await transact(connection, async () => {
		await connection.run(`CREATE SCHEMA ${identifier(database.schema)}`);
		await keepView(connection, database.schema, database.layout);
		await connection.run('INSERT INTO layout.databases VALUES ($1, $2, $3, $4, false)', [
			database.id,
			names.timeSeriesDbId,
			names.databaseName,
			names.tableName,
		]);
	});
	return database;
}

/** Removes a database from the file, with all that it holds. */
export async function removeDatabase(connection: DuckDBConnection, {id, schema}: Database): Promise<void> {
	const tables = [
		'columns',
		'shapes',
		'shapeColumns',
		'measures',
		'latestSeries',
		'latestSamples',
		'databases',
	];
	await transact(connection, async () => {
		await connection.run(`DROP SCHEMA ${identifier(schema)} CASCADE`);
		for (const table of tables) await connection.run(`DELETE FROM layout.${table} WHERE database = ${id}`);
	});
}

function newDatabase(id: number, names: Database['names'], layout: Layout, latestKept: boolean): Database {
	const schema = `db${id}`;
	const table = tableOf(names, schema, layout);
	return {id, schema, names, layout, table, measures: measuresOf(layout), latest: undefined, latestKept};
}
