import {
	createQueries,
	type Queries,
	type QueriesParts,
} from '../../../../src/local-exchange/timestream/sql/queries.ts';
import type {StoredRecord, Table} from '../../../../src/local-exchange/timestream/types.ts';
import {startEngine, type TestEngine} from '../../../support/time-series-engine.ts';

/** 2024-01-02 00:00 UTC: now, for the queries. */
export const now = Date.UTC(2024, 0, 2);
/** 2024-01-01 00:00 UTC and 7 ns. */
export const start = 1_704_067_200_000_000_007n;
export const minute = 60_000_000_000n;

export type Datum = {readonly ScalarValue?: string; readonly NullValue?: boolean} & Record<string, unknown>;

/** What Timestream's Query answers. */
export type Answer = {
	readonly QueryId: string;
	readonly NextToken?: string;
	readonly Rows: readonly {readonly Data: readonly Datum[]}[];
	readonly ColumnInfo: readonly {readonly Name: string; readonly Type: Record<string, unknown>}[];
	readonly QueryStatus: {
		readonly ProgressPercentage: number;
		readonly CumulativeBytesScanned: number;
		readonly CumulativeBytesMetered: number;
	};
};

export type SqlEngine = {
	readonly engine: TestEngine;
	readonly queries: Queries;
	/** Those `ann` may read: `grid.meters`, whose records have many values, and `grid.plain`, with one each. */
	readonly tables: readonly Table[];
	/** One that she may not read. */
	readonly secret: Table;
	readonly ask: (sql: string) => Promise<Answer>;
	/** Of all pages: texts of values; what is not a scalar as it is. */
	readonly rows: (sql: string) => Promise<unknown[][]>;
	/** The error of a query. */
	readonly failure: (sql: string) => Promise<string>;
	readonly close: () => Promise<void>;
};

/** An engine with little data, and what asks it in Timestream's SQL. */
export async function startSql(options: Partial<QueriesParts> = {}): Promise<SqlEngine> {
	const engine = await startEngine();
	const open = engine.engine();
	for (const [timeSeriesDbId, databaseName, tableName] of [
		['meters', 'grid', 'meters'],
		['plain', 'grid', 'plain'],
		['secret', 'vault', 'secret'],
	] as const) {
		await open.createDatabase({timeSeriesDbId, databaseName, tableName});
	}
	await open.load('meters', [meters()]);
	await open.load('plain', [plain()]);
	await open.load('secret', [[record('s1', start, {password: 'hunter2'})]]);
	const tables = await open.tables(['meters', 'plain']);
	const [secret] = await open.tables(['secret']);
	const queries = createQueries({engine: open, now: () => now, ...options});
	const ask = async (queryString: string, nextToken?: string): Promise<Answer> => {
		const {resultJSONString} = await queries.run({queryString, userId: 'ann', tables, nextToken});
		return JSON.parse(resultJSONString);
	};
	return {
		engine,
		queries,
		tables,
		secret: secret!,
		ask,
		rows: async sql => {
			const rows: unknown[][] = [];
			for (let token: string | undefined; ; ) {
				const answer = await ask(sql, token);
				rows.push(...textsOf(answer));
				token = answer.NextToken;
				if (token === undefined) return rows;
			}
		},
		failure: async sql => {
			const answer = await ask(sql).then(
				found => `no error but ${JSON.stringify(found).slice(0, 500)}`,
				error => `${error.errorType}: ${error.message}`,
			);
			return answer;
		},
		close: async () => {
			await queries.close();
			await engine.close();
		},
	};
}

export function textsOf({Rows}: Pick<Answer, 'Rows'>): unknown[][] {
	return Rows.map(({Data}) => Data.map(datum => datum.ScalarValue ?? (datum.NullValue ? null : datum)));
}

/** Two assets, ten minutes: kw from 100 on, kvar for the first five alone, kW beside kw. */
function meters(): StoredRecord[] {
	return Array.from({length: 20}, (_, at) => {
		const step = at >> 1;
		return record(`a${(at % 2) + 1}`, start + BigInt(step) * minute, {
			kw: 100 + step,
			kW: 200 + step,
			online: step % 2 === 0,
			n: 9_007_199_254_740_993n + BigInt(at),
			...(step < 5 && {kvar: step}),
		});
	});
}

/** One asset, a day of quarters of an hour, every fourth of `level` left out. */
function plain(): StoredRecord[] {
	return Array.from({length: 96}, (_, at) => at)
		.filter(at => at % 4 !== 1)
		.map(at => ({
			...record('p1', start - 7n + BigInt(at) * 15n * minute, {level: at}),
			measureName: 'level',
			multi: false,
		}));
}

export function record(
	assetId: string,
	time: bigint,
	values: Readonly<Record<string, number | bigint | boolean | string>>,
): StoredRecord {
	return {
		dimensions: {assetId, name: `Asset ${assetId}`},
		measureName: 'metrics',
		time,
		version: 1n,
		multi: true,
		values: Object.entries(values).map(([name, value]) => ({
			name,
			type: ({number: 'DOUBLE', bigint: 'BIGINT', boolean: 'BOOLEAN', string: 'VARCHAR'} as const)[
				typeof value as 'number' | 'bigint' | 'boolean' | 'string'
			],
			value: String(value),
		})),
	};
}
