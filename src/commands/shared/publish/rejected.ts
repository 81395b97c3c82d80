import type {Context} from '../../../shell/command.ts';
import type {SampleFile} from './open-file.ts';
import type {Reading} from './row.ts';

/** The column of the file of rejected rows that says why; a file that has it can be published as it is. */
export const reasonColumn = 'rejected because';

/** Records that were not taken: there may be as many as the file has, and little is kept of each. */
export type Rejected = {
	/** In the order of the file; a line is there once for each record of it. */
	readonly lines: number[];
	/** By the place in `lines`: one of `texts`, by its own. */
	readonly reasons: number[];
	/** Every reason once, with its place. */
	readonly texts: Map<string, number>;
	/** Something else is there already for the time of one of them. */
	hasOlder: boolean;
};

export function noneRejected(): Rejected {
	return {lines: [], reasons: [], texts: new Map(), hasOlder: false};
}

export function reject({lines, reasons, texts}: Rejected, line: number, reason: string): void {
	const place = texts.get(reason) ?? texts.size;
	texts.set(reason, place);
	lines.push(line);
	reasons.push(place);
}

/** Writes the rows that were not taken, as they were, to a CSV file beside theirs, with the reasons. */
export async function writeRejected(
	{local}: Pick<Context, 'local'>,
	{open, rejected}: SampleFile,
	{lines: rejectedLines, reasons, texts}: Rejected,
): Promise<void> {
	const words = [...texts.keys()].map(printable);
	let next = 0;
	/** Of the rows as they come; undefined for one that was taken. */
	const becauseOf = (line: number): string | undefined => {
		const ofLine = new Set<string>();
		// A file that has changed since may lack a line.
		for (; next < rejectedLines.length && rejectedLines[next]! <= line; next++) {
			if (rejectedLines[next] === line) ofLine.add(words[reasons[next]!]!);
		}
		return ofLine.size === 0 ? undefined : [...ofLine].join('; ');
	};
	const encoder = new TextEncoder();
	async function* lines() {
		const columns = await columnsOf(await open());
		const places = [...columns.keys()].filter(place => columns[place] !== reasonColumn);
		yield encoder.encode(csvLine([...places.map(place => columns[place]!), reasonColumn]));
		for await (const batch of (await open()).rows) {
			const text = batch.map(({line, cells}) => {
				const because = becauseOf(line);
				if (because === undefined) return '';
				return csvLine([...places.map(place => cells[place] ?? ''), because]);
			});
			yield encoder.encode(text.join(''));
		}
	}
	await local.write(rejected.path, lines(), {replace: true});
}

/** All of them: the last row of a JSON file may bring a new one. */
async function columnsOf({columns, rows}: Reading): Promise<readonly string[]> {
	for await (const _ of rows);
	return columns;
}

function csvLine(cells: readonly string[]): string {
	return `${cells.map(cell => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\n`;
}

/** The Exchange's words, where neither a terminal nor a spreadsheet obeys them. */
function printable(reason: string): string {
	return reason.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').replace(/^(?=[=+\-@])/, ' ');
}
