import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {DuckDBConnection} from '@duckdb/node-api';
import {startLocalExchange} from '../../src/local-exchange/server.ts';
import {type Engine, openEngine} from '../../src/local-exchange/timestream/engine.ts';
import {createQueries, type Queries} from '../../src/local-exchange/timestream/sql/queries.ts';
import type {StoredRecord, Table} from '../../src/local-exchange/timestream/types.ts';
import {apiClient} from '../support/api-client.ts';
import {inTurn, median, milliseconds, type Row, times} from './measure.ts';

const assets = 100;
const attributes = 10;
/** A record a minute and asset: 10 million points in all. */
const minutes = 10_000;
const rounds = 9;
const start = Date.UTC(2026, 0, 1);
const minute = 60_000;

/** The local exchange's time series at 10 million points, beside the same engine called directly. */
export async function rows(): Promise<Row[]> {
	const directory = await mkdtemp(path.join(tmpdir(), 'adx-bench-'));
	try {
		const database = await makeDatabase(directory);
		const engine = await openEngine({file: path.join(directory, 'series.duckdb')});
		await engine.load(database, history());
		const measured = [...(await sql(engine, database)), ...(await publish(engine, database))];
		await engine.close();
		return [...measured, await latest(directory, database)];
	} finally {
		await rm(directory, {recursive: true});
	}
}

async function makeDatabase(directory: string): Promise<string> {
	const server = await startLocalExchange({directory, seed: false});
	const {ask} = apiClient(server.endpoint, server.token);
	const made = await ask('mutation {timeSeriesDb_createDatabase(name: "Bench") {timeSeriesDbId}}');
	const id: string = made.timeSeriesDb_createDatabase.timeSeriesDbId;
	await ask(`{timeSeriesDb_listAllAssetLastValues(timeSeriesDbId: "${id}") {queryId}}`);
	await server.close();
	return id;
}

function* history(): Generator<StoredRecord[]> {
	for (let at = 0; at < minutes; at++) {
		yield Array.from({length: assets}, (_, asset) =>
			recordOf(asset, BigInt(start + at * minute) * 1_000_000n),
		);
	}
}

function recordOf(asset: number, time: bigint): StoredRecord {
	return {
		dimensions: {assetId: `asset-${asset}`, name: `Asset ${asset}`},
		measureName: 'telemetry',
		time,
		version: 1n,
		multi: true,
		values: Array.from({length: attributes}, (_, index) => ({
			name: `a${index}`,
			type: 'DOUBLE',
			value: String(Math.round(1e6 * Math.sin(Number(time / 60_000_000_000n) / 700 + asset + index)) / 1e4),
		})),
	};
}

async function sql(engine: Engine, database: string): Promise<Row[]> {
	const table = (await engine.table(database))!;
	const queries = createQueries({engine, now: Date.now});
	const connection = await engine.connect();
	const day = "BETWEEN timestamp '2026-01-03 00:00:00' AND timestamp '2026-01-03 23:59:59'";
	const measures = Array.from({length: attributes}, (_, index) => `a${index}`).join(', ');
	const three = `"assetId" IN ('asset-1', 'asset-2', 'asset-3')`;
	const cases = {
		'15-minute means of one attribute of all assets': {
			timestream: 'SELECT bin(time, 15m) AS t, avg(a0) FROM "{db}"."{table}" GROUP BY 1 ORDER BY 1',
			duckdb: `SELECT time_bucket(INTERVAL 15 minute, time) AS t, avg(a0) FROM ${table.relation} GROUP BY 1 ORDER BY 1`,
		},
		'the newest value of each asset': {
			timestream: 'SELECT "assetId", max_by(a0, time), max(time) FROM "{db}"."{table}" GROUP BY 1 ORDER BY 1',
			duckdb: `SELECT "assetId", arg_max(a0, epoch_ns(time)), max(time) FROM ${table.relation} GROUP BY 1 ORDER BY 1`,
		},
		'a day of three assets, ten attributes, 4,320 rows': {
			timestream: `SELECT "assetId", time, ${measures} FROM "{db}"."{table}" WHERE time ${day} AND ${three} ORDER BY time`,
			duckdb: `SELECT "assetId", time, ${measures} FROM ${table.relation} WHERE time ${day.replaceAll('timestamp', 'TIMESTAMP_NS')} AND ${three} ORDER BY time`,
		},
	};
	const measured: Row[] = [];
	for (const [what, {timestream, duckdb}] of Object.entries(cases)) {
		const duration = await inTurn(rounds, {
			direct: () => time(() => direct(connection, duckdb)),
			asked: () => time(() => allPages(queries, timestream, table)),
		});
		measured.push({
			what: `SQL at 10 million points: ${what}, to the last page of JSON, ÷ DuckDB and its rows as JSON`,
			value: `${times(duration.asked / duration.direct)} (${milliseconds(duration.asked)})`,
			goal: '≤ 1.25',
		});
	}
	connection.closeSync();
	await queries.close();
	return measured;
}

async function direct(connection: DuckDBConnection, query: string): Promise<string> {
	return JSON.stringify((await connection.runAndReadAll(query)).getRowsJson());
}

async function allPages(queries: Queries, query: string, table: Table): Promise<void> {
	const queryString = query.replace('{db}', table.databaseName).replace('{table}', table.tableName);
	const request = {queryString, userId: 'bench', tables: [table]};
	let answer = await queries.run(request);
	for (;;) {
		// The token stands behind the rows; parsing them is the client's part.
		const nextToken = /"NextToken":"([^"]+)"/.exec(answer.resultJSONString)?.[1];
		if (nextToken === undefined) return;
		answer = await queries.run({...request, nextToken, clientToken: answer.clientToken ?? undefined});
	}
}

async function publish(engine: Engine, database: string): Promise<Row[]> {
	const {relation} = (await engine.table(database))!;
	const connection = await engine.connect();
	await connection.run(`CREATE SCHEMA bare; CREATE TABLE bare.rows AS SELECT * FROM ${relation}`);
	let at = start + minutes * minute;
	const fresh = () => {
		const records: StoredRecord[] = [];
		for (let step = 0; step < 1000 / assets; step++) {
			at += minute;
			for (let asset = 0; asset < assets; asset++) records.push(recordOf(asset, BigInt(at) * 1_000_000n));
		}
		return records;
	};
	const duration = await inTurn(15, {
		bare: () => {
			const records = fresh();
			return time(() => append(connection, records));
		},
		published: () => {
			const records = fresh();
			return time(async () => {
				const rejected = await engine.write(database, records);
				if (rejected.length > 0) throw new Error(rejected[0]!.reason);
			});
		},
	});
	connection.closeSync();
	return [
		{
			what: '1,000 records of 10 attributes published at 10 million points ÷ a bare append of them',
			value: `${times(duration.published / duration.bare)} (${milliseconds(duration.published)})`,
			goal: '≤ 2',
		},
	];
}

/** As its documentation shows it: a value at a time, and the transaction to the disk. */
async function append(connection: DuckDBConnection, records: readonly StoredRecord[]): Promise<void> {
	const {DuckDBTimestampNanosecondsValue} = await import('@duckdb/node-api');
	await connection.run('BEGIN');
	const appender = await connection.createAppender('rows', 'bare');
	for (const {dimensions, measureName, time, values} of records) {
		appender.appendVarchar(dimensions.assetId!);
		appender.appendVarchar(dimensions.name!);
		appender.appendVarchar(measureName);
		appender.appendTimestampNanoseconds(new DuckDBTimestampNanosecondsValue(time));
		for (const {value} of values) appender.appendDouble(Number(value));
		appender.endRow();
	}
	appender.closeSync();
	await connection.run('COMMIT');
}

async function latest(directory: string, database: string): Promise<Row> {
	const server = await startLocalExchange({directory, seed: false});
	const query = `{timeSeriesDb_listAllAssetLastValues(timeSeriesDbId: "${database}") {
		nextToken data {assetId name attributes {name attributeType lastValue lastValueTime}}}}`;
	const {ask} = apiClient(server.endpoint, server.token);
	const durations: number[] = [];
	for (let round = 0; round < 15; round++) {
		durations.push(await time(() => ask(query)));
	}
	await server.close();
	return {
		what: 'latest values of 1,000 attributes at 10 million points, request and answer',
		value: milliseconds(median(durations.slice(1))),
		goal: '≤ 10 ms',
	};
}

async function time(work: () => Promise<unknown>): Promise<number> {
	const began = performance.now();
	await work();
	return performance.now() - began;
}
