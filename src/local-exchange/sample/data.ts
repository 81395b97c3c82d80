import {readFileSync} from 'node:fs';
import {gunzipSync} from 'node:zlib';

/** Where the bundle keeps the data, relative to itself; the bundler defines it. */
declare const SAMPLE_DATA_BASE: string | undefined;

/** A file of `data/`, whole. NOTICE.md among them says where each comes from. */
export function readData(name: string): Uint8Array {
	const base = typeof SAMPLE_DATA_BASE === 'string' ? SAMPLE_DATA_BASE : './data/';
	return new Uint8Array(readFileSync(new URL(name, new URL(base, import.meta.url))));
}

/** A CSV as its source wrote it: the header, and each row's line, in order. No field of ours is quoted. */
export type Table = {readonly header: string; readonly lines: readonly string[]};

/** The table in `data/NAME.csv.gz`, or in another gzipped text of lines. */
export function readTable(name: string, ending = 'csv'): Table {
	const text = new TextDecoder().decode(gunzipSync(readData(`${name}.${ending}.gz`)));
	const [header = '', ...lines] = text.trimEnd().split(/\r?\n/);
	return {header, lines};
}

/** The lines of a table in groups, by the value of the column at `index`, in order of appearance. */
export function linesBy(table: Table, index: number, key = (value: string) => value): Map<string, string[]> {
	return Map.groupBy(table.lines, line => key(line.split(',', index + 1)[index]!));
}
