import type {Results} from '../../contents/results.ts';
import {isoTime} from '../moments.ts';
import {csvField, csvLine} from './csv.ts';
import {type Cursor, merged, type Row} from './cursor.ts';

/** One page of a result, as a CSV file. */
export type Page = {
	readonly file: string;
	/** Of all records, how many have been read when the page is full: 0 to 100. */
	readonly progress: number;
	readonly isLast: boolean;
};

export type Pages = {
	/** The line that every page begins with. */
	readonly header: string;
	/** The page after the one before; not before that has been answered. When it fails, no file is left. */
	readonly next: () => Promise<Page>;
};

/** Cuts what a cursor reads into files of at most `pageRows` rows. */
export function pages(
	cursor: Cursor,
	attributes: readonly {readonly name: string}[],
	pageRows: number,
	results: Results,
): Pages {
	const header = csvLine(['assetId', 'name', 'timestamp', ...attributes.map(({name}) => name)]);
	const batches = merged(cursor.rows);
	let waiting: Row[] = [];
	let read = 0;
	let isExhausted = false;

	/** Rows for the file; the rest waits. Undefined when there are no more. */
	const take = async (room: number): Promise<readonly Row[] | undefined> => {
		while (waiting.length === 0 && !isExhausted) {
			const {value, done} = await batches.next();
			if (done) isExhausted = true;
			else waiting = [...value];
		}
		return waiting.length === 0 ? undefined : waiting.splice(0, room);
	};

	return {
		header,
		next: async () => {
			const file = await results.create('csv');
			try {
				await file.write(header);
				for (let room = pageRows; room > 0; ) {
					const rows = await take(room);
					if (rows === undefined) break;
					room -= rows.length;
					for (const {records} of rows) read += records;
					await file.write(linesOf(rows));
				}
				// A page that is full may be the last: a look ahead spares an empty one.
				const ahead = await take(0);
				await file.close();
				const isLast = ahead === undefined;
				return {
					file: file.name,
					progress: isLast ? 100 : Math.min(99.9, (100 * read) / cursor.total),
					isLast,
				};
			} catch (error) {
				await file.close().catch(() => {});
				await results.remove([file.name]);
				throw error;
			}
		},
	};
}

function linesOf(rows: readonly Row[]): string {
	let text = '';
	for (const {assetId, name, time, values} of rows) {
		text += `${csvField(assetId)},${csvField(name)},${isoTime(time)}`;
		for (const value of values) text += `,${csvField(value)}`;
		text += '\n';
	}
	return text;
}
