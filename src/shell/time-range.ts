import {ShellError} from './errors.ts';
import {parseMoment} from './moments.ts';

export {parseDuration} from './durations.ts';
export {parseMoment} from './moments.ts';

/** Epoch, ms; `from` inclusive, `to` exclusive and later. */
export type TimeRange = {readonly from: number; readonly to: number};

/** What a range is given as: moments as `parseMoment` reads them, a duration being so long ago. */
export type RangeArgs = {
	readonly since?: string | undefined;
	readonly from?: string | undefined;
	readonly to?: string | undefined;
};

/** What is looked at when nothing is said, ms. */
const usual = 24 * 3_600_000;

/** What nanoseconds in 64 bits hold, as samples' times are kept, epoch, ms: 1677 to 2262. */
const furthest = 9_223_372_036_854;

/** Examples for whoever typed a time that nobody can read. */
const timeExamples = "try 24h, now-1h, yesterday, 2026-01-01, '2026-01-01 14:30' or 2026-01-01T14:30Z";

/**
 * The range from `since` or `from` up to `to` or now; of the 24 hours before its end when no start is given.
 * Ends where times that an Exchange can hold end.
 * Throws `usage` for `since` and `from` together, for a time that cannot be read, and for a range that ends
 * before it begins.
 */
export function timeRange({since, from, to}: RangeArgs, now: number): TimeRange {
	if (since !== undefined && from !== undefined) {
		throw new ShellError('usage', `--since ${since} and --from ${from}: two starts of one range`, {
			hint: 'leave one of them out',
		});
	}
	const start = since ?? from;
	const end = to === undefined ? now : momentOf(to, now);
	const begin = start === undefined ? end - usual : momentOf(start, now);
	if (begin < end) return {from: held(begin), to: held(end)};
	const bounds = `${start}: not before ${to ?? 'now'}, where the range ends`;
	throw new ShellError('usage', bounds, {
		hint: 'the earlier time comes first: `--from yesterday --to today`',
	});
}

function held(moment: number): number {
	return Math.max(-furthest, Math.min(furthest, moment));
}

/** `parseMoment` of what has to be one. Throws `usage` with examples. */
export function momentOf(text: string, now: number): number {
	const moment = parseMoment(text, now);
	if (moment === undefined) throw new ShellError('usage', `${text}: not a time`, {hint: timeExamples});
	return moment;
}
