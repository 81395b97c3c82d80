import type {DuckDBResult} from '@duckdb/node-api';
import {type ColumnInfo, isList, isStruct} from './column-info.ts';
import {type DatumWriter, datumWriter} from './datum.ts';

/** Some rows, each the JSON of Timestream's Row. */
export type Batch = {
	readonly rows: readonly string[];
	/** Whether each character of them is a byte; false when nobody has looked. */
	readonly isAscii: boolean;
};

/** The rows of an answer, in batches as they come. */
export type Rows = {
	readonly columns: readonly ColumnInfo[];
	/** The next few; undefined after the last. */
	readonly next: () => Promise<Batch | undefined>;
};

/** Rows written at a time: one pane of text, small beside what DuckDB holds for them. */
const batchRows = 512;

/** Streams what DuckDB gives, never more than one of its chunks at a time. */
export function streamRows(result: DuckDBResult): Rows['next'] {
	const types = result.columnTypes();
	const written = {isAscii: true};
	const writers = types.map(type => datumWriter(type, written));
	// A single value may be as large as a page.
	const step = types.some(type => isList(type) || isStruct(type)) ? 1 : batchRows;
	let batches: Iterator<string[]> = [].values();
	return async () => {
		for (;;) {
			const {value, done} = batches.next();
			if (!done) return {rows: value, isAscii: written.isAscii};
			const chunk = await result.fetchChunk();
			if (chunk === null || chunk.rowCount === 0) return undefined;
			batches = writeRows(chunk, writers, step);
		}
	};
}

type Chunk = NonNullable<Awaited<ReturnType<DuckDBResult['fetchChunk']>>>;

function* writeRows(chunk: Chunk, writers: readonly DatumWriter[], step: number): Generator<string[]> {
	const vectors = writers.map((_, column) => chunk.getColumnVector(column));
	for (let from = 0; from < chunk.rowCount; from += step) {
		const to = Math.min(from + step, chunk.rowCount);
		const texts = new Array<string>(to - from).fill('');
		for (const [column, write] of writers.entries()) {
			const vector = vectors[column]!;
			const separator = column > 0 ? ',' : '{"Data":[';
			for (let row = from; row < to; row++) {
				texts[row - from] = write(texts[row - from]! + separator, vector, row);
			}
		}
		for (let at = 0; at < texts.length; at++) texts[at] += ']}';
		yield texts;
	}
}

/** Rows of texts that are all there; undefined is NULL. */
export function rowsOfTexts(
	names: readonly string[],
	rows: readonly (readonly (string | undefined)[])[],
): Rows {
	const datum = (text: string | undefined) => (text === undefined ? {NullValue: true} : {ScalarValue: text});
	const texts = rows.map(row => JSON.stringify({Data: row.map(datum)}));
	const batches = [{rows: texts, isAscii: false}].values();
	return {
		columns: names.map(name => ({Name: name, Type: {ScalarType: 'VARCHAR'}})),
		next: async () => batches.next().value,
	};
}
