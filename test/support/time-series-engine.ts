import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {type Engine, openEngine} from '../../src/local-exchange/timestream/engine.ts';
import type {ScalarType, StoredRecord} from '../../src/local-exchange/timestream/types.ts';

export const databaseId = 'timeSeriesDbId.1';
export const second = 1_000_000_000n;

export type TestEngine = {
	/** The open one; another after `reopen`. */
	readonly engine: () => Engine;
	readonly file: string;
	/** All rows of a query, values as text; `series` in it stands for the view. */
	readonly select: (sql: string) => Promise<readonly (readonly (string | null)[])[]>;
	readonly reopen: () => Promise<void>;
	readonly close: () => Promise<void>;
};

/** An engine on a file of its own, with an empty database. */
export async function startEngine(now?: () => number): Promise<TestEngine> {
	const directory = mkdtempSync(join(tmpdir(), 'adx-engine-'));
	const file = join(directory, 'series.duckdb');
	const open = () => openEngine({file, ...(now && {now})});
	let engine = await open();
	await engine.createDatabase({timeSeriesDbId: databaseId, databaseName: 'Feeders', tableName: 'Data'});
	return {
		engine: () => engine,
		file,
		select: async sql => {
			const connection = await engine.connect();
			const {relation} = (await engine.table(databaseId))!;
			const rows = (await connection.runAndReadAll(sql.replaceAll('series', relation))).getRows();
			connection.closeSync();
			return rows.map(row => row.map(value => (value === null ? null : String(value))));
		},
		reopen: async () => {
			await engine.close();
			engine = await open();
		},
		close: async () => {
			await engine.close();
			rmSync(directory, {recursive: true, force: true});
		},
	};
}

/** A MULTI record of asset `f1`: numbers are DOUBLE, bigints BIGINT, texts VARCHAR. */
export function multi(
	seconds: number,
	values: Readonly<Record<string, bigint | boolean | number | string>>,
	other: Partial<StoredRecord> = {},
): StoredRecord {
	return {
		dimensions: {assetId: 'f1', name: 'Feeder 1'},
		measureName: 'telemetry',
		time: BigInt(seconds) * second,
		version: 1n,
		multi: true,
		values: Object.entries(values).map(([name, value]) => ({
			name,
			type: typeOf(value),
			value: String(value),
		})),
		...other,
	};
}

/** A single measure of asset `f1`. */
export function single(
	seconds: number,
	name: string,
	value: string,
	type: ScalarType = 'DOUBLE',
	other: Partial<StoredRecord> = {},
): StoredRecord {
	return multi(seconds, {}, {measureName: name, multi: false, values: [{name, type, value}], ...other});
}

function typeOf(value: bigint | boolean | number | string): ScalarType {
	const types = {bigint: 'BIGINT', boolean: 'BOOLEAN', number: 'DOUBLE', string: 'VARCHAR'} as const;
	return types[typeof value as keyof typeof types];
}
