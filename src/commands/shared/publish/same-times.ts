import {readTime} from './cell-times.ts';
import type {FileRow, Reading} from './row.ts';
import {addProblem, differs, type Problems, sameTime} from './survey.ts';

/** Each is sorted at once; of many rows each is still small. */
const parts = 256;

/**
 * Finds rows of the same time and other values in a file whose times go up and down. Reads it twice, and
 * keeps eight bytes of each row.
 */
export async function checkSameTimes(
	open: () => Promise<Reading>,
	place: number,
	problems: Problems,
	breathe: () => Promise<void>,
): Promise<void> {
	const repeated = await repeatedTimes(open, place, breathe);
	if (repeated.size === 0) return;
	const seen = new Map<bigint, FileRow>();
	const reading = await open();
	for await (const [row, time] of timedRows(reading, place, breathe)) {
		if (!repeated.has(time)) continue;
		const before = seen.get(time);
		if (!before) seen.set(time, row);
		else if (differs(before, row, place))
			addProblem(problems, row.line, sameTime(before.line, reading.series?.counts));
	}
	problems.shown.sort((a, b) => a.line - b.line);
}

async function repeatedTimes(
	open: () => Promise<Reading>,
	place: number,
	breathe: () => Promise<void>,
): Promise<ReadonlySet<bigint>> {
	const times = Array.from({length: parts}, () => ({values: new BigInt64Array(64), length: 0}));
	for await (const [, time] of timedRows(await open(), place, breathe)) {
		// Steps of round times would all fall into a few parts.
		const part = times[Number(BigInt.asUintN(64, time * 0x9e3779b97f4a7c15n) >> 56n)]!;
		if (part.length === part.values.length) {
			const larger = new BigInt64Array(part.length * 2);
			larger.set(part.values);
			part.values = larger;
		}
		part.values[part.length++] = time;
	}
	const repeated = new Set<bigint>();
	for (const {values, length} of times) {
		await breathe();
		const sorted = values.subarray(0, length).sort();
		for (let at = 1; at < length; at++) if (sorted[at] === sorted[at - 1]) repeated.add(sorted[at]!);
	}
	return repeated;
}

async function* timedRows(
	{rows}: Reading,
	place: number,
	breathe: () => Promise<void>,
): AsyncGenerator<readonly [FileRow, bigint]> {
	let count = 0;
	for await (const batch of rows) {
		for (const row of batch) {
			if (count++ % 100 === 0) await breathe();
			const time = readTime(row.cells[place] ?? '');
			if (time) yield [row, BigInt.asIntN(64, time.kind === 'moment' ? time.ns : time.scaled)];
		}
	}
}
