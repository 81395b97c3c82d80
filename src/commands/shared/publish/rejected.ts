import type {Context} from '../../../shell/command.ts';
import type {SampleFile} from './open-file.ts';
import type {Reading} from './row.ts';
import type {Rejection} from './send.ts';

/** The column of the file of rejected rows that says why; a file that has it can be published as it is. */
export const reasonColumn = 'rejected because';

/** Writes the rows that were not taken, as they were, to a CSV file beside theirs, with the reasons. */
export async function writeRejected(
	{local}: Pick<Context, 'local'>,
	{open, rejected}: SampleFile,
	rejections: readonly Rejection[],
): Promise<void> {
	const reasons = new Map<number, Set<string>>();
	for (const {line, reason} of rejections) {
		const ofLine = reasons.get(line) ?? new Set();
		reasons.set(line, ofLine.add(printable(reason)));
	}
	const encoder = new TextEncoder();
	async function* lines() {
		const columns = await columnsOf(await open());
		const places = [...columns.keys()].filter(place => columns[place] !== reasonColumn);
		yield encoder.encode(csvLine([...places.map(place => columns[place]!), reasonColumn]));
		for await (const batch of (await open()).rows) {
			const text = batch.map(({line, cells}) => {
				const because = reasons.get(line);
				if (!because) return '';
				return csvLine([...places.map(place => cells[place] ?? ''), [...because].join('; ')]);
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
