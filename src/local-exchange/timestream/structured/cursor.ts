import type {DuckDBConnection} from '@duckdb/node-api';
import {type Scalar, writeScalar} from '../scalars.ts';
import type {Plan} from './plan.ts';

/** The samples of one asset at one time; the values are in the order of `plan.attributes`. */
export type Row = {
	readonly assetId: string;
	readonly name: string | null;
	/** Epoch ns. */
	readonly time: bigint;
	readonly values: (string | null)[];
	/** How many of the rows that were counted it is made of. */
	records: number;
};

export type Cursor = {
	/** How many records there are in all. */
	readonly total: number;
	/** A few rows at a time, as they come from the engine. */
	readonly rows: AsyncGenerator<readonly Row[]>;
	/** Ends it whatever it is doing. */
	readonly close: () => void;
};

/** DuckDB forgets an interrupt that comes between two statements. */
const interruptEveryMs = 20;

/** Runs a plan on a connection of its own, which it closes at the end. An abort ends it with an error. */
export async function openCursor(
	{sql, countSql, attributes}: Plan,
	connect: () => Promise<DuckDBConnection>,
	signal: AbortSignal,
): Promise<Cursor> {
	if (sql === undefined) return {total: 0, rows: noRows(), close: () => {}};
	const connection = await connect();
	let interrupting: NodeJS.Timeout | undefined;
	const interrupt = () => {
		interrupting = setInterval(() => connection.interrupt(), interruptEveryMs);
		connection.interrupt();
	};
	let isClosed = false;
	const close = () => {
		signal.removeEventListener('abort', interrupt);
		clearInterval(interrupting);
		if (!isClosed) connection.closeSync();
		isClosed = true;
	};
	signal.addEventListener('abort', interrupt);
	try {
		signal.throwIfAborted();
		const counted = await connection.runAndReadAll(countSql);
		const total = Number(counted.getRows()[0]![0]);
		signal.throwIfAborted();
		const result = await connection.stream(sql);
		const rows = async function* (): AsyncGenerator<readonly Row[]> {
			try {
				for (;;) {
					signal.throwIfAborted();
					const chunk = await result.fetchChunk();
					if (chunk === null || chunk.rowCount === 0) break;
					yield rowsOf(chunk.getColumns() as (Scalar | null)[][], attributes);
				}
			} finally {
				close();
			}
		};
		return {total, rows: rows(), close};
	} catch (error) {
		close();
		throw error;
	}
}

async function* noRows(): AsyncGenerator<never> {}

function rowsOf(columns: (Scalar | null)[][], attributes: Plan['attributes']): Row[] {
	const [assetIds = [], names = [], times = []] = columns as [string[], (string | null)[], bigint[]];
	return assetIds.map((assetId, row) => ({
		assetId,
		name: names[row] ?? null,
		time: times[row]!,
		values: attributes.map(({sources}) => {
			for (const {column, type} of sources) {
				const value = columns[column]![row];
				if (value != null) return writeScalar(type, value);
			}
			return null;
		}),
		records: 1,
	}));
}

/** Makes one row of neighbours that say different things about one asset and time. */
export async function* merged(batches: AsyncIterable<readonly Row[]>): AsyncGenerator<readonly Row[]> {
	let pending: Row | undefined;
	for await (const batch of batches) {
		const whole: Row[] = [];
		for (const row of batch) {
			if (pending !== undefined && absorb(pending, row)) continue;
			if (pending !== undefined) whole.push(pending);
			pending = row;
		}
		yield whole;
	}
	if (pending !== undefined) yield [pending];
}

function absorb(into: Row, row: Row): boolean {
	const {assetId, name, time, values} = into;
	if (time !== row.time || assetId !== row.assetId || name !== row.name) return false;
	if (values.some((value, index) => value !== null && row.values[index] !== null)) return false;
	for (const [index, value] of row.values.entries()) values[index] ??= value;
	into.records += row.records;
	return true;
}
